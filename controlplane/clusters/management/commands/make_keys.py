"""`manage.py make_keys`: make the control plane's keys before the first cluster needs them."""

from __future__ import annotations

from typing import Any

from annex.contract.keys import fingerprint
from django.core.management.base import BaseCommand

from controlplane.clusters.keys import key_set


class Command(BaseCommand):
    """Makes what is missing; repeating it changes nothing."""

    help = "Make the root, command and login keys in ANNEX_KEYS and print their fingerprints."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line per key; private keys are never printed."""
        keys = key_set()
        for name, key in (
            ("root", keys.root_key),
            ("command", keys.command_key),
            ("login", keys.login_key),
        ):
            self.stdout.write(f"{name:8} {fingerprint(key)}")
