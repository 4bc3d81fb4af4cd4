"""Addresses of the rituals and of their reminders."""

from __future__ import annotations

from django.urls import path

from turntoward.web.rituals import reminder_views, views

app_name = "rituals"
urlpatterns = [
    path("rituals/", views.rituals, name="rituals"),
    path("rituals/switch/", views.switch, name="switch"),
    path("rituals/change/", views.change, name="change"),
    path("rituals/undo/", views.undo, name="undo"),
    path("rituals/<uuid:pk>/kept/", views.kept, name="kept"),
    path("rituals/<uuid:pk>/aside/", views.aside, name="aside"),
    path("reminders/", reminder_views.reminders, name="reminders"),
    path("reminders/move/", reminder_views.move, name="move"),
    path("reminders/calendar/", reminder_views.calendar_link, name="calendar-link"),
    path("reminders/calendar.ics", reminder_views.calendar_file, name="calendar-file"),
    path("reminders/mail/", reminder_views.mail, name="mail"),
    path("push/", reminder_views.push, name="push"),
    path("push/off/", reminder_views.push_off, name="push-off"),
    path("calendar/<str:token>.ics", reminder_views.feed, name="feed"),
]
