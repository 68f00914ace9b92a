"""`annex login` without a token: a person approves the code, and the machine is signed in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from annex.cli import credentials, device_login
from annex.cli.exit_codes import ExitCode
from django.utils import timezone

from controlplane.accounts.models import ApiToken, DeviceLogin, User
from controlplane.lib.tenancy import tenant
from tests.controlplane.cast import browser
from tests.sdk.scene import Annex, Stage

CODE = re.compile(r"^    ([A-Z]{4}-[A-Z]{4})$", re.MULTILINE)


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the command has told the person so far."""
    told: list[str] = []
    monkeypatch.setattr(device_login, "note", told.append)
    return told


Meanwhile = Callable[[Callable[[str], None]], list[float]]


@pytest.fixture
def meanwhile(seen: list[str], monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Let a person act on the shown code while the command waits. Returns: the waits."""

    def let(act: Callable[[str], None]) -> list[float]:
        waits: list[float] = []

        def wait(seconds: float) -> None:
            waits.append(seconds)
            if len(waits) == 2:
                found = CODE.search("\n".join(seen))
                assert found is not None
                act(found[1])

        monkeypatch.setattr(device_login, "pause", wait)
        return waits

    return let


def approver(user: User, role: str) -> Callable[[str], None]:
    def approve(code: str) -> None:
        path = f"/api/v1/organizations/acme/device-logins/{code}/approve"
        body = {"role": role}
        assert browser(user).post(path, body, content_type="application/json").status_code == 200

    return approve


def test_an_approved_machine_is_signed_in_until_it_signs_out(
    stage: Stage, annex: Annex, laptop: Path, meanwhile: Meanwhile, seen: list[str]
) -> None:
    waits = meanwhile(approver(stage.cast.dev, "developer"))
    ran = annex("login", "--host", stage.url, "--machine", "Dev's laptop", "--no-browser")
    assert (ran.code, ran.out) == (0, "")
    assert waits == [5, 5]
    assert "/device" in seen[0]
    kept = json.loads((laptop / credentials.FILE).read_text())["hosts"][stage.url]
    assert (kept["organization"], kept["email"]) == ("acme", stage.cast.dev.email)
    assert annex("whoami", "--json").json["name"] == "Dev"
    with tenant(stage.cast.acme.id):
        assert [row.name for row in ApiToken.objects.all()] == ["CLI on Dev's laptop"]
    assert annex("logout").code == 0
    with tenant(stage.cast.acme.id):
        assert not ApiToken.objects.exists()


def test_a_refused_machine_is_told(
    stage: Stage, annex: Annex, laptop: Path, meanwhile: Meanwhile
) -> None:
    def refuse(code: str) -> None:
        path = f"/api/v1/device-logins/{code}/refuse"
        assert browser(stage.cast.dev).post(path).status_code == 200

    meanwhile(refuse)
    ran = annex("login", "--host", stage.url, "--no-browser")
    assert ran.code == ExitCode.CONFLICT
    assert "device_login.refused" in ran.err
    assert not laptop.exists()


def test_a_code_that_nobody_approves_ends(stage: Stage, annex: Annex, meanwhile: Meanwhile) -> None:
    def wait_too_long(code: str) -> None:
        DeviceLogin.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    meanwhile(wait_too_long)
    ran = annex("login", "--host", stage.url, "--no-browser")
    assert ran.code == ExitCode.CONFLICT
    assert "device_login.expired" in ran.err


def test_giving_up_keeps_nothing(
    stage: Stage, annex: Annex, laptop: Path, meanwhile: Meanwhile
) -> None:
    def press_ctrl_c(code: str) -> None:
        raise KeyboardInterrupt

    meanwhile(press_ctrl_c)
    assert annex("login", "--host", stage.url, "--no-browser").code == ExitCode.INTERRUPTED
    assert not laptop.exists()


def test_a_machine_is_called_by_its_host_name() -> None:
    name = device_login.this_machine()
    assert 0 < len(name) <= device_login.MACHINE_LENGTH
