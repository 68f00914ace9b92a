"""Celery as both planes run it: a doorbell that carries ids and may ring late or twice.

The database row decides what happens; see docs/architecture.md. So messages hold nothing but
UUID strings and numbers, nothing is kept of results, and no event is broadcast.
"""

from __future__ import annotations

import uuid
from typing import Any, Final

from celery import Celery, Task

from common.beat import BeatWatch
from common.errors import AnnexError, Family

VISIBILITY_SECONDS: Final = 3600
"""After this the broker believes a message lost and delivers it again."""

SETTINGS: Final[dict[str, Any]] = {
    "task_serializer": "json",
    "accept_content": ["json"],
    "result_backend": None,
    "task_ignore_result": True,
    "worker_send_task_events": False,
    "task_send_sent_event": False,
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "worker_prefetch_multiplier": 1,
    # Below the visibility timeout, or a slow task would run twice.
    "task_time_limit": VISIBILITY_SECONDS - 600,
    "task_soft_time_limit": VISIBILITY_SECONDS - 660,
    "broker_transport_options": {"visibility_timeout": VISIBILITY_SECONDS},
    "result_backend_transport_options": {"visibility_timeout": VISIBILITY_SECONDS},
    "worker_soft_shutdown_timeout": 5,
    "worker_enable_soft_shutdown_on_idle": True,
    "broker_connection_retry_on_startup": True,
    "task_default_queue": "cpu",
    "worker_hijack_root_logger": False,
    "worker_redirect_stdouts": False,
    "timezone": "UTC",
    # Neither results nor arguments in the log lines.
    "worker_task_log_format": "%(levelname)s %(name)s %(message)s",
}


class NotADoorbell(AnnexError):
    """A task was called with something other than ids and numbers."""

    code = "celery.not_a_doorbell"
    family = Family.OURS
    title = "A background task was given more than ids"


def check_doorbell(values: Any) -> None:
    """Raise NotADoorbell (ours) unless every value is an int or the string of a UUID.

    The message names the type only: the value may be customer text.
    """
    for value in values:
        if isinstance(value, int) and not isinstance(value, bool):
            continue
        try:
            uuid.UUID(value if isinstance(value, str) else "")
        except ValueError:
            raise NotADoorbell(f"got a {type(value).__name__}") from None


class DoorbellTask(Task):  # type: ignore[type-arg]
    """Base of every task of both planes: refuses to send anything but ids and numbers."""

    abstract = True

    def apply_async(  # type: ignore[override]  # Celery lists thirty options, we pass them on
        self, args: Any = None, kwargs: Any = None, **options: Any
    ) -> Any:
        """Send the message after checking its arguments."""
        check_doorbell(args or ())
        check_doorbell((kwargs or {}).values())
        return super().apply_async(args, kwargs, **options)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run the task after checking what arrived."""
        check_doorbell(args)
        check_doorbell(kwargs.values())
        return super().__call__(*args, **kwargs)


def doorbell_app(name: str) -> Celery[Any]:
    """Return a Celery app whose broker URL and beat schedule come from Django's settings.

    Beat entries are set there as CELERY_BEAT_SCHEDULE. Tasks are found in each app's `tasks.py`.
    """
    app: Celery[Any] = Celery(name, task_cls=DoorbellTask)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    app.conf.update(SETTINGS)
    app.steps["worker"].add(BeatWatch)
    app.autodiscover_tasks()
    return app
