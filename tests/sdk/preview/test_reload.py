"""A save is on screen at once; a fault says where it is and goes away when it is mended."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.sdk.preview.workshop import PROJECT, SOURCE, Visitor, visiting, write_package

HASTY_SECONDS = 5.0


def _save(path: Path, text: str) -> None:
    path.write_text(text)


def _line_of(text: str, part: str) -> int:
    return 1 + [part in line for line in text.splitlines()].index(True)


def test_a_save_shows_the_first_example_anew_with_what_was_typed(
    own: Visitor, own_folder: Path
) -> None:
    before = own.start()["screen"]
    own.answer(own.batch(1)["examples"][0]["id"], "reject").raise_for_status()
    seen = own.state()["generation"]
    _save(own_folder / "works.py", SOURCE.replace("line.strip()", "line.strip().upper()"))
    own.news_after(seen)
    state = own.state()
    assert (state["fault"], state["screen"] == before) == (None, False)
    [first] = own.batch(1)["examples"]
    assert (first["text"], first["meta"]["question"]) == ("ONE", "Which?")
    moved = own.http.get(before)
    assert (moved.status_code, moved.headers["Location"]) == (302, state["screen"])
    assert "/preview/live.js?after=" in own.http.get(state["screen"]).text


def test_the_sample_is_followed_too(own: Visitor, own_folder: Path) -> None:
    own.start()
    seen = own.state()["generation"]
    _save(own_folder / "sample.jsonl", "fresh\n")
    own.news_after(seen)
    assert own.batch(1)["examples"][0]["text"] == "fresh"


def test_what_is_typed_and_fits_no_more_is_shown_in_the_form(
    own: Visitor, own_folder: Path
) -> None:
    own.start()
    seen = own.state()["generation"]
    _save(
        own_folder / "works.py",
        SOURCE.replace("question: Text,", "question: Text,\n    more: int,"),
    )
    own.news_after(seen)
    state = own.state()
    assert (state["fault"], state["screen"]) == (None, None)
    assert state["recipes"][2]["typed"]["values"]["question"] == "Which?"
    assert [error["field"] for error in own.start()["errors"]] == ["more"]


BREAKS = {
    "import": ("import os", "import os\nimport no_such_module", "no_such_module"),
    "syntax": ("heard = []", "heard = = []", "heard = = []"),
    "signature": ("seed: int | None = None", "seed: bytes = b''", None),
    "function": ("heard = []", "heard = [][1]", "heard = [][1]"),
    "stream": ("yield Example(line.strip()", "yield Example(line.strp()", "line.strp()"),
}


@pytest.mark.parametrize(("old", "new", "where"), BREAKS.values(), ids=BREAKS)
def test_a_fault_names_file_and_line_and_goes_away(
    own: Visitor, own_folder: Path, old: str, new: str, where: str | None
) -> None:
    screen = own.start()["screen"]
    broken = SOURCE.replace(old, new)
    seen = own.state()["generation"]
    _save(own_folder / "works.py", broken)
    seen = own.news_after(seen)
    fault = own.state()["fault"]
    assert fault["message"]
    assert fault["file"] == str(own_folder / "works.py")
    if where:
        assert fault["line"] == _line_of(broken, where)
        assert where in dict(fault["excerpt"])[fault["line"]]
    assert "Traceback" in fault["traceback"]
    # The annotation screen's own address shows it, and its API waits.
    page = own.http.get(screen)
    assert (page.status_code, "/preview/form.js" in page.text) == (200, True)
    waiting = own.http.get(f"/api/tasks/{screen.removeprefix('/t/')}")
    assert (waiting.status_code, waiting.json()["code"]) == (503, "recipe.failed")
    _save(own_folder / "works.py", SOURCE)
    own.news_after(seen)
    assert own.state()["fault"] is None
    assert own.batch(1)["examples"][0]["text"] == "one"


@pytest.mark.parametrize(
    ("project", "said", "line"),
    [
        ("[project\n", "Expected", 1),
        ('[project]\nversion = "1.0.0"\n', "no `name`", 0),
        (PROJECT.partition("[project.entry")[0], "names no module", 0),
    ],
)
def test_a_fault_of_the_project_file_is_shown(
    own: Visitor, own_folder: Path, project: str, said: str, line: int
) -> None:
    seen = own.state()["generation"]
    _save(own_folder / "pyproject.toml", project)
    own.news_after(seen)
    fault = own.state()["fault"]
    assert said in fault["message"]
    assert fault["line"] == line or said == "names no module"


def test_a_recipe_that_hangs_over_an_answer_is_ended(own_folder: Path, built: Path) -> None:
    with visiting(own_folder, built, seconds=HASTY_SECONDS) as hasty:
        hasty.start()
        examples = hasty.batch(5)["examples"]
        hanging = next(each["id"] for each in examples if each["text"] == "hang")
        sent = hasty.answer(hanging, choices=[hasty.labels()["Good"]])
        assert (sent.status_code, sent.json()["code"]) == (503, "recipe.failed")
        assert "did not answer within 5 s" in hasty.state()["fault"]["message"]
        assert hasty.start()["screen"]
        assert hasty.state()["fault"] is None


def test_a_save_does_not_wait_for_what_hangs(own: Visitor, own_folder: Path) -> None:
    seen = own.state()["generation"]
    _save(own_folder / "works.py", "while True: pass\n")
    time.sleep(0.5)
    _save(own_folder / "works.py", SOURCE)
    while own.state()["fault"]:
        seen = own.news_after(seen)
    assert own.start()["screen"]


def test_a_recipe_that_ends_its_process_is_a_fault(own: Visitor, own_folder: Path) -> None:
    seen = own.state()["generation"]
    _save(own_folder / "works.py", SOURCE.replace("heard = []", "os._exit(3)"))
    own.news_after(seen)
    own.start()
    assert "status 3" in own.state()["fault"]["message"]


def test_a_package_that_is_faulty_from_the_start_is_shown_too(
    own: Visitor, own_folder: Path
) -> None:
    (own_folder / "works.py").unlink()
    seen = own.news_after(own.state()["generation"])
    assert "works" in own.state()["fault"]["message"]
    write_package(own_folder)
    while own.state()["fault"]:
        seen = own.news_after(seen)
    assert own.start()["screen"]
