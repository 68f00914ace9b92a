"""WSGI entry of the worker; the settings module comes from the environment."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "worker.settings.production")
application = get_wsgi_application()
