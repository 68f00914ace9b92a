"""Tests: real servers of this test run, whose addresses are known before they start."""

from common.testing.addresses import name_servers

name_servers()

from worker.settings.base import *  # noqa: E402, F403

INSTALLED_APPS += ["common.testing"]  # noqa: F405
ALLOWED_HOSTS += ["testserver", "localhost", "127.0.0.1"]  # noqa: F405
