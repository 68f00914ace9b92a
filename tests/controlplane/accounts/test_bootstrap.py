"""The first person and organization of an installation."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from controlplane.accounts.models import User
from controlplane.accounts.reads import memberships_of
from tests.controlplane.cast import PASSWORD

ARGUMENTS = ("--email", "Ada@Example.org", "--name", "Ada", "--organization", "Acme")


def test_it_makes_an_owner_who_can_sign_in(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNEX_BOOTSTRAP_PASSWORD", PASSWORD)
    said = StringIO()
    for _ in range(2):
        call_command("bootstrap", *ARGUMENTS, stdout=said)
    ada = User.objects.get(email="ada@example.org")
    assert ada.check_password(PASSWORD)
    assert [(row.organization.slug, row.role) for row in memberships_of(ada)] == [("acme", "owner")]
    assert PASSWORD not in said.getvalue()


def test_the_password_may_come_from_a_file(db: None, tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(PASSWORD + "\n")
    call_command("bootstrap", *ARGUMENTS, "--password-file", str(file), stdout=StringIO())
    assert User.objects.get().check_password(PASSWORD)


def test_without_a_password_nothing_is_made(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANNEX_BOOTSTRAP_PASSWORD", raising=False)
    with pytest.raises(CommandError, match="ANNEX_BOOTSTRAP_PASSWORD"):
        call_command("bootstrap", *ARGUMENTS)
    assert not User.objects.exists()
