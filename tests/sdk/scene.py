"""A control plane that really listens, the cast in it, and a laptop of its own for `annex`."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import pytest
from annex.cli.main import main
from annex.client import Client, Retries
from annex.contract.enums import Role
from django.core.cache import cache

from controlplane.accounts.models import User
from controlplane.accounts.tokens import create_token
from controlplane.lib.tenancy import tenant
from tests.controlplane.cast import Cast


class LiveServer(Protocol):
    """What pytest-django's fixture of the same name tells."""

    url: str


QUICK = Retries(tries=3, base_seconds=0.01)
ANNEX_NAMES = ("ANNEX_HOST", "ANNEX_TOKEN", "ANNEX_PROJECT")


@dataclass(frozen=True)
class Stage:
    """Acme's people and things, and where the control plane listens."""

    url: str
    cast: Cast

    def token(
        self, user: User, role: Role = Role.DEVELOPER, *, expires_at: datetime | None = None
    ) -> str:
        """Return the secret of a new token of a member of Acme."""
        with tenant(self.cast.acme.id):
            _, secret = create_token(
                actor=self.cast.actor(user), name="laptop", role=role, expires_at=expires_at
            )
        return secret

    def client(self, user: User, role: Role = Role.DEVELOPER) -> Client:
        """Return a client that acts for a member of Acme."""
        return Client(self.url, self.token(user, role), retries=QUICK)


@pytest.fixture
def stage(live_server: LiveServer, cast: Cast) -> Stage:
    """Acme and Umbrella, served on a port."""
    cache.clear()
    return Stage(live_server.url, cast)


@dataclass(frozen=True)
class Ran:
    """What one command line did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, which must be one JSON document."""
        return json.loads(self.out)


Annex = Callable[..., Ran]


@pytest.fixture
def laptop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine that knows no control plane. Returns: the folder of its settings."""
    for name in ANNEX_NAMES:
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "config"
    monkeypatch.setenv("ANNEX_CONFIG_DIR", str(folder))
    return folder


@pytest.fixture
def annex(laptop: Path, capfd: pytest.CaptureFixture[str]) -> Annex:
    """Run `annex` with these arguments on the laptop."""

    def run(*argv: str) -> Ran:
        capfd.readouterr()
        code = main(argv)
        captured = capfd.readouterr()
        return Ran(code, captured.out, captured.err)

    return run


@pytest.fixture
def signed_in(stage: Stage, annex: Annex, monkeypatch: pytest.MonkeyPatch) -> Annex:
    """`annex` on a laptop where Olga, the owner, is signed in."""
    monkeypatch.setenv("ANNEX_HOST", stage.url)
    monkeypatch.setenv("ANNEX_TOKEN", stage.token(stage.cast.olga, Role.OWNER))
    return annex
