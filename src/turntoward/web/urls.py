"""All addresses: one line per screen's folder."""

from django.urls import include, path

urlpatterns = [
    path("", include("turntoward.web.couples.urls")),
    path("", include("turntoward.web.readings.urls")),
    path("", include("turntoward.web.checkins.urls")),
    path("", include("turntoward.web.topics.urls")),
    path("", include("turntoward.web.weather.urls")),
    path("", include("turntoward.web.noticed.urls")),
    path("", include("turntoward.web.rituals.urls")),
    path("", include("turntoward.web.trials.urls")),
    path("", include("turntoward.web.moments.urls")),
    path("", include("turntoward.web.climate.urls")),
    path("", include("turntoward.web.shell.urls")),
    path("", include("turntoward.web.safety.urls")),
    path("", include("turntoward.web.care.urls")),
    path("", include("turntoward.web.handover.urls")),
    path("", include("turntoward.web.yours.urls")),
    path("", include("turntoward.web.accounts.urls")),
    path("", include("turntoward.web.demo_over")),
]

#: Both also say so where the disk is full.
handler400 = "turntoward.web.no_room.not_taken"
handler500 = "turntoward.web.no_room.went_wrong"
