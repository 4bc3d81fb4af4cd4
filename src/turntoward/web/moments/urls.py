"""Addresses of Today."""

from django.urls import path

from turntoward.web.moments import views

app_name = "moments"
urlpatterns = [
    path("today/", views.today, name="today"),
    path("today/<int:pk>/", views.answer, name="answer"),
    path("today/<int:pk>/smaller/", views.smaller, name="smaller"),
    path("today/another/", views.another, name="another"),
]
