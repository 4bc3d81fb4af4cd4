"""Addresses of trials."""

from django.urls import path

from turntoward.web.trials import views

app_name = "trials"
urlpatterns = [
    path("trials/", views.trials, name="trials"),
    path("trials/<uuid:pk>/move/", views.move, name="move"),
]
