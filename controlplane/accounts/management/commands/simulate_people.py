"""Add simulated annotators to an organization: accounts that a program answers for, and say so."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from annex.contract.enums import Role
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from controlplane.accounts.management.commands.bootstrap import read_password
from controlplane.accounts.models import Membership, User
from controlplane.lib.lookups import organization_by_slug
from controlplane.lib.tenancy import tenant


class Command(BaseCommand):
    """`manage.py simulate_people --organization SLUG --count N`; repeating it adds none."""

    help = (
        "Add annotators marked as simulated on every screen. The password is read, never printed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the organization, the number of people and where their password lies."""
        parser.add_argument("--organization", required=True, help="the organization's slug")
        parser.add_argument("--count", type=int, default=4, help="how many")
        parser.add_argument(
            "--password-file", type=Path, help="else $ANNEX_BOOTSTRAP_PASSWORD is read"
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Create whoever is missing and print every address."""
        organization_id = organization_by_slug(options["organization"])
        if organization_id is None:
            raise CommandError("There is no organization with this slug.")
        password = read_password(options)
        for number in range(1, options["count"] + 1):
            user = _simulated_user(number, password)
            with tenant(organization_id):
                Membership.objects.get_or_create(
                    organization_id=organization_id,
                    user=user,
                    defaults={"role": Role.ANNOTATOR.value},
                )
            self.stdout.write(user.email)


def _simulated_user(number: int, password: str) -> User:
    email = f"simulated-{number}@annex.example"
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, f"Simulated {number}", password)
        user.simulated = True
        user.save(update_fields=["simulated"])
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user
