"""Who may do what at each URL of the control plane. An undeclared URL fails the walk.

An access is the weakest role that is let in, or one of the words below. `IN_PROJECT` accesses also
need the project to be visible: Tim, an annotator outside of it, gets 404.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from annex.contract.enums import Role

ANYONE: Final = "anyone"
"""Also without signing in."""
SIGNED_IN: Final = "signed in"
"""Whoever is signed in; only their own things come back."""
SIGNS_IN_FIRST: Final = "signs in first"
"""A page for people: without a session it leads to the sign-in; for strangers nothing is there."""
OTHER_DOOR: Final = "other door"
"""Guarded by something else than a person's session: a cluster's signature, a link's secret."""


@dataclass(frozen=True)
class Access:
    """One URL: methods with what they need, and the bodies that make a write succeed."""

    methods: dict[str, Role | str]
    in_project: bool = False
    bodies: dict[str, Any] = field(default_factory=dict)
    path: dict[str, str] = field(default_factory=dict)


def read(role: Role) -> dict[str, Role | str]:
    return {"get": role}


ANNOTATOR, REVIEWER, DEVELOPER, ADMIN = (
    Role.ANNOTATOR,
    Role.REVIEWER,
    Role.DEVELOPER,
    Role.ADMIN,
)

RECIPE = {"name": "rude.check", "version": 1, "kind": "task", "view": "spans", "title": "Rudeness"}
PACKAGE = {"name": "rude", "version": "1.0.0", "recipes": [RECIPE | {"fields": []}]}

DECLARED: dict[str, Access] = {
    "schema": Access({"get": ANYONE}),
    "console": Access({"get": ANYONE}),
    "authorize": Access({"get": SIGNS_IN_FIRST}),
    "me": Access({"get": SIGNED_IN, "patch": SIGNED_IN}),
    "organizations": Access({"get": SIGNED_IN, "post": SIGNED_IN}),
    "invitation-preview": Access({"get": OTHER_DOOR}),
    "invitation-accept": Access({"post": OTHER_DOOR}),
    "device-logins": Access({"post": ANYONE}, bodies={"post": {"machine": "a laptop"}}),
    "device-login-token": Access(
        {"post": OTHER_DOOR}, bodies={"post": {"device_code": "and_nobody-knows-this"}}
    ),
    "device-login": Access({"get": SIGNED_IN}),
    "device-login-refuse": Access({"post": SIGNED_IN}),
    "device-login-approve": Access({"post": DEVELOPER}, bodies={"post": {"role": "annotator"}}),
    "members": Access(read(DEVELOPER)),
    "member": Access(
        {"get": DEVELOPER, "patch": ADMIN, "delete": ADMIN}, bodies={"patch": {"role": "annotator"}}
    ),
    "invitations": Access(
        {"get": ADMIN, "post": ADMIN},
        bodies={"post": {"email": "new@example.org", "role": "annotator"}},
    ),
    "invitation": Access({"get": ADMIN, "delete": ADMIN}),
    "tokens": Access(
        {"get": DEVELOPER, "post": DEVELOPER},
        bodies={"post": {"name": "ci", "role": "annotator"}},
    ),
    "token": Access({"get": DEVELOPER, "delete": DEVELOPER}),
    "clusters": Access(
        {"get": DEVELOPER, "post": ADMIN},
        bodies={"post": {"name": "Paris", "origin": "https://paris.example"}},
    ),
    "cluster": Access(
        {"get": DEVELOPER, "patch": ADMIN, "delete": ADMIN}, bodies={"patch": {"name": "B"}}
    ),
    "cluster-join-token": Access({"post": ADMIN}),
    "cluster-confirm": Access({"post": ADMIN}, bodies={"post": {"fingerprint": "ab"}}),
    "packages": Access({"get": DEVELOPER, "post": DEVELOPER}, bodies={"post": PACKAGE}),
    "recipes": Access(read(DEVELOPER)),
    "projects": Access(
        {"get": ANNOTATOR, "post": DEVELOPER},
        bodies={"post": {"title": "New", "cluster": "{cluster}"}},
    ),
    "project": Access(
        {"get": ANNOTATOR, "patch": DEVELOPER, "delete": ADMIN},
        in_project=True,
        bodies={"patch": {"title": "Renamed"}},
    ),
    "project-members": Access(
        {"get": REVIEWER, "post": DEVELOPER}, in_project=True, bodies={"post": {"member": "{tim}"}}
    ),
    "project-member": Access({"get": REVIEWER, "delete": DEVELOPER}, in_project=True),
    "labels": Access(
        {"get": ANNOTATOR, "put": DEVELOPER},
        in_project=True,
        bodies={"put": {"labels": [{"name": "ONLY"}]}},
    ),
    "label-changes": Access(
        {"get": REVIEWER, "post": DEVELOPER},
        in_project=True,
        bodies={"post": {"kind": "delete", "labels": ["{label}"]}},
    ),
    "label-change": Access(read(REVIEWER), in_project=True),
    "label-change-apply": Access({"post": DEVELOPER}, in_project=True),
    "label-change-undo": Access({"post": DEVELOPER}, in_project=True),
    "assets": Access(
        {"get": REVIEWER, "post": DEVELOPER},
        in_project=True,
        bodies={"post": {"name": "more", "kind": "data"}},
    ),
    "asset": Access(read(REVIEWER), in_project=True),
    "datasets": Access(
        {"get": REVIEWER, "post": DEVELOPER},
        in_project=True,
        bodies={"post": {"name": "more", "role": "training"}},
    ),
    "secrets": Access(
        {"get": DEVELOPER, "post": DEVELOPER},
        in_project=True,
        bodies={"post": {"name": "api-key"}},
    ),
    "secret": Access({"delete": DEVELOPER}, in_project=True),
    "tasks": Access(
        {"get": ANNOTATOR, "post": DEVELOPER},
        in_project=True,
        bodies={"post": {"title": "More", "dataset": "{training}"}},
    ),
    "task": Access(
        {"get": ANNOTATOR, "patch": DEVELOPER},
        in_project=True,
        bodies={"patch": {"state": "paused"}},
    ),
    "jobs": Access(
        {"get": REVIEWER, "post": DEVELOPER},
        in_project=True,
        bodies={"post": {"recipe": "export.v1", "arguments": {"dataset": "{training}"}}},
    ),
    "job": Access(read(REVIEWER), in_project=True),
    "job-cancel": Access({"post": DEVELOPER}, in_project=True),
    "job-restart": Access({"post": DEVELOPER}, in_project=True),
    "predictors": Access(
        {"get": REVIEWER, "post": DEVELOPER},
        in_project=True,
        bodies={"post": {"name": "both", "rules": "{patterns}", "model": "{model}"}},
    ),
    "models": Access(read(REVIEWER), in_project=True),
    "model": Access(read(REVIEWER), in_project=True),
    "evaluations": Access(
        {"get": REVIEWER, "post": DEVELOPER},
        in_project=True,
        bodies={
            "post": {
                "predictor": {"kind": "rules", "id": "{patterns}"},
                "dataset": "{held_back}",
            }
        },
    ),
    "board": Access(read(REVIEWER), in_project=True),
    "audit": Access(read(ADMIN)),
}

SIGNED_BY_CLUSTERS: Final = "link/v1/"
"""Everything below is signed by a cluster's key; its refusals are tested with the link's edge."""
KEPT_BY_ALLAUTH: Final = "_allauth/"
"""Sign-in, tested by its authors; it shows a person nothing but themselves."""
