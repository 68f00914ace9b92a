"""From a mail to a wheel of one's own: screens only, no terminal after enrolment, 40 clicks."""

from __future__ import annotations

import csv
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from examples.demo.annotators import Gold
from examples.demo.console import Console
from examples.demo.paragraphs import LABELS, Paragraph, demo_paragraphs
from examples.demo.planes import DEMO_EMAIL, DEMO_ORGANIZATION, Planes, Ports
from tests.e2e.annotating import answer_by_keyboard
from tests.e2e.mail import wait_for_link
from tests.e2e.person import Person
from tests.e2e.wheel import install, marks_of_cluster, marks_of_wheel, write_texts

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(1500)]

EMAIL, NAME, PASSWORD = "nora@newcomer.example", "Nora Newcomer", "correct horse battery"
ROWS, ANSWERS, TEXTS, MOST_CLICKS = 1000, 20, 100, 40
JOB_MS = 600_000
# Two rules that a person who has looked at the text for a minute would write.
RULES = ((r"\b[a-z]+[A-Z]\w+\b", "FIELD"), (r"\b[A-Z]{2,}(_[A-Z]+)+\b", "VALUE"))


@dataclass(frozen=True)
class Laptop:
    """What the newcomer brings: the file, and what they know about its text."""

    file: Path
    paragraphs: list[Paragraph]

    @property
    def gold(self) -> Gold:
        return {paragraph.text: paragraph.spans for paragraph in self.paragraphs}


@pytest.fixture(scope="module")
def bare_planes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planes]:
    """Planes of their own: here the newcomer enrols the cluster."""
    folder = tmp_path_factory.mktemp("bare")
    with Planes(folder, Ports.free(), durable=False) as running:
        running.bootstrap()
        yield running


@pytest.fixture
def laptop(tmp_path: Path) -> Laptop:
    paragraphs, _ = demo_paragraphs(ROWS, 0)
    file = tmp_path / "paragraphs.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["service", "text"])
        rows.writerows([paragraph.service, paragraph.text] for paragraph in paragraphs)
    return Laptop(file, paragraphs)


def test_newcomer_gets_from_a_mail_to_a_wheel(
    bare_planes: Planes, context: BrowserContext, laptop: Laptop, tmp_path: Path
) -> None:
    context.set_default_timeout(20_000)
    person = Person(context, context.new_page())
    console = person.page
    accept_invitation(person, bare_planes)
    connect_cluster(person, bare_planes)
    start_project(person)
    bring_data(person, laptop)
    person.back_to(console)
    name_labels(person)
    annotate(person, laptop)
    person.back_to(console)
    write_rules(person)
    person.back_to(console)
    suggest_and_train(person)
    wheel = package_and_download(person, tmp_path)
    print(f"newcomer: {person.clicks} clicks")
    assert person.clicks <= MOST_CLICKS
    check_wheel(bare_planes, wheel, model_on(person.page), laptop, tmp_path)


def accept_invitation(person: Person, planes: Planes) -> None:
    owner = Console(planes.console_origin, DEMO_ORGANIZATION).sign_in(DEMO_EMAIL, planes.password)
    owner.post("invitations", {"email": EMAIL, "role": "admin"})
    person.open_link(wait_for_link(planes.mail, EMAIL, r"http\S+/invitations/\S+"))
    person.expect_focus("Your name")
    person.write(NAME, "Tab")
    person.write(PASSWORD, "Enter")
    person.sees("Connect a cluster first")


def connect_cluster(person: Person, planes: Planes) -> None:
    person.follow("Go to clusters")
    person.click(person.page.get_by_label("Name", exact=False).first)
    person.write("Laptop cluster", "Tab")
    person.write(planes.worker_origin, "Enter")
    person.press_button("Show the join command")
    person.press_button("Copy")
    command = person.page.locator("code").first.inner_text()
    printed = run_printed(planes, command)
    person.sees(re.compile("printed this fingerprint"))
    assert person.page.locator("code").first.inner_text() in printed
    planes.start_link()
    person.press_button("They are the same, confirm")
    person.sees("The cluster is connected.")


def run_printed(planes: Planes, command: str) -> str:
    """Paste the command into a terminal of the cluster."""
    python, dash_m, worker, *rest = shlex.split(command)
    assert (python, dash_m, worker) == ("python", "-m", "worker")
    return planes.work(*rest)


def start_project(person: Person) -> None:
    person.follow("Projects")
    person.follow("New project")
    person.expect_focus("Title")
    person.write("API names", "Enter")
    person.sees("Bring in your text and hold some back")


def bring_data(person: Person, laptop: Laptop) -> None:
    person.make_and_open("Add data", "Choose the file")
    person.choose_file(person.page.locator("input[type=file]"), str(laptop.file))
    person.sees(laptop.paragraphs[0].text[:40])
    expect(person.page.get_by_label("Examples")).to_have_value("200")
    person.press_button("Confirm")
    person.sees("200 examples are held back")


def name_labels(person: Person) -> None:
    person.sees("800 to annotate, 200 held back", JOB_MS)
    person.click(person.page.get_by_label("Names, separated by commas"))
    person.write(", ".join(LABELS), "Enter")
    expect(person.page.get_by_role("button", name="Create the task and annotate")).to_be_visible()


def annotate(person: Person, laptop: Laptop) -> None:
    person.make_and_open("Create the task and annotate", "Open annotation app")
    keys = keys_on_buttons(person.page)
    marked = answer_by_keyboard(person.page, ANSWERS, laptop.gold, keys)
    assert marked > ANSWERS / 2
    person.sees(re.compile(rf"{ANSWERS} of 1,000"))


def keys_on_buttons(page: Page) -> dict[str, str]:
    """Read which key is printed on each label's button."""
    buttons = page.get_by_role("group", name="Labels").get_by_role("button")
    expect(buttons).to_have_count(len(LABELS), timeout=60_000)
    words = [text.split() for text in buttons.all_inner_texts()]
    return {
        name: next(word for word in row if word != name) for row in words for name in named(row)
    }


def named(words: list[str]) -> list[str]:
    return [name for name in LABELS if name in words]


def write_rules(person: Person) -> None:
    person.make_and_open("Write rules", "Write the patterns")
    for line, (expression, label) in enumerate(RULES, 1):
        person.click(person.page.get_by_label(f"Label of rule {line}"))
        person.page.keyboard.press("Escape")
        person.write(label, "Tab")
        person.write("Regular", "Tab")
        person.write(expression)
    person.press_button("Save rules")
    person.sees("2 rules are saved, version 1")


def suggest_and_train(person: Person) -> None:
    person.press_button("Suggest with Rules")
    person.sees("suggested by Rules")
    person.press_button("Train")
    person.sees("1 model", JOB_MS)
    person.follow("See the board")
    expect(person.page.get_by_role("row").filter(has_text="Rules").first).to_be_visible(
        timeout=JOB_MS
    )


def package_and_download(person: Person, folder: Path) -> Path:
    person.follow("Overview")
    person.press_button("Package", JOB_MS)
    person.open_tab(person.page.get_by_role("link", name="Download the wheel"), JOB_MS)
    download = person.download(person.page.get_by_role("link", name="Download the wheel"))
    target = folder / download.suggested_filename
    download.save_as(target)
    return target


def model_on(page: Page) -> str:
    return urlsplit(page.url).path.rsplit("/", 1)[-1]


def check_wheel(planes: Planes, wheel: Path, model: str, laptop: Laptop, folder: Path) -> None:
    """Compare the installed wheel with the worker's own predictor, span by span."""
    texts = write_texts(folder / "texts.json", [p.text for p in laptop.paragraphs[:TEXTS]])
    interpreter = install(wheel, folder / "environment")
    package = wheel.name.split("-")[0]
    installed = marks_of_wheel(interpreter, package, texts)
    assert len(installed) == TEXTS
    assert installed == marks_of_cluster(planes, model, texts)
    assert any(installed), "the model marks nothing, so the comparison says nothing"
