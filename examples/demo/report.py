"""What the demo says at its end: `board.json` and the board as a table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rich.console import Console as Terminal
from rich.table import Table

Row = dict[str, Any]
MEGABYTE = 1_000_000


def board_rows(board: Row) -> list[Row]:
    """Return the rows of `board.json`: figures in percent, rules before models."""
    return sorted(
        (board_row(row) for row in board["rows"]),
        key=lambda row: (row["kind"] != "rules", row["examples"]),
    )


def board_row(row: Row) -> Row:
    return {
        "predictor": row["predictor"]["name"],
        "kind": row["kind"],
        "precision": round(row["precision"], 1),
        "recall": round(row["recall"], 1),
        "f": round(row["f"], 1),
        "words_per_second": round(row["words_per_second"]),
        "size_bytes": row["size_bytes"],
        "examples": row["training_examples"],
        "per_label": {label["name"]: label_row(label) for label in row["per_label"]},
    }


def label_row(label: Row) -> Row:
    if label["suppressed"]:
        return {"suppressed": True}
    figures = {name: round(label[name], 1) for name in ("precision", "recall", "f")}
    return {**figures, "support": label["support"]}


def write_board(path: Path, board: Row) -> list[Row]:
    rows = board_rows(board)
    path.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    return rows


def print_board(terminal: Terminal, board: Row, rows: list[Row]) -> None:
    """Print the sentence first, then the figures."""
    terminal.print(f"\n[bold]{board['sentence']}[/]")
    if board.get("passes_at"):
        terminal.print(f"The model passes the rules at about {board['passes_at']:,} answers.")
    if len(board["sets"]) > 1:
        for held_back in board["sets"]:
            terminal.print(held_back["sentence"])
    table = Table(title=None, header_style="dim")
    table.add_column("Predictor")
    for heading in ("F", "Precision", "Recall", "Answers", "Words/s", "Size"):
        table.add_column(heading, justify="right")
    for row in rows:
        table.add_row(
            f"{row['predictor']} [dim]{row['kind']}[/]",
            f"{row['f']:.1f}",
            f"{row['precision']:.1f}",
            f"{row['recall']:.1f}",
            f"{row['examples']:,}",
            f"{row['words_per_second']:,}",
            readable_size(row["size_bytes"]),
        )
    terminal.print(table)


def readable_size(size_bytes: int) -> str:
    if size_bytes < MEGABYTE:
        return f"{size_bytes / 1000:.1f} kB"
    return f"{size_bytes / MEGABYTE:.1f} MB"


HELD_BACK_SETS = 2
LEAST_RULES_F, LEAST_MODEL_F, LEAST_AHEAD, MOST_BYTES = 56.0, 70.0, 8.0, 10_000_000


def broken_promises(board: Row) -> list[str]:
    """Say in which of the figures promised for the built-in text this run fell short."""
    rows, sets = board_rows(board), len(board["sets"])
    rules = max(row["f"] for row in rows if row["kind"] == "rules")
    model = max((row for row in rows if row["kind"] == "model"), key=lambda row: float(row["f"]))
    kept = {
        f"rules at F {rules:.1f}, not {LEAST_RULES_F:g}": rules >= LEAST_RULES_F,
        f"a model at F {model['f']:.1f}, not {LEAST_MODEL_F:g}": model["f"] >= LEAST_MODEL_F,
        f"{model['f'] - rules:.1f} points ahead, not {LEAST_AHEAD:g}": (
            model["f"] - rules >= LEAST_AHEAD
        ),
        f"a model of {readable_size(model['size_bytes'])}": model["size_bytes"] < MOST_BYTES,
        f"verdicts on {sets} held-back sets, not {HELD_BACK_SETS}": sets == HELD_BACK_SETS,
    }
    return [what for what, holds in kept.items() if not holds]


def verdict(rows: list[Row]) -> str:
    """Say which predictor is the better choice, also when it is the rules."""
    rules = max((row["f"] for row in rows if row["kind"] == "rules"), default=None)
    model = max((row["f"] for row in rows if row["kind"] == "model"), default=None)
    if model is None:
        return "No model was trained."
    if rules is None:
        return f"The model reaches F {model:.1f}; there are no rules to compare it with."
    if model > rules:
        return f"The model is the better choice: F {model:.1f} against {rules:.1f} for the rules."
    return f"The rules are the better choice: F {rules:.1f} against {model:.1f} for the model."
