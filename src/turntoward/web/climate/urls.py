"""Addresses of climate."""

from __future__ import annotations

from django.urls import path

from turntoward.web.climate import views

app_name = "climate"
urlpatterns = [path("climate/", views.climate, name="climate")]
