"""The demo: the same parts on embedded servers, over http on this machine."""

from controlplane.settings.base import *  # noqa: F403

ALLOWED_HOSTS += ["localhost", "127.0.0.1"]  # noqa: F405
