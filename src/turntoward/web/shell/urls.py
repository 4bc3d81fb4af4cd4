"""Addresses of the app on the phone. The worker lies at the top, so that it may serve all pages."""

from __future__ import annotations

from django.urls import path

from turntoward.web.shell import views

app_name = "shell"
urlpatterns = [
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("sw.js", views.worker, name="worker"),
    path("offline/", views.offline, name="offline"),
    path("phone/", views.phone, name="phone"),
    path("phone/token/", views.token, name="token"),
    path("https/", views.https, name="https"),
    path("https/turntoward.crt", views.certificate, name="certificate"),
]
