"""Rules and a trained model behind one contract: PATTERNS.jsonl MODEL.zip < one text a line."""

import sys
from pathlib import Path

from worker.predictors.pipeline import load_archive
from worker.predictors.rules import RulesPredictor
from worker.store.pattern_checks import parse_patterns

patterns, model = map(Path, sys.argv[1:])
rules = RulesPredictor([*parse_patterns(patterns.read_text()).values()], size_bytes=0)
texts = sys.stdin.read().splitlines()
for predictor in (rules, load_archive(model)):
    for annotation in predictor.predict(texts):
        print(*(f"{label} {start}-{end}" for start, end, label in annotation.spans), sep=", ")
