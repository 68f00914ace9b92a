"""The nouns whose verbs here need a cluster. A noun with other verbs too adds these to its own."""

from __future__ import annotations

from annex.cli import cluster_verbs
from annex.cli.groups import group

assets = group("Data files and other inputs.")
assets.command("push")(cluster_verbs.push_asset)

datasets = group("Datasets.")
datasets.command("pull")(cluster_verbs.pull_dataset)

models = group("Trained models.")
models.command("pull")(cluster_verbs.pull_model)

jobs = group("Jobs.")
jobs.command("logs")(cluster_verbs.show_log)


@assets.callback()
@datasets.callback()
@models.callback()
@jobs.callback()
def _keep_verbs() -> None:
    """Keep a noun with one verb a noun: Typer would take the verb for the command itself."""
