"""Addresses of weather."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "weather"
urlpatterns: list[URLPattern] = []
