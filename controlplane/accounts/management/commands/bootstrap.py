"""Make the first person and organization of an installation."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from controlplane.accounts.models import User
from controlplane.accounts.organizations import create_organization
from controlplane.lib.lookups import organizations_of_user

PASSWORD_VARIABLE = "ANNEX_BOOTSTRAP_PASSWORD"  # noqa: S105 - the variable's name


class Command(BaseCommand):
    """`manage.py bootstrap --email … --name … --organization …`; repeating it changes nothing."""

    help = "Create the first user and organization. The password is read, never printed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--email", required=True, help="mail address to sign in with")
        parser.add_argument("--name", required=True, help="the person's name")
        parser.add_argument("--organization", required=True, help="the organization's name")
        parser.add_argument("--slug", default="", help="its slug; derived from the name if absent")
        parser.add_argument("--password-file", type=Path, help=f"else ${PASSWORD_VARIABLE} is read")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is missing."""
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        if user is None:
            user = _create_user(options)
        if not organizations_of_user(user.id):
            create_organization(user=user, name=options["organization"], slug=options["slug"])
        self.stdout.write(f"{user.email} owns {options['organization']}.")


def _create_user(options: dict[str, Any]) -> User:
    user = User.objects.create_user(options["email"], options["name"], read_password(options))
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def read_password(options: dict[str, Any]) -> str:
    """Return the password from the file or the environment. Raises: CommandError without one."""
    if options["password_file"] is not None:
        password: str = options["password_file"].read_text(encoding="utf-8").strip()
    else:
        password = os.environ.get(PASSWORD_VARIABLE, "")
    if not password:
        raise CommandError(f"Give --password-file or set {PASSWORD_VARIABLE}.")
    return password
