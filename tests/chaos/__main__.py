"""Twenty seeded kills in one run: `python -m tests.chaos [--seed 7] [--kills 20]` (`make chaos`).

Annotators answer and jobs of every kind run all the while. Exits with 1 when anything was lost,
doubled, or is told differently by the two planes.
"""

from __future__ import annotations

import random
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console as Terminal

from tests.chaos.invariants import settled_violations
from tests.chaos.victims import VICTIMS, kill
from tests.chaos.world import World, make_world, short_planes

TO_ANNOTATE, PAUSE_SECONDS = 4000, 0.3
SHORTEST_SECONDS, LONGEST_SECONDS = 1.0, 6.0
OPEN_JOBS = 3
STEPS = 40
KILLING_SECONDS = 300.0
"""So that the whole run stays under ten minutes also where nothing recovers."""
END_SECONDS = 180.0


@dataclass
class Run:
    """One run of kills, the same plan for the same seed."""

    world: World
    chance: random.Random
    terminal: Terminal
    killed: list[str] = field(default_factory=list)

    def play(self, kills: int) -> list[str]:
        """Kill, let everything end, and return what is wrong."""
        self.world.crew.begin()
        deadline = time.monotonic() + KILLING_SECONDS
        for victim in self.plan(kills):
            self.keep_busy()
            time.sleep(self.chance.uniform(SHORTEST_SECONDS, LONGEST_SECONDS))
            self.kill_one(victim, deadline)
        self.terminal.print("No more kills; waiting until all work has ended.")
        self.world.wait_until_ended(END_SECONDS)
        self.world.crew.end()
        self.world.wait_until_ended(END_SECONDS)
        return settled_violations(self.world)

    def plan(self, kills: int) -> list[str]:
        """Return whom to kill, in rounds, so that everyone's turn comes."""
        names = sorted(VICTIMS)
        rounds = -(-kills // len(names))
        turns = [self.chance.sample(names, len(names)) for _ in range(rounds)]
        return list(chain.from_iterable(turns))[:kills]

    def keep_busy(self) -> None:
        """Start jobs of every kind so that some always run; cancel one now and then."""
        for _ in range(OPEN_JOBS - len(self.world.open_jobs())):
            job = self.start_any()
            if self.chance.random() < 0.1:
                self.world.cancel(job)

    def start_any(self) -> str:
        kind = self.chance.choice(["train", "train", "score", "export"])
        if kind == "train":
            return self.world.start_training(STEPS)
        return self.world.start_scoring() if kind == "score" else self.world.start_export()

    def kill_one(self, victim: str, deadline: float) -> None:
        """Kill this victim as soon as there is one. Raises: TimeoutError."""
        while (process_id := kill(self.world, victim)) is None:
            if time.monotonic() > deadline:
                raise TimeoutError(f"only {len(self.killed)} kills in {KILLING_SECONDS:.0f} s")
            self.keep_busy()
            time.sleep(0.2)
        self.killed.append(victim)
        self.terminal.print(
            f"{len(self.killed):>3}. killed the {victim} ({process_id});"
            f" {self.world.crew.count} answers, {len(self.world.expected)} jobs"
        )

    def summary(self) -> str:
        kinds = ", ".join(f"{self.killed.count(name)} x {name}" for name in sorted(VICTIMS))
        states = [job["state"] for job in self.world.jobs()]
        counts = ", ".join(f"{states.count(state)} {state}" for state in sorted(set(states)))
        return f"{kinds}.\n{self.world.crew.count} answers acknowledged; jobs: {counts}."


def main(
    seed: Annotated[int, typer.Option(help="The same seed kills in the same order.")] = 1,
    kills: Annotated[int, typer.Option(help="How many processes are killed.")] = 20,
) -> None:
    """Kill processes of a working cluster and check that nothing was lost or doubled."""
    terminal = Terminal(highlight=False)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="annex-chaos-"))
        planes = stack.enter_context(short_planes(Path(folder)))
        terminal.print(f"Started both planes; seed {seed}.")
        world = make_world(planes, to_annotate=TO_ANNOTATE, pause_seconds=PAUSE_SECONDS)
        run = Run(world, random.Random(seed), terminal)
        wrong = run.play(kills)
        terminal.print(run.summary())
    for line in wrong:
        terminal.print(f"[red]{line}[/]")
    if wrong:
        raise typer.Exit(1)
    terminal.print("Nothing was lost or doubled; both planes and the ledger agree.")


if __name__ == "__main__":
    typer.run(main)
