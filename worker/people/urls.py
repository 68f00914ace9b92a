"""Addresses of signing in and out."""

from django.urls import path

from worker.people.api import LogoutView, PreferencesView, SessionView
from worker.people.views import CallbackView, LoginView, SignedOutView, UnlockView

urlpatterns = [
    path("login", LoginView.as_view(), name="login"),
    path("login/callback", CallbackView.as_view(), name="login-callback"),
    path("unlock/<str:token>", UnlockView.as_view(), name="unlock"),
    path("signed-out", SignedOutView.as_view(), name="signed-out"),
    path("api/session", SessionView.as_view(), name="session"),
    path("api/preferences", PreferencesView.as_view(), name="preferences"),
    path("api/logout", LogoutView.as_view(), name="logout"),
]
