"""Tests: real servers of this test run, whose addresses are known before they start."""

from common.testing.addresses import name_servers

name_servers()

from controlplane.settings.base import *  # noqa: E402, F403

INSTALLED_APPS += ["common.testing"]  # noqa: F405
ALLOWED_HOSTS += ["testserver", "localhost", "127.0.0.1"]  # noqa: F405
# The hash is not what tests are about, and PBKDF2 would be most of their time.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
