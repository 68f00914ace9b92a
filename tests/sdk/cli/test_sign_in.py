"""Signing in with a token, who one is then, and signing out."""

from __future__ import annotations

import io
import json
import stat
import sys
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest
from annex.cli import credentials
from annex.contract.enums import Role
from annex.errors import BadInput
from django.utils import timezone

from controlplane.accounts.models import ApiToken
from controlplane.lib.tenancy import tenant
from tests.sdk.scene import Annex, Stage


def type_in(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Put a text on standard input."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def test_a_token_on_stdin_signs_in_and_is_kept_for_its_owner_only(
    stage: Stage, annex: Annex, laptop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = stage.token(stage.cast.dev)
    type_in(monkeypatch, token + "\n")
    ran = annex("login", "--host", stage.url, "--token-stdin")
    assert (ran.code, ran.out) == (0, "")
    assert token not in ran.err
    file = laptop / credentials.FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text())["hosts"][stage.url]["organization"] == "acme"
    me = annex("whoami", "--json")
    assert me.json["email"] == stage.cast.dev.email
    assert me.json["host"] == stage.url
    assert "developer of Acme (acme)" in annex("whoami").out


def test_a_wrong_token_is_refused_and_not_kept(
    stage: Stage, annex: Annex, laptop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(monkeypatch, "anx_nobody-knows-this\n")
    ran = annex("login", "--host", stage.url, "--token-stdin")
    assert ran.code == 3
    assert "request.unauthenticated" in ran.err
    assert not laptop.exists()


def test_an_expired_token_is_not_signed_in(
    stage: Stage, annex: Annex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANNEX_HOST", stage.url)
    monkeypatch.setenv("ANNEX_TOKEN", stage.token(stage.cast.dev))
    assert annex("whoami").code == 0
    with tenant(stage.cast.acme.id):
        ApiToken.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert annex("whoami").code == 3


def test_without_a_token_one_is_told_how_to_sign_in(annex: Annex) -> None:
    ran = annex("whoami", "--json")
    assert (ran.code, ran.out) == (3, "")
    assert "annex login" in ran.err


def test_the_environment_goes_before_what_is_stored(
    stage: Stage, annex: Annex, monkeypatch: pytest.MonkeyPatch
) -> None:
    credentials.store(credentials.Credential(stage.url, stage.token(stage.cast.dev), "acme"))
    assert annex("whoami", "--json").json["email"] == stage.cast.dev.email
    monkeypatch.setenv("ANNEX_TOKEN", stage.token(stage.cast.olga, Role.OWNER))
    assert annex("whoami", "--json").json["email"] == stage.cast.olga.email


def test_signing_out_forgets_and_keeps_what_somebody_else_made(stage: Stage, annex: Annex) -> None:
    credentials.store(credentials.Credential(stage.url, stage.token(stage.cast.dev), "acme"))
    assert annex("logout").code == 0
    assert annex("whoami").code == 3
    with tenant(stage.cast.acme.id):
        assert ApiToken.objects.count() == 1


def test_signing_out_revokes_what_the_login_made(stage: Stage, annex: Annex) -> None:
    token = stage.token(stage.cast.dev)
    with tenant(stage.cast.acme.id):
        token_id = str(ApiToken.objects.get().id)
    credentials.store(credentials.Credential(stage.url, token, "acme", token_id=token_id))
    assert annex("logout").code == 0
    with tenant(stage.cast.acme.id):
        assert not ApiToken.objects.exists()


def test_two_hosts_are_kept_apart(laptop: Path) -> None:
    credentials.store(credentials.Credential("https://one.example", "anx_1", "one"))
    credentials.store(credentials.Credential("https://two.example", "anx_2", "two"))
    assert credentials.stored().token == "anx_2"
    assert credentials.stored("one.example").token == "anx_1"
    credentials.forget("https://two.example")
    assert credentials.stored().host == "https://one.example"
    assert credentials.stored("two.example").token == ""


@pytest.mark.parametrize("text", ["ftp://x", "https://", "https://x/path"])
def test_other_addresses_are_no_hosts(text: str) -> None:
    with pytest.raises(BadInput, match="not an address"):
        credentials.parse_host(text)


class Keyring(ModuleType):
    """The part of the `keyring` package that is used; `locked` is a machine without a desktop."""

    def __init__(self, *, locked: bool) -> None:
        super().__init__("keyring")
        self.__spec__ = None
        self.locked = locked
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, name: str, secret: str) -> None:
        if self.locked:
            raise RuntimeError("no backend")
        self.kept[service, name] = secret

    def get_password(self, service: str, name: str) -> str | None:
        if self.locked:
            raise RuntimeError("no backend")
        return self.kept.get((service, name))

    def delete_password(self, service: str, name: str) -> None:
        del self.kept[service, name]


@pytest.mark.parametrize("locked", [False, True])
def test_a_keyring_that_works_holds_the_token(
    laptop: Path, monkeypatch: pytest.MonkeyPatch, *, locked: bool
) -> None:
    keyring = Keyring(locked=locked)
    monkeypatch.setattr(credentials, "_keyring", lambda: keyring)
    credentials.store(credentials.Credential("https://a.example", "anx_secret", "acme"))
    in_file = "anx_secret" in (laptop / credentials.FILE).read_text()
    assert in_file is locked
    assert credentials.stored().token == "anx_secret"
    credentials.forget("https://a.example")
    assert credentials.stored("a.example").token == ""
    assert not keyring.kept
