"""Addresses of the couples app."""

from django.urls import path

from turntoward.web.couples import choices, season_views, views, visiting

app_name = "couples"
urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("welcome/<str:token>/", views.welcome, name="welcome-first"),
    path("start/", views.start, name="start-open"),
    path("start/<str:token>/", views.start, name="start"),
    path("enter/", views.enter, name="enter"),
    path("leave/", views.leave, name="leave"),
    path("look-around/", visiting.visit, name="visit"),
    path("look-around/<int:side>/", views.look_around, name="look-around"),
    path("pair/", views.pair, name="pair"),
    path("pair/here/", views.paired, name="paired"),
    path("join/<str:token>/", views.join, name="join"),
    path("more/", choices.more, name="more"),
    path("yes/", choices.consents, name="consents"),
    path("language/", choices.language, name="language"),
    path("seasons/", season_views.seasons, name="seasons"),
    path("seasons/undo/", season_views.undo_season, name="undo-season"),
    path("seasons/<int:pk>/", season_views.season, name="season"),
    path("seasons/<int:pk>/remove/", season_views.remove_season, name="remove-season"),
]
