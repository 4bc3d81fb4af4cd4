"""Addresses of the ten minutes."""

from django.urls import path

from turntoward.web.checkins import stream, views

app_name = "checkins"
urlpatterns = [
    path("together/", views.together, name="together"),
    path("together/now/", views.now, name="now"),
    path("together/begin/", views.begin, name="begin"),
    path("together/stream/", stream.stream, name="stream"),
    path("together/<uuid:pk>/move/", views.move, name="move"),
    path("together/<uuid:pk>/afterwards/", views.afterwards, name="afterwards"),
    path("together/words/<uuid:pk>/", views.own_words, name="own-words"),
]
