"""The demo's own journey on less text, and a browser inside it."""

from __future__ import annotations

from dataclasses import replace

from examples.demo.gold import Material

ROWS, HELD_BACK, ANSWERS, MAX_STEPS = 200, 60, 80, 200


def small(material: Material) -> Material:
    """Return the first rows of a material, with a training that ends early."""
    return replace(
        material,
        rows=material.rows[:ROWS],
        held_back=material.held_back[:HELD_BACK],
        unseen=material.unseen[:HELD_BACK],
        answers=ANSWERS,
        max_steps=MAX_STEPS,
    )
