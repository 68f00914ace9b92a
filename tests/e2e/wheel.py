"""Install a wheel where nothing of ours is, and ask it what it marks."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from examples.demo.planes import Planes

Marks = list[list[list[object]]]
"""Per text, per span: [start, end, label name], code points, end excluded."""

REPOSITORY = Path(__file__).resolve().parents[2]
ASK_WHEEL = """
import json, sys, spacy
texts = json.load(open(sys.argv[2], encoding="utf-8"))
documents = spacy.load(sys.argv[1]).pipe(texts)
print(json.dumps([[[e.start_char, e.end_char, e.label_] for e in d.ents] for d in documents]))
"""
ASK_CLUSTER = """
import json
from uuid import UUID
from annex.contract.enums import PredictorKind
from worker.predictors.loading import load_predictor
from worker.training.models import TrainedModel
model = TrainedModel.objects.get(id=UUID("{model}"))
predictor = load_predictor(PredictorKind.MODEL, model.id, project_id=model.project_id)
texts = json.load(open("{texts}", encoding="utf-8"))
found = predictor.predict(texts)
print(json.dumps([[[s.start, s.end, s.label] for s in said.spans] for said in found]))
"""


def install(wheel: Path, folder: Path) -> Path:
    """Make a bare virtual environment with the wheel alone; return its interpreter.

    spaCy comes from uv's cache where it is whole, else from the package index.
    """
    uv = uv_command()
    run([*uv, "venv", "--quiet", "--python", sys.executable, str(folder)])
    interpreter = folder / "bin" / "python"
    install = [*uv, "pip", "install", "--quiet", "--python", str(interpreter)]
    cached = subprocess.run([*install, "--offline", str(wheel)], capture_output=True, check=False)
    if cached.returncode:
        run([*install, str(wheel)])
    return interpreter


def uv_command() -> list[str]:
    """Return the uv that `make setup` put down, else the one on the PATH."""
    own = REPOSITORY / ".tools" / "bin" / "uv"
    return [str(own if own.exists() else shutil.which("uv") or own)]


def marks_of_wheel(interpreter: Path, package: str, texts: Path) -> Marks:
    """Ask the installed model, isolated from this checkout."""
    argv = [str(interpreter), "-I", "-c", ASK_WHEEL, package, str(texts)]
    return marks_in(run(argv, cwd=texts.parent))


def marks_of_cluster(planes: Planes, model: str, texts: Path) -> Marks:
    """Ask the worker's own predictor, the one `evaluate` measures."""
    script = ASK_CLUSTER.format(model=model, texts=texts)
    return marks_in(planes.work("django", "shell", "--verbosity", "0", "-c", script))


def marks_in(output: str) -> Marks:
    marks: Marks = json.loads(output.strip().splitlines()[-1])
    return marks


def write_texts(path: Path, texts: Sequence[str]) -> Path:
    path.write_text(json.dumps(list(texts)), encoding="utf-8")
    return path


def run(argv: Sequence[str], cwd: Path | None = None) -> str:
    done = subprocess.run(argv, capture_output=True, text=True, check=False, cwd=cwd)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout
