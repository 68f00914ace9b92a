"""Addresses of signing scripts in and out."""

from django.urls import path

from worker.people.scripts.api import DeviceLoginsView, DeviceLoginTokenView, ScriptTokenView
from worker.people.scripts.pages import DeviceLoginPage, DevicePage, ScriptsPage

urlpatterns = [
    path("api/device-logins", DeviceLoginsView.as_view(), name="device-logins"),
    path("api/device-logins/token", DeviceLoginTokenView.as_view(), name="device-login-token"),
    path("api/script-token", ScriptTokenView.as_view(), name="script-token"),
    path("device", DevicePage.as_view(), name="device-page"),
    path("device/<str:code>", DeviceLoginPage.as_view(), name="device-login-page"),
    path("scripts", ScriptsPage.as_view(), name="scripts-page"),
]
