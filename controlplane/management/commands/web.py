"""`manage.py web`: the console and the REST API."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from common.server import become, wsgi_argv
from controlplane.settings.environment import WEB_BIND


class Command(BaseCommand):
    """Becomes granian."""

    help = "Serve the console and the REST API."

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until stopped."""
        become(wsgi_argv("controlplane.wsgi:application", WEB_BIND.read()))
