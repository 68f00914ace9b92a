"""Production: TLS everywhere, secure cookies, JSON logs."""

from common.logging import logging_settings
from controlplane.settings.base import *  # noqa: F403

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600
LOGGING = logging_settings(as_json=True)
# TLS ends at exactly one proxy, which writes the caller's address.
REST_FRAMEWORK = REST_FRAMEWORK | {"NUM_PROXIES": 1}  # noqa: F405
