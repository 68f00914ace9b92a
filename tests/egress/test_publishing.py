"""Recipes of one's own: what people declare crosses, and nothing that the recipes say does."""

from __future__ import annotations

import json

import pytest

from tests.egress.canaries import find_markers
from tests.egress.scene import Scene

# The first test waits for the whole job.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

READ = {
    "texts": ("pushed_text", "text_of_file", "text_of_stdin"),
    "example": ("stream_text", "key_of_meta", "argument_text", "sample_text", "code"),
    "refusal": ("refusal",),
    "stream": ("stream_error", "sample_text", "printed", "logged"),
    "route": ("router_error", "sample_text"),
    "check": ("check_error", "sample_text"),
    "job_log": ("job_error", "job_text"),
}
"""What the people of the cluster read, and where; by that the recipes did say it."""


@pytest.mark.parametrize("where", READ)
def test_who_may_read_it_has_read_it(scene: Scene, where: str) -> None:
    for place in READ[where]:
        assert scene.markers[place] in scene.seen[where], place


def test_what_a_job_leaves_comes_to_the_laptop(scene: Scene) -> None:
    assert scene.fetched
    packed = scene.fetched.read_bytes()
    places = ("output_file", "output_text", "job_text")
    found = find_markers([("zip", packed)], {place: scene.markers[place] for place in places})
    assert {one.place for one in found} == set(places)


def test_what_people_declare_crosses_from_their_own_machine(scene: Scene) -> None:
    assert scene.declared["title"] in scene.seen["publish"]
    found = find_markers(scene.forbidden(), scene.declared)
    for place in scene.declared:
        haystacks = {one.haystack for one in found if one.place == place}
        assert "wire 2" in haystacks, place
        assert any(name.startswith("public.recipes_") for name in haystacks), place
    said_by_cluster = find_markers(scene.sent(), scene.declared)
    assert said_by_cluster == set()


def test_nothing_that_a_recipe_says_crosses(scene: Scene) -> None:
    places = {place for read in READ.values() for place in read}
    assert places < scene.markers.keys()
    assert find_markers(scene.forbidden(), scene.markers) == set()


def test_names_that_differ_where_they_run_are_refused(scene: Scene) -> None:
    assert "The cluster reads other recipes" in scene.seen["hasty"]
    rows = dict(scene.forbidden())
    assert not any(b"hasty" in data for name, data in rows.items() if name.startswith("public."))


def test_what_is_mistyped_stays_on_the_laptop(scene: Scene) -> None:
    said, field = scene.seen["mistyped"], scene.declared["field_name"].lower()
    assert f"arguments.{field}: " in said
    assert "arguments.fault: " in said
    assert scene.markers["mistyped"] not in said


def test_progress_spells_nothing(scene: Scene) -> None:
    told = [
        (body["done"], body["total"])
        for body in scene.events()
        if body["type"] == "job.progress" and body["job"] == json.loads(scene.seen["job"])["id"]
    ]
    # One letter after the other would be a share of 2**20; only tenths may cross.
    assert {pair for pair in told if pair[1] not in (None, 10)} == set()
    assert len(told) <= 4


def test_of_failures_a_code_and_a_reference_cross(scene: Scene) -> None:
    job = json.loads(scene.seen["job_failed"])
    [told] = [
        body for body in scene.events() if body["type"] == "job.failed" and body["job"] == job["id"]
    ]
    assert told.keys() - {"affected"} == {"type", "job", "job_epoch", "code", "stage", "ref"}
    assert told.get("affected") is None
    assert told["code"] == job["failure"]["code"] == "recipe.failed"
