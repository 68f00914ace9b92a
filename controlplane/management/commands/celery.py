"""`manage.py celery`: background work and its clock."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from common.server import become, celery_argv
from controlplane.settings.environment import BEAT_FILE


class Command(BaseCommand):
    """Becomes a Celery worker with beat."""

    help = "Run background tasks and the beat that rings them."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until stopped."""
        schedule = BEAT_FILE.read()
        schedule.parent.mkdir(parents=True, exist_ok=True)
        argv = celery_argv("controlplane.celery", ["--beat", "--schedule", str(schedule)])
        become(argv, REMAP_SIGTERM="SIGQUIT")
