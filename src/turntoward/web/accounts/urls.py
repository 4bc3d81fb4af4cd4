"""Addresses of ways to enter. None of allauth's own pages has one."""

from django.urls import path

from turntoward.web.accounts import code_views, entering_views, views

app_name = "accounts"
urlpatterns = [
    path("enter/passkey/", entering_views.enter, name="enter"),
    path("yours/again/passkey/", entering_views.again, name="again"),
    path("yours/ways/", views.ways, name="ways"),
    path("yours/ways/passkeys/", views.add, name="add"),
    path("yours/ways/passkeys/<int:pk>/", views.passkey, name="passkey"),
    path("yours/ways/code/", code_views.code, name="code"),
]
