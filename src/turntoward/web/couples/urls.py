"""Addresses of the couples app."""

from django.urls import path

from turntoward.web.couples import views

app_name = "couples"
urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("start/", views.start, name="start-open"),
    path("start/<str:token>/", views.start, name="start"),
    path("enter/", views.enter, name="enter"),
    path("leave/", views.leave, name="leave"),
    path("look-around/<int:side>/", views.look_around, name="look-around"),
    path("pair/", views.pair, name="pair"),
    path("join/<str:token>/", views.join, name="join"),
    path("more/", views.more, name="more"),
    path("seasons/", views.seasons, name="seasons"),
    path("seasons/<int:pk>/remove/", views.remove_season, name="remove-season"),
]
