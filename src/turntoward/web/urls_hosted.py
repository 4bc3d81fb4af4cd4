"""All addresses where a practice hosts the companion: its own pages, too."""

from django.urls import include, path

from turntoward.web import urls

urlpatterns = [*urls.urlpatterns, path("", include("turntoward.web.practice.urls"))]
