"""The demo: the same parts on embedded servers, over http on this machine."""

from worker.settings.base import *  # noqa: F403
