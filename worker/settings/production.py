"""Production: TLS in front, JSON logs without exception messages."""

from common.logging import logging_settings
from worker.settings.base import *  # noqa: F403

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600
LOGGING = logging_settings(as_json=True)
