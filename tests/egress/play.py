"""The whole job on text full of markers: every place where a customer's words can stand."""

from __future__ import annotations

import random
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from rich.console import Console as Terminal

from examples.demo.cluster import Cluster
from examples.demo.console import Console, ConsoleError
from examples.demo.gold import Material, write_rows
from examples.demo.journey import TERMINAL, Journey, begin
from examples.demo.planes import DEMO_EMAIL, DEMO_ORGANIZATION
from examples.demo.run import Stage, enrol
from tests.egress.scene import ROOT, Scene
from tests.egress.scripting import script_on

Row = dict[str, Any]
LABEL = "OPERATION"
ROWS, HELD_BACK, ANSWERED = 60, 20, 4
JOB_SECONDS = 120.0


def act(scene: Scene) -> Journey:
    """Do the whole job, good and bad, so that every marker is planted."""
    console = Console(scene.planes.console_origin, DEMO_ORGANIZATION)
    console.sign_in(DEMO_EMAIL, scene.planes.password)
    material = Material("Quiet project", (LABEL,), [], [], [], 0)
    stage = Stage(scene.planes, material, Terminal(quiet=True))
    cluster_id = enrol(stage, console)
    cluster = Cluster(scene.planes.worker_origin, console).sign_in()
    journey = begin(console, cluster, cluster_id, material, scene.planes.folder / "input")
    Play(scene, journey).run()
    return journey


@dataclass
class Play:
    """One person's way through everything that takes their words."""

    scene: Scene
    journey: Journey

    @property
    def markers(self) -> dict[str, str]:
        return self.scene.markers

    def run(self) -> None:
        data = self.import_well()
        self.import_badly()
        rules = self.write_rules()
        task = self.open_task(data, rules, self.write_guidelines())
        scored = self.start_score("rules", rules, data)
        self.annotate(task)
        assert self.ended(scored)["state"] == "succeeded"
        model = self.train(data)
        exported = self.give_away(data, model)
        self.work_by_script(model, exported)
        self.break_model(data, model)
        self.cancel_training(data)

    # --- data ---

    def import_well(self) -> Row:
        """Upload rows whose every field is marked; one has a label that nobody registered."""
        rows = [self.row(number) for number in range(ROWS)]
        spans = [{"start": 0, "end": 3, "label": self.markers["label_in_file"]}]
        rows.append({"text": f"Odd {self.markers['text']}", "spans": spans, "answer": "accept"})
        asset = self.new_asset("Calls", "data")
        name = f"{self.markers['file_name']}.jsonl"
        self.journey.folder.mkdir(parents=True, exist_ok=True)
        self.cluster.upload(
            f"/api/assets/{asset['id']}/upload", write_rows(self.journey.folder / name, rows)
        )
        self.confirm(asset, "skip", hold_back=HELD_BACK)
        assert self.ended(self.started_for("import.v1", asset=asset["id"]))["state"] == "succeeded"
        return dict(self.console.get(self.path(f"assets/{asset['id']}")))

    def row(self, number: int) -> Row:
        """Return a row with a span and its answer; every third is still to be answered."""
        words = [_word(random.Random(f"{number} {place}")) for place in range(6)]
        text = f"{' '.join(words)} calls {self.markers['text']} and {words[0].title()}Get"
        row: Row = {
            "text": text,
            "meta": {self.markers["meta_key"]: self.markers["meta_value"]},
            "dataset": self.markers["dataset_in_file"],
            "_session_id": self.markers["dataset_in_file"],
        }
        if number % 3:
            start = text.rindex(" ") + 1
            spans = [{"start": start, "end": len(text), "label": LABEL}]
            row |= {"spans": spans, "answer": "accept"}
        return row

    def import_badly(self) -> None:
        """Pick a file under a root, whose rows refuse it; look at what the page says of them."""
        folder, name = self.markers["folder_name"], f"{self.markers['picked_file']}.jsonl"
        (self.scene.roots / folder).mkdir()
        lines = [
            f'{{"text": "{self.markers["bad_row"]}", "spans": [{{"start": 0, "end": 9999',
            f'{{"text": "{self.markers["bad_row"]}", "spans": '
            f'[{{"start": 0, "end": 2, "label": "{self.markers["label_in_file"]}"}}]}}',
        ]
        (self.scene.roots / folder / name).write_text("\n".join(lines), encoding="utf-8")
        self.cluster.get(f"/api/roots/{ROOT}/files?path={folder}")
        asset = self.new_asset("More calls", "data")
        here = f"/api/assets/{asset['id']}"
        self.cluster.post(f"{here}/pick", {"root": ROOT, "path": f"{folder}/{name}"})
        self.confirm(asset, "refuse", hold_back=0)
        assert (
            self.ended(self.started_for("import.v1", asset=asset["id"]))["failure"]["code"]
            == "import.bad_rows"
        )
        assert self.markers["label_in_file"] in str(self.cluster.get(f"{here}/problems"))

    def confirm(self, asset: Row, on_bad_rows: str, *, hold_back: int) -> None:
        here = f"/api/assets/{asset['id']}"
        plan = self.cluster.get(here)["plan"] | {
            "format": "jsonl",
            "spans_column": "spans",
            "answer_column": "answer",
            "meta_columns": ["meta", "dataset"],
            "on_bad_rows": on_bad_rows,
        }
        self.cluster.post(f"{here}/preview", {"plan": plan})
        self.cluster.post(f"{here}/confirm", {"plan": plan, "hold_back": hold_back})

    # --- words that people write on the cluster ---

    def write_rules(self) -> str:
        """Write rules of every kind; before that, some that are refused."""
        asset = self.new_asset("Rules", "patterns")
        refused = [{"label": LABEL, "regex": f"({self.markers['refused_regex']}"}]
        self.refused("PUT", f"/api/assets/{asset['id']}/patterns", {"patterns": refused})
        patterns = [
            {"label": LABEL, "pattern": self.markers["phrase"]},
            {"label": LABEL, "pattern": [{"TEXT": self.markers["token_pattern"]}]},
            {"label": LABEL, "regex": rf"\b{self.markers['regex']}|[A-Z][a-z]+Get\b"},
        ]
        self.cluster.put(f"/api/assets/{asset['id']}/patterns", {"patterns": patterns})
        return self.ready(asset)

    def write_guidelines(self) -> str:
        asset = self.new_asset("Guidelines", "guidelines")
        markdown = f"# Marking\n\nNever mark {self.markers['guideline']}."
        self.cluster.put(f"/api/assets/{asset['id']}/guidelines", {"markdown": markdown})
        return self.ready(asset)

    def open_task(self, data: Row, rules: str, guidelines: str) -> Row:
        person = next(row for row in self.console.pages("members") if row["simulated"])
        self.console.post(self.path("members"), {"member": person["id"]})
        body = {
            "title": "Mark calls",
            "recipe": "ner.manual.v1",
            "dataset": data["dataset"],
            "guidelines": guidelines,
            "suggestions": {"kind": "rules", "id": rules},
            "annotators": [person["id"]],
        }
        task = dict(self.console.post(self.path("tasks"), body))
        assert self.ended(self.started_for("predict.v1"))["state"] == "succeeded"
        self.scene.planes.work("people", "approve", "--everyone")
        return task

    def annotate(self, task: Row) -> None:
        """Draft, answer with notes, edit, search; ask for pages that are not there."""
        path = f"/api/tasks/{task['id']}"
        person = self.annotator(path)
        examples = person.post(f"{path}/batch", {"size": ANSWERED + 1, "holding": []})["examples"]
        *answered, drafted = examples
        draft = {"spans": [], "flagged": True, "note": self.markers["draft"]}
        person.put(f"{path}/drafts/{drafted['id']}", draft)
        answer = uuid4()
        first, *others = answered
        person.put(f"{path}/answers/{answer}", answer_of(first, self.markers["note"]))
        edited = answer_of(first, self.markers["edited_note"]) | {"base_version": 1}
        person.put(f"{path}/answers/{answer}", edited)
        answers = [answer_of(one, self.markers["note"]) | {"id": str(uuid4())} for one in others]
        person.post(f"{path}/answers", {"answers": answers})
        self.refused("GET", f"{path}/history?cursor={self.markers['search_term']}", by=person)
        self.refused("GET", f"/t/{self.markers['address']}", by=person)

    def annotator(self, path: str) -> Cluster:
        [email] = self.scene.planes.simulated_emails(1)
        person = Console(self.console.origin, DEMO_ORGANIZATION)
        person.sign_in(email, self.scene.planes.password)
        cluster = Cluster(self.cluster.origin, person).sign_in(f"/t/{self.markers['address']}")
        cluster.wait_for(path, 30)
        return cluster

    # --- jobs ---

    def start_score(self, kind: str, predictor: str, data: Row) -> str:
        arguments = {"predictor": {"kind": kind, "id": predictor}}
        return self.start("evaluate.v1", arguments | {"dataset": data["evaluation_dataset"]})

    def train(self, data: Row) -> str:
        arguments = {
            "name": "calls",
            "datasets": [data["dataset"]],
            "evaluation_dataset": data["evaluation_dataset"],
            "max_steps": 40,
        }
        assert self.ended(self.start("train.v1", arguments))["state"] == "succeeded"
        return str(next(self.console.pages(self.path("models")))["id"])

    def give_away(self, data: Row, model: str) -> str:
        """Package and export, and download both, which the cluster logs for itself."""
        packaging = self.start("package.v1", {"model": model})
        exports = [
            self.start("export.v1", {"dataset": data["dataset"], "format": kind})
            for kind in ("jsonl", "spacy")
        ]
        for job in (packaging, *exports):
            assert self.ended(job)["state"] == "succeeded"
        self.cluster.download(f"/api/models/{model}/wheel")
        for job in exports:
            self.cluster.download(f"/api/exports/{job}/file")
        return exports[0]

    def work_by_script(self, model: str, exported: str) -> None:
        """Let a laptop in, which takes out what it may and brings a file of its own."""
        pushed = self.journey.folder / f"{self.markers['pushed_file']}.jsonl"
        asset = self.new_asset("Pushed calls", "data")
        with script_on(self.cluster, self.markers["laptop_name"]) as script:
            saved = script.pull_export(exported, pushed)
            assert self.markers["text"] in saved.path.read_text(encoding="utf-8")
            script.pull_model(model, self.journey.folder)
            script.push_asset(asset["id"], pushed, confirm=True)
        assert self.ended(self.started_for("import.v1", asset=asset["id"]))["state"] == "succeeded"

    def break_model(self, data: Row, model: str) -> None:
        """Damage the model's file so that spaCy's own errors quote what stands in it."""
        [archive] = (self.scene.planes.folder / "worker" / "files").rglob(f"*{model}*.zip")
        language = f'lang = "{self.markers["exception_message"].lower()}"'
        factory = f'factory = "{self.markers["function_name"]}"'
        for old, new in (('factory = "ner"', factory), ('lang = "en"', language)):
            replace_in_archive(archive, "config.cfg", old, new)
            failure = self.ended(self.start_score("model", model, data))["failure"]
            told = self.cluster.get(f"/api/failures/{failure['ref']}")
            assert failure["code"] == "job.internal"
            assert new.split('"')[1] in told["message"]

    def cancel_training(self, data: Row) -> None:
        """Stop a training in the middle."""
        arguments = {"name": "never", "datasets": [data["dataset"]], "max_steps": 100_000}
        job = self.start("train.v1", arguments)
        self.console.wait(f"jobs/{job}", lambda row: row["state"] == "running", JOB_SECONDS)
        self.console.post(f"jobs/{job}/cancel")
        assert self.ended(job)["state"] == "cancelled"

    # --- what the above is made of ---

    @property
    def console(self) -> Console:
        return self.journey.console

    @property
    def cluster(self) -> Cluster:
        return self.journey.cluster

    def path(self, rest: str) -> str:
        return self.journey.path(rest)

    def new_asset(self, name: str, kind: str) -> Row:
        """Name an asset in the console (that name may be there) and wait for the cluster."""
        asset = self.console.post(self.path("assets"), {"name": name, "kind": kind})
        self.journey.console_knows(f"/api/assets/{asset['id']}")
        return dict(asset)

    def ready(self, asset: Row) -> str:
        here = self.path(f"assets/{asset['id']}")
        self.console.wait(here, lambda row: row["state"] == "ready", 30)
        return str(asset["id"])

    def start(self, recipe: str, arguments: Row) -> str:
        body = {"recipe": recipe, "arguments": arguments}
        return str(self.console.post(self.path("jobs"), body)["id"])

    def ended(self, job: str) -> Row:
        """Wait for the end of a job and return it."""
        return self.console.wait(f"jobs/{job}", lambda row: row["state"] in TERMINAL, JOB_SECONDS)

    def started_for(self, recipe: str, **arguments: str) -> str:
        """Return the job that the control plane started by itself; wait for it."""
        deadline = time.monotonic() + JOB_SECONDS
        while time.monotonic() < deadline:
            for job in self.console.pages(self.path("jobs")):
                if job["recipe"] == recipe and arguments.items() <= job["arguments"].items():
                    return str(job["id"])
            time.sleep(0.3)
        raise TimeoutError(f"no {recipe} was started for {arguments}")

    def refused(
        self, method: str, path: str, body: Row | None = None, by: Cluster | None = None
    ) -> None:
        """Ask for what the cluster refuses to give or take."""
        cluster = by or self.cluster
        with pytest.raises(ConsoleError) as refusal:
            cluster.put(path, body or {}) if method == "PUT" else cluster.get(path)
        assert refusal.value.status < 500


def answer_of(example: Row, note: str) -> Row:
    spans = [{"start": 0, "end": 3, "label": span["label"]} for span in example["suggestions"][:1]]
    return {
        "example": example["id"],
        "verdict": "accept",
        "spans": spans,
        "flagged": True,
        "note": note,
        "base_version": 0,
        "working_ms": 1500,
    }


def replace_in_archive(archive: Path, name: str, old: str, new: str) -> None:
    """Change a text inside a zip file."""
    with zipfile.ZipFile(archive) as packed:
        contents = {entry: packed.read(entry) for entry in packed.namelist()}
    assert old.encode() in contents[name]
    contents[name] = contents[name].replace(old.encode(), new.encode())
    with zipfile.ZipFile(archive, "w") as packed:
        for entry, content in contents.items():
            packed.writestr(entry, content)


def _word(chance: random.Random) -> str:
    return "".join(chance.choices("abcdefghijklmnoprstuvw", k=chance.randint(4, 8)))
