"""The control plane's Celery app."""

import os

from common.celery import doorbell_app

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "controlplane.settings.production")
app = doorbell_app("controlplane")
