"""Addresses of the ten minutes."""

from django.urls import path

from turntoward.web.checkins import after_views, stream, views

app_name = "checkins"
urlpatterns = [
    path("together/", views.together, name="together"),
    path("together/now/", views.now, name="now"),
    path("together/begin/", views.begin, name="begin"),
    path("together/stream/", stream.stream, name="stream"),
    path("together/<uuid:pk>/move/", views.move, name="move"),
    path("together/<uuid:pk>/prompt/", views.prompt, name="prompt"),
    path("together/<uuid:pk>/afterwards/", after_views.afterwards, name="afterwards"),
    path("together/<uuid:pk>/felt/", after_views.felt, name="felt"),
    path("together/<uuid:pk>/take-back/", after_views.take_back, name="take-back"),
    path("together/words/<uuid:pk>/", after_views.own_words, name="own-words"),
]
