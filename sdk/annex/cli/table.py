"""Every command, by name: where it is and what it does. Add a command with one line here.

A target is `module:attribute`: a `typer.Typer` from `annex.cli.groups.group` is a noun with verbs,
a function is a command. Modules keep imports of heavy libraries inside their functions.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Entry(NamedTuple):
    """One line of `annex --help`."""

    target: str
    help: str


COMMANDS: Final[dict[str, Entry]] = {
    "login": Entry("annex.cli.sign_in:login", "Sign this machine in."),
    "logout": Entry("annex.cli.sign_in:logout", "Forget and revoke this machine's token."),
    "whoami": Entry("annex.cli.sign_in:whoami", "Say who is signed in, where, and as what."),
    "orgs": Entry("annex.cli.orgs:app", "Organizations."),
    "people": Entry("annex.cli.people:app", "Members, invitations, who is in a project."),
    "tokens": Entry("annex.cli.tokens:app", "API tokens for scripts and pipelines."),
    "clusters": Entry("annex.cli.clusters:app", "Clusters, where the text lies."),
    "projects": Entry("annex.cli.projects:app", "Projects."),
    "labels": Entry("annex.cli.labels:app", "A project's label scheme and its changes."),
    "assets": Entry("annex.cli.assets:app", "Named data, rules and guidelines."),
    "datasets": Entry("annex.cli.datasets:app", "Named sets of answered examples."),
    "tasks": Entry("annex.cli.tasks:app", "Annotation tasks."),
    "jobs": Entry("annex.cli.jobs:app", "Import, export, predict, evaluate, train, package."),
    "models": Entry("annex.cli.models:app", "Trained models."),
    "predictors": Entry("annex.cli.scores:predictors", "Rules, models, and both as one."),
    "evaluations": Entry("annex.cli.scores:evaluations", "Predictors measured on held-back data."),
    "board": Entry("annex.cli.board:app", "Who is ahead, and by how much."),
    "texts": Entry("annex.cli.texts:app", "Texts that arguments name; on the cluster alone."),
    "secrets": Entry("annex.cli.secrets:app", "What recipes are given and nobody reads back."),
    "check": Entry("annex.cli.check:check", "Test a predictor in a pipeline."),
    "recipes": Entry("annex.cli.recipes:app", "Recipes of your own."),
}
