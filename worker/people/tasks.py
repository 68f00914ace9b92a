"""Beats of people's log."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings

from worker.people.access_log import forget_old_access


@shared_task(name="worker.people.forget_old_access")
def forget_old_access_task() -> None:
    """Delete what the administrator does not want kept any longer."""
    forget_old_access(days=settings.ACCESS_LOG_DAYS)
