"""Who may use each URL of the worker. A URL that is not declared here fails the walk."""

from __future__ import annotations

from enum import Enum


class Access(Enum):
    """Who is let in. Everybody else gets 404, and who is not signed in 401."""

    ANYONE = "needs no session; shows nothing of a project"
    SIGNED_IN = "anyone with a session; shows their own things"
    SCRIPT = "a script, about its own login; to browsers it is not there"
    PAGE = "the shell for anyone with a session; others are sent to sign in"
    ON_TASK = "annotators of the task, developers of its project"
    DEVELOPER = "developers of the project"
    ADMINISTRATOR = "administrators of the cluster: approved here as admin or owner"
    PUBLISHERS = "developers of any project, and administrators of the cluster"
    ANY_DEVELOPER = "developers of any project: what the cluster holds as such belongs to none"


DECLARED: dict[str, Access] = {
    "login": Access.ANYONE,
    "login-callback": Access.ANYONE,
    "unlock": Access.ANYONE,
    "signed-out": Access.ANYONE,
    "schema": Access.ANYONE,
    "device-logins": Access.ANYONE,
    "device-login-token": Access.ANYONE,
    "script-token": Access.SCRIPT,
    "device-page": Access.PAGE,
    "device-login-page": Access.PAGE,
    "scripts-page": Access.PAGE,
    "session": Access.SIGNED_IN,
    "preferences": Access.SIGNED_IN,
    "logout": Access.SIGNED_IN,
    "home": Access.PAGE,
    "task-page": Access.PAGE,
    "example-page": Access.PAGE,
    "data-page": Access.PAGE,
    "rules-page": Access.PAGE,
    "guidelines-page": Access.PAGE,
    "labels-page": Access.PAGE,
    "model-page": Access.PAGE,
    "evaluation-page": Access.PAGE,
    "comparison-page": Access.PAGE,
    "try-page": Access.PAGE,
    "export-page": Access.PAGE,
    "failure-page": Access.PAGE,
    "task": Access.ON_TASK,
    "batch": Access.ON_TASK,
    "answers": Access.ON_TASK,
    "answer": Access.ON_TASK,
    "history": Access.ON_TASK,
    "example": Access.ON_TASK,
    "comments": Access.ON_TASK,
    "comment": Access.ON_TASK,
    "draft": Access.ON_TASK,
    "extend": Access.ON_TASK,
    "release": Access.ON_TASK,
    "asset": Access.DEVELOPER,
    "asset-upload": Access.DEVELOPER,
    "asset-pick": Access.DEVELOPER,
    "asset-preview": Access.DEVELOPER,
    "asset-confirm": Access.DEVELOPER,
    "asset-growth": Access.DEVELOPER,
    "asset-problems": Access.DEVELOPER,
    "asset-patterns": Access.DEVELOPER,
    "asset-guidelines": Access.DEVELOPER,
    "definitions": Access.DEVELOPER,
    "definition": Access.DEVELOPER,
    "root-files": Access.ANY_DEVELOPER,
    "root-matches": Access.ANY_DEVELOPER,
    "export": Access.DEVELOPER,
    "export-file": Access.DEVELOPER,
    "model": Access.DEVELOPER,
    "model-wheel": Access.DEVELOPER,
    "evaluation": Access.DEVELOPER,
    "evaluation-mistakes": Access.DEVELOPER,
    "evaluation-rivals": Access.DEVELOPER,
    "evaluation-against": Access.DEVELOPER,
    "try-text": Access.DEVELOPER,
    "try-rules": Access.DEVELOPER,
    "annotate-texts": Access.DEVELOPER,
    "failure": Access.DEVELOPER,
    "packages": Access.PUBLISHERS,
    "package": Access.PUBLISHERS,
    "texts": Access.DEVELOPER,
    "stream": Access.DEVELOPER,
    "secret": Access.DEVELOPER,
    "job-log": Access.DEVELOPER,
    "approve-package": Access.ADMINISTRATOR,
    "texts-page": Access.PAGE,
    "stream-page": Access.PAGE,
    "packages-page": Access.PAGE,
    "ledger-page": Access.PAGE,
    "access-page": Access.PAGE,
    "people-page": Access.PAGE,
    "line-page": Access.PAGE,
    "ledger": Access.ADMINISTRATOR,
    "ledger-days": Access.ADMINISTRATOR,
    "ledger-check": Access.ADMINISTRATOR,
    "ledger-file": Access.ADMINISTRATOR,
    "ledger-verifier": Access.ADMINISTRATOR,
    "ledger-row": Access.ADMINISTRATOR,
    "pack": Access.ADMINISTRATOR,
    "access": Access.ADMINISTRATOR,
    "access-file": Access.ADMINISTRATOR,
    "people": Access.ADMINISTRATOR,
    "approve-person": Access.ADMINISTRATOR,
    "refuse-person": Access.ADMINISTRATOR,
    "line": Access.ADMINISTRATOR,
    "cut-line": Access.ADMINISTRATOR,
    "restore-line": Access.ADMINISTRATOR,
}
