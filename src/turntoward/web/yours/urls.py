"""Addresses of yours."""

from __future__ import annotations

from django.urls import path

from turntoward.web.yours import device_views, going_views, recovery_views, views

app_name = "yours"
urlpatterns = [
    path("yours/", views.yours, name="yours"),
    path("yours/again/", views.again, name="again"),
    path("yours/open/", views.open_words, name="open"),
    path("yours/take/", views.take, name="take"),
    path("yours/kept/", views.kept, name="kept"),
    path("yours/kept/<uuid:pk>/let-go/", views.let_go, name="let-go"),
    path("yours/erase/", going_views.erase, name="erase"),
    path("yours/leave/", going_views.leave, name="leave"),
    path("yours/gone/", going_views.gone, name="gone"),
    path("yours/devices/", device_views.devices, name="devices"),
    path("yours/devices/others/", device_views.sign_out_others, name="sign-out-others"),
    path("yours/devices/<int:pk>/", device_views.device, name="device"),
    path("yours/told/<int:pk>/", device_views.put_away, name="told"),
    path("yours/passphrase/", device_views.passphrase, name="passphrase"),
    path("yours/recovery/", recovery_views.recovery, name="recovery"),
    path("forgotten/", recovery_views.forgotten, name="forgotten"),
]
