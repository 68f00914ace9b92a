"""Keys given to labels: the same on both sides, and none that the annotation app needs."""

from __future__ import annotations

import re
from pathlib import Path

from controlplane.projects.choices import LABEL_KEYS

FRONTEND = Path(__file__).resolve().parents[3] / "frontend"
SCHEME = FRONTEND / "console/src/features/labels/scheme.ts"
KEYMAP = FRONTEND / "annotator-core/src/keymap.ts"


def test_the_console_gives_the_same_keys() -> None:
    assert re.findall(r'^const KEYS = "(.+)";$', SCHEME.read_text(), re.M) == [LABEL_KEYS]


def test_no_label_takes_a_key_of_the_annotation_app() -> None:
    [defaults] = re.findall(r"DEFAULT_KEYMAP: Keymap = \{(.+?)\};", KEYMAP.read_text(), re.S)
    taken = set(re.findall(r': "(.)",', defaults))
    assert {"X", "Z", "F", "T", "C", "G", "D", "J", "M"} <= taken
    assert taken.isdisjoint(LABEL_KEYS.upper())
    assert len(set(LABEL_KEYS)) == len(LABEL_KEYS)
