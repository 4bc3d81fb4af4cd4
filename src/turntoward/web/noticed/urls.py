"""Addresses of noticed."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "noticed"
urlpatterns: list[URLPattern] = []
