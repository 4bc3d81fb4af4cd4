"""Addresses of the care app."""

from django.urls import path

from turntoward.web.care import question_views, views

app_name = "care"
urlpatterns = [
    path("enough/", views.enough, name="enough"),
    path("enough/not-now/", views.not_now, name="not-now"),
    path("enough/questions/", question_views.questions, name="questions"),
    path("enough/questions/csi4/", question_views.ask, {"which": "csi4"}, name="csi4"),
    path("enough/questions/ios/", question_views.ask, {"which": "ios"}, name="ios"),
    path("enough/questions/keep/", question_views.keep, name="keep"),
    path("enough/questions/<uuid:pk>/", question_views.move, name="move"),
]
