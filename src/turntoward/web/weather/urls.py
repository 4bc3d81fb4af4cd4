"""Addresses of weather."""

from __future__ import annotations

from django.urls import path

from turntoward.web.weather import views

app_name = "weather"
urlpatterns = [
    path("weather/", views.tap, name="tap"),
    path("weather/lately/", views.lately, name="lately"),
    path("weather/<uuid:pk>/undo/", views.undo, name="undo"),
    path("weather/<uuid:pk>/words/", views.words, name="words"),
    path("weather/<uuid:pk>/let-go/", views.let_go, name="let-go"),
    path("weather/<uuid:pk>/take-back/", views.take_back, name="take-back"),
    path("weather/<uuid:pk>/put-away/", views.put_away, name="put-away"),
]
