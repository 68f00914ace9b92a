"""Django's `flush` for tests: the serving role may not truncate, so the run's superuser does."""

from __future__ import annotations

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from common.testing.databases import empty_test_database, plane_of


class Command(BaseCommand):
    """Called by TransactionTestCase after each test."""

    # TransactionTestCase passes these; whole tables are emptied, so they mean nothing here.
    stealth_options = ("allow_cascade", "inhibit_post_migrate", "reset_sequences")
    help = "Empty this test process's database down to what the migrations left."

    def add_arguments(self, parser: CommandParser) -> None:
        """Accept what TransactionTestCase passes."""
        parser.add_argument("--noinput", action="store_false", dest="interactive")
        parser.add_argument("--database", default="default")

    def handle(self, *args: Any, **options: Any) -> None:
        """Empty it."""
        empty_test_database(plane_of(os.environ["DJANGO_SETTINGS_MODULE"]))
