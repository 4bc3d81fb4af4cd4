"""Addresses of climate."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "climate"
urlpatterns: list[URLPattern] = []
