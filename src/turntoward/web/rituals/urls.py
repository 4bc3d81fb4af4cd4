"""Addresses of rituals."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "rituals"
urlpatterns: list[URLPattern] = []
