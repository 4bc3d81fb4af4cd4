"""Addresses of the readings app."""

from django.urls import path

from turntoward.web.readings import bids_views, views

app_name = "readings"
urlpatterns = [
    path("bring-in/", views.bring_in, name="bring-in"),
    path("bring-in/settings/", views.settings, name="settings"),
    path("bring-in/<uuid:pk>/", views.bringing, name="bringing"),
    path("bring-in/<uuid:pk>/progress/", views.progress, name="progress"),
    path("bring-in/<uuid:pk>/answer/", views.answer, name="answer"),
    path("bring-in/<uuid:pk>/again/", views.read_again, name="again"),
    path("bring-in/<uuid:pk>/remove/", views.remove, name="remove"),
    path("agree/", views.agree, name="agree"),
    path("rhythm/", views.rhythm, name="rhythm"),
    path("rhythm/bids/", bids_views.bids, name="bids"),
    path("rhythm/bids/<int:quoted>/", bids_views.correct, name="correct"),
    path("rhythm/bids/<int:quoted>/undo/", bids_views.undo, name="undo"),
]
