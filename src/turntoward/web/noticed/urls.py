"""Addresses of bids: noticed, kept, and answered late."""

from django.urls import path

from turntoward.web.noticed import late_views, views

app_name = "noticed"
urlpatterns = [
    path("noticed/", views.notice, name="notice"),
    path("noticed/passed/", views.passed, name="passed"),
    path("noticed/passed/<uuid:pk>/", views.kept, name="kept"),
    path("noticed/<uuid:pk>/received/", views.received, name="received"),
    path("noticed/<uuid:pk>/take-back/", views.take_back, name="take-back"),
    path("noticed/late/<int:quoted>/", late_views.answer_now, name="answer-now"),
    path("noticed/late/<int:quoted>/in-person/", late_views.in_person, name="in-person"),
]
