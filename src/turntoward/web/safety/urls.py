"""Addresses of the safety app."""

from django.urls import path

from turntoward.web.safety import views

app_name = "safety"
urlpatterns = [path("safety/", views.safety, name="safety")]
