"""URLs under `/link/v1/`. The long poll is an ASGI application of its own (`asgi.py`)."""

from django.urls import path

from api.link.enrol import enrol_view
from api.link.events import events_view
from api.link.jobs import claim_view
from api.link.keyset import keyset_view
from api.link.leases import renew_view
from api.link.session import session_view

urlpatterns = [
    path("enrol", enrol_view, name="link-enrol"),
    path("session", session_view, name="link-session"),
    path("jobs/<uuid:job>/claim", claim_view, name="link-claim"),
    path("leases/renew", renew_view, name="link-renew"),
    path("events", events_view, name="link-events"),
    path("keyset", keyset_view, name="link-keyset"),
]
