"""`annex secrets`: names here, values to the cluster, and none of them on a command line."""

from __future__ import annotations

import io
import sys

import pytest
from annex.cli.secrets import read_value
from annex.errors import BadInput

from controlplane.lib.tenancy import tenant
from controlplane.projects.secrets import create_secret
from tests.sdk.scene import Annex, Stage


def test_names_are_listed(stage: Stage, signed_in: Annex) -> None:
    cast = stage.cast
    with tenant(cast.acme.id):
        create_secret(actor=cast.actor(cast.dev), project=cast.project, name="api-key")
    listed = signed_in("secrets", "list", "-p", "Tickets", "--json").json
    assert [row["name"] for row in listed] == ["api-key"]


def test_no_name_is_registered_whose_value_could_not_be_set(stage: Stage, signed_in: Annex) -> None:
    ran = signed_in("secrets", "set", "api-key", "-p", "Tickets")
    assert ran.code == 3
    assert f"There is no token for {stage.cast.cluster.origin}." in ran.err
    with tenant(stage.cast.acme.id):
        assert not stage.cast.project.secrets.exists()


def test_a_value_is_no_argument(stage: Stage, signed_in: Annex) -> None:
    assert signed_in("secrets", "set", "api-key", "value", "-p", "Tickets").code == 2


def test_a_value_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(" two\nlines \n"))
    assert read_value() == " two\nlines "
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n"))
    with pytest.raises(BadInput):
        read_value()
