"""Write the OpenAPI document into docs/, or say that the committed one is stale."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from api.schema import document

PATH = Path(settings.REPOSITORY) / "docs" / "openapi" / "controlplane.json"


class Command(BaseCommand):
    """`manage.py openapi [--check]`."""

    help = "Write docs/openapi/controlplane.json from the views."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing, fail when stale")

    def handle(self, *args: Any, **options: Any) -> None:
        fresh = document()
        if not options["check"]:
            PATH.parent.mkdir(parents=True, exist_ok=True)
            PATH.write_bytes(fresh)
            self.stdout.write(f"Wrote {PATH.name}.")
        elif not PATH.is_file() or PATH.read_bytes() != fresh:
            raise CommandError("docs/openapi/controlplane.json is stale: run manage.py openapi.")
