"""ASGI entry of the long poll (`manage.py poll`)."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "controlplane.settings.production")
django.setup()

from django.conf import settings  # noqa: E402

from api.link.poll import PollApplication  # noqa: E402
from api.link.rings import Rings  # noqa: E402

application = PollApplication(Rings(settings.REDIS_URL))
