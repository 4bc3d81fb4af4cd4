"""Addresses of yours."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "yours"
urlpatterns: list[URLPattern] = []
