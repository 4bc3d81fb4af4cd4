"""All addresses where a practice hosts the companion: its own pages, too."""

from django.urls import include, path

from turntoward.web import urls

urlpatterns = [*urls.urlpatterns, path("", include("turntoward.web.practice.urls"))]

#: Both also say so where the disk is full.
handler400 = "turntoward.web.no_room.not_taken"
handler500 = "turntoward.web.no_room.went_wrong"
