"""What is named in the console is found on its cluster, by the control plane's word for where."""

from __future__ import annotations

import uuid

import pytest
from annex.cli import watch
from annex.cli.cluster_credentials import ClusterCredential, store_cluster
from annex.cli.cluster_exports import export_dataset
from annex.cli.cluster_names import Located, locate_asset, locate_model
from annex.contract.enums import ExportFormat
from annex.errors import BadInput, NoneOfThatName

from controlplane.jobs.models import Job
from controlplane.lib.tenancy import tenant
from tests.sdk.scene import Annex, Stage


def test_a_name_leads_to_the_id_and_the_cluster(stage: Stage, signed_in: Annex) -> None:
    cast = stage.cast
    there = cast.cluster.origin
    assert locate_asset(cast.data.name, "Tickets") == Located(str(cast.data.id), there)
    assert locate_model(cast.model.name, "Tickets") == Located(str(cast.model.id), there)


def test_an_id_asks_nobody(laptop: object) -> None:
    wanted = str(uuid.uuid4())
    assert locate_asset(wanted, "") == locate_model(wanted, "") == Located(wanted, "")


def test_a_name_needs_its_project_and_has_to_be_there(signed_in: Annex) -> None:
    with pytest.raises(BadInput, match="which project"):
        locate_asset("tickets", "")
    with pytest.raises(NoneOfThatName):
        locate_asset("nothing of that name", "Tickets")
    with pytest.raises(NoneOfThatName):
        locate_model("nothing of that name", "Tickets")


@pytest.fixture
def at_once(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the cluster report a job done at the second look."""

    def report(seconds: float) -> None:
        with tenant(stage.cast.acme.id):
            Job.objects.update(state="succeeded")

    monkeypatch.setattr(watch, "pause", report)


@pytest.mark.usefixtures("at_once")
def test_a_dataset_is_exported_and_its_file_looked_for_on_its_cluster(
    stage: Stage, signed_in: Annex
) -> None:
    there = stage.cast.cluster.origin
    store_cluster(ClusterCredential(there, "anw_of-somebody"))
    found = export_dataset("train", "Tickets", ExportFormat.CONLL)
    with tenant(stage.cast.acme.id):
        job = Job.objects.get()
    assert found == Located(str(job.id), there)
    assert job.arguments == {"dataset": str(stage.cast.training.id), "format": "conll"}


def test_nothing_is_exported_that_nobody_could_download(stage: Stage, signed_in: Annex) -> None:
    ran = signed_in("datasets", "pull", "train", "--project", "Tickets")
    assert ran.code == 3
    assert f"There is no token for {stage.cast.cluster.origin}." in ran.err
    with tenant(stage.cast.acme.id):
        assert not Job.objects.exists()


def test_the_bytes_are_asked_of_that_cluster(stage: Stage, signed_in: Annex) -> None:
    ran = signed_in("models", "pull", stage.cast.model.name, "--project", "Tickets")
    assert ran.code == 3
    assert f"There is no token for {stage.cast.cluster.origin}." in ran.err
