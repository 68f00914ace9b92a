"""Scripts and marks that break offsets: chosen with the mouse, equal wherever they come out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy
from playwright.sync_api import BrowserContext, Page, expect
from spacy.tokens import DocBin

from examples.demo.planes import Planes
from tests.e2e.annotating import expect_saved, sheet_of, wait_for_example
from tests.e2e.worksite import Worksite, make_worksite

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

CHOSEN = {
    "Thanks 👩‍👩‍👧‍👦 from the 🇩🇪 team, see Zoë 😀 tomorrow.": "🇩🇪 team",
    "Smiles 😀😀 before Ada Lovelace arrives.": "Ada Lovelace",
    "Le cafe\u0301 de Rene\u0301e ouvre a\u0300 midi.": "Rene\u0301e",
    "First line\r\nsecond line by Ada\r\nthird": "Ada",
    "يعمل محمد في بغداد منذ عام.": "بغداد",
    "דנה עובדת בתל אביב מאז מרץ.": "תל אביב",
    "田中さんは東京都で働いています。": "東京都",
    "Mixed: the word שלום means peace.": "שלום",
}
"""Text -> what is marked in it; every mark stands in its text once."""

POINTED = {
    "דנה עובדת בתל אביב.": (("Home", "ArrowLeft"), "עובדת"),
    "Ada works in Haifa, חיפה.": (("Home", "ArrowRight"), "works"),
    "Ada\nيعمل محمد": (("End", "ArrowRight"), "يعمل"),
}
"""Text -> keys that walk through it, and the word they lead to."""

# Where the pointer goes down and up: the outer edges of the first and the last visible character.
EDGES = r"""
([sheet, target]) => {
  const text = sheet.textContent;
  const at = text.indexOf(target);
  const clusters = [...new Intl.Segmenter().segment(target)];
  const last = clusters[clusters.length - 1];
  const point = (offset) => {
    const walker = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
    let node = walker.nextNode();
    while (offset > node.data.length) { offset -= node.data.length; node = walker.nextNode(); }
    return [node, offset];
  };
  const box = (start, end) => {
    const range = document.createRange();
    range.setStart(...point(start));
    range.setEnd(...point(end));
    return range.getBoundingClientRect();
  };
  const first = box(at, at + clusters[0].segment.length);
  const final = box(at + last.index, at + target.length);
  const isRtl = /[\u0590-\u08ff]/.test(target);
  const y = (rect) => rect.top + rect.height / 2;
  return isRtl
    ? [[first.right - 1, y(first)], [final.left + 1, y(final)]]
    : [[first.left + 1, y(first)], [final.right - 1, y(final)]];
}
"""


@pytest.fixture(scope="module")
def site(planes: Planes, enrolled: str) -> Worksite:
    return make_worksite(planes, "Scripts of the world", list(CHOSEN))


def test_marks_come_back_equal_everywhere(
    site: Worksite, context: BrowserContext, tmp_path: Path
) -> None:
    mark_all(site.open(context))
    label = label_id(site)
    expected = {text: span_of(text) for text in CHOSEN}

    assert dict(through_api(site, label)) == expected
    assert dict(in_database(site)) == expected
    assert dict(in_jsonl(site.export("jsonl"))) == expected
    assert dict(in_spacy(site.export("spacy"))) == expected


def test_arrows_go_where_they_point(planes: Planes, enrolled: str, context: BrowserContext) -> None:
    page, text = make_worksite(planes, "Directions", list(POINTED)).open(context), ""
    for _ in POINTED:
        text = wait_for_example(page, text)
        keys, word = POINTED[text]
        for key in keys:
            page.keyboard.press(key)
        expect(page.locator("[data-start][class*=caret]")).to_have_text(word)
        page.keyboard.press("Enter")


def mark_all(page: Page) -> None:
    """Choose each target with the mouse, character by character, and label it with its key."""
    page.keyboard.press("c")
    text = ""
    for _ in CHOSEN:
        text = wait_for_example(page, text)
        drag_over(page, CHOSEN[text])
        page.keyboard.press("1")
        expect(page.locator("mark")).to_have_count(1)
        assert page.locator("mark").text_content() == CHOSEN[text]
        page.keyboard.press("Enter")
    expect_saved(page)


def drag_over(page: Page, target: str) -> None:
    down, up = page.evaluate(EDGES, [sheet_of(page).element_handle(), target])
    page.mouse.move(*down)
    page.mouse.down()
    page.mouse.move(*up, steps=4)
    page.mouse.up()


def span_of(text: str) -> list[tuple[int, int]]:
    start = text.index(CHOSEN[text])
    return [(start, start + len(CHOSEN[text]))]


def label_id(site: Worksite) -> str:
    [label] = site.cluster.get(f"/api/tasks/{site.task}")["labels"]
    return str(label["id"])


def through_api(site: Worksite, label: str) -> list[tuple[str, list[tuple[int, int]]]]:
    rows = []
    for answer in site.answers():
        example = site.cluster.get(f"/api/tasks/{site.task}/examples/{answer['example']}")
        assert all(span["label"] == label for span in answer["spans"])
        rows.append((example["text"], [(s["start"], s["end"]) for s in answer["spans"]]))
    return rows


def in_database(site: Worksite) -> list[tuple[str, list[tuple[int, int]]]]:
    """Read the rows as they are stored."""
    script = (
        "import json\nfrom worker.store.models import Answer\n"
        f"rows = Answer.objects.filter(task_id='{site.task}').select_related('example')\n"
        "print(json.dumps([[row.example.text, row.spans] for row in rows]))"
    )
    output = site.planes.work("django", "shell", "--verbosity", "0", "-c", script)
    rows = json.loads(output.strip().splitlines()[-1])
    return [(text, [(s["start"], s["end"]) for s in spans]) for text, spans in rows]


def in_jsonl(content: bytes) -> list[tuple[str, list[tuple[int, int]]]]:
    rows = [json.loads(line) for line in content.decode().split("\n") if line]
    return [(row["text"], [(s["start"], s["end"]) for s in row["spans"]]) for row in rows]


def in_spacy(content: bytes) -> list[tuple[str, list[tuple[int, int]]]]:
    documents = DocBin().from_bytes(content).get_docs(spacy.blank("xx").vocab)
    return [(d.text, [(e.start_char, e.end_char) for e in d.ents]) for d in documents]
