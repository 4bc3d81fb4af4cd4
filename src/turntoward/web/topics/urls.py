"""Addresses of the parked topics."""

from django.urls import path

from turntoward.web.topics import views

app_name = "topics"
urlpatterns = [
    path("topics/", views.topics, name="topics"),
    path("topics/hearing/", views.hearing, name="hearing"),
    path("topics/<uuid:pk>/ready/", views.ready, name="ready"),
    path("topics/<uuid:pk>/move/", views.move, name="move"),
]
