"""Addresses of the practice app; they exist only where a practice hosts the companion."""

from django.urls import path

from turntoward.web.practice import people_views, request_views, views

app_name = "practice"
urlpatterns = [
    path("practice/", views.practice, name="practice"),
    path("practice/start/<str:token>/", people_views.start, name="start"),
    path("practice/join/<str:token>/", people_views.join, name="join"),
    path("practice/enter/", people_views.enter, name="enter"),
    path("practice/leave/", people_views.leave, name="leave"),
    path("practice/look-around/", people_views.look_around, name="look-around"),
    path("practice/page/", people_views.page, name="page"),
    path("practice/people/", people_views.people, name="people"),
    path("practice/people/<uuid:pk>/remove/", people_views.remove, name="remove"),
    path("practice/passphrase/", people_views.passphrase, name="passphrase"),
    path("practice/requests/", request_views.requests, name="requests"),
    path("practice/requests/<uuid:pk>/", request_views.one, name="request"),
    path("practice/requests/<uuid:pk>/times/", request_views.propose, name="propose"),
    path(
        "practice/requests/<uuid:pk>/times/<int:time>/back/",
        request_views.take_time_back,
        name="take-time-back",
    ),
    path("practice/requests/<uuid:pk>/decline/", request_views.decline, name="decline"),
    path("practice/requests/<uuid:pk>/consult.ics", request_views.ics, name="request-ics"),
    path("practice/requests/<uuid:pk>/<str:what>/", request_views.document, name="document"),
    path("consult/ask/<uuid:pk>/", views.ask, name="ask"),
    path("consult/<uuid:pk>/", views.consult, name="consult"),
    path("consult/<uuid:pk>/answer/", views.answer, name="answer"),
    path("consult/<uuid:pk>/move/", views.move, name="move"),
    path("consult/<uuid:pk>/consult.ics", views.ics, name="ics"),
]
