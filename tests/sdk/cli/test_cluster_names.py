"""What is named in the console is found on its cluster, by the control plane's word for where."""

from __future__ import annotations

import uuid

import pytest
from annex.cli.cluster_names import Located, locate_asset, locate_model
from annex.errors import BadInput, NoneOfThatName

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


def test_the_bytes_are_asked_of_that_cluster(stage: Stage, signed_in: Annex) -> None:
    ran = signed_in("models", "pull", stage.cast.model.name, "--project", "Tickets")
    assert ran.code == 3
    assert f"There is no token for {stage.cast.cluster.origin}." in ran.err
