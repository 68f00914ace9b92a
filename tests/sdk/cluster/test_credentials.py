"""Which token goes to which cluster, and that none goes anywhere else."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from annex.cli.cluster_credentials import (
    FILE,
    ClusterCredential,
    SignInOnCluster,
    current_cluster,
    forget_cluster,
    store_cluster,
)
from annex.errors import BadInput

ONE, TWO = "https://one.example", "https://two.example:8443"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the machine a folder of its own, and nothing in its environment."""
    for name in ("ANNEX_CLUSTER", "ANNEX_CLUSTER_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ANNEX_CONFIG_DIR", str(tmp_path / "config"))
    return tmp_path / "config"


def test_clusters_are_kept_apart_for_the_owner_only(folder: Path) -> None:
    store_cluster(ClusterCredential(ONE, "anw_1"))
    store_cluster(ClusterCredential(TWO, "anw_2"))
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600
    assert current_cluster() == (TWO, "anw_2")
    assert current_cluster("one.example") == (ONE, "anw_1")
    forget_cluster(TWO)
    assert current_cluster() == (ONE, "anw_1")
    with pytest.raises(SignInOnCluster):
        current_cluster(TWO)


def test_nobody_is_signed_in_at_first() -> None:
    with pytest.raises(SignInOnCluster):
        current_cluster()


def test_the_environment_goes_before_what_is_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    store_cluster(ClusterCredential(ONE, "anw_1"))
    store_cluster(ClusterCredential(TWO, "anw_2"))
    monkeypatch.setenv("ANNEX_CLUSTER", "one.example/")
    assert current_cluster() == (ONE, "anw_1")
    monkeypatch.setenv("ANNEX_CLUSTER_TOKEN", "anw_of-a-pipeline")
    assert current_cluster() == current_cluster(ONE) == (ONE, "anw_of-a-pipeline")


def test_the_environments_token_goes_to_the_environments_cluster_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ANNEX_CLUSTER_TOKEN", "anw_of-a-pipeline")
    monkeypatch.setenv("ANNEX_CLUSTER", ONE)
    # As a control plane in wrong hands would say where an asset lies.
    with pytest.raises(SignInOnCluster, match=r"evil\.example"):
        current_cluster("https://evil.example")
    store_cluster(ClusterCredential(TWO, "anw_2"))
    assert current_cluster(TWO) == (TWO, "anw_2")


def test_no_token_without_a_cluster_that_it_is_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNEX_CLUSTER_TOKEN", "anw_of-a-pipeline")
    with pytest.raises(SignInOnCluster):
        current_cluster(ONE)


def test_what_cannot_be_read_is_said(folder: Path) -> None:
    folder.mkdir()
    (folder / FILE).write_text("{")
    with pytest.raises(BadInput, match=re.escape(FILE)):
        current_cluster()
