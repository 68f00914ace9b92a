"""`manage.py poll`: the long poll of the links, which waits without a thread or a connection."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from common.server import asgi_argv, become
from controlplane.settings.environment import POLL_BIND


class Command(BaseCommand):
    """Becomes uvicorn."""

    help = "Serve the links' long poll."

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until stopped."""
        become(asgi_argv("api.link.asgi:application", POLL_BIND.read()))
