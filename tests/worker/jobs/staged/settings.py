"""Test settings of the worker, with staged recipes and short times."""

import os
from pathlib import Path

from worker.settings.test import *  # noqa: F403

INSTALLED_APPS += ["tests.worker.jobs.staged"]  # noqa: F405
JOB_HEARTBEAT_SECONDS = 0.3
JOB_SILENT_SECONDS = 1.5
JOB_SWEEP_SECONDS = 0.5
CELERY_BEAT_SCHEDULE = {
    "sweep-attempts": {"task": "worker.jobs.sweep_attempts", "schedule": JOB_SWEEP_SECONDS},
}
LOCAL_FOLDER = Path(os.environ.get("STAGED_FOLDER", "/nonexistent")) / "files"
