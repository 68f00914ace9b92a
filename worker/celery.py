"""The worker's Celery app. Set REMAP_SIGTERM=SIGQUIT so that a stop hands messages back."""

import os

from common.celery import doorbell_app

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "worker.settings.production")
app = doorbell_app("worker")
