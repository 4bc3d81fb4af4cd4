"""Addresses of the brief."""

from django.urls import path

from turntoward.web.handover import file_views, line_views, views

app_name = "handover"
urlpatterns = [
    path("brief/", views.handover, name="handover"),
    path("brief/begin/", views.begin, name="begin"),
    path("brief/<uuid:pk>/", views.brief, name="brief"),
    path("brief/<uuid:pk>/add/", line_views.add, name="add"),
    path("brief/<uuid:pk>/read/", views.read, name="read"),
    path("brief/<uuid:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("brief/<uuid:pk>/appointment/", file_views.appointment, name="appointment"),
    path("brief/<uuid:pk>/take/<slug:what>/", file_views.file, name="file"),
    path("brief/lines/<uuid:pk>/", line_views.line, name="line"),
    path("brief/lines/<uuid:pk>/move/", line_views.move, name="move"),
]
