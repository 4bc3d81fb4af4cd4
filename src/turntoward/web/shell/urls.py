"""Addresses of shell."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "shell"
urlpatterns: list[URLPattern] = []
