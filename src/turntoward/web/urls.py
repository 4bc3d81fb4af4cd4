"""All addresses: one line per screen's folder."""

from django.urls import include, path

urlpatterns = [
    path("", include("turntoward.web.couples.urls")),
    path("", include("turntoward.web.readings.urls")),
    path("", include("turntoward.web.checkins.urls")),
    path("", include("turntoward.web.moments.urls")),
]
