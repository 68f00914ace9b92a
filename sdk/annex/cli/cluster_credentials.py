"""Which cluster this machine's scripts talk to, and with which token.

A token is good for twelve hours, so it lies in a file that only its owner can read, beside the
control plane's. ANNEX_CLUSTER and ANNEX_CLUSTER_TOKEN go before what is stored. A token goes only
to the cluster that it is of: where a control plane says that something lies is no reason to.
"""

from __future__ import annotations

import json
import os
from typing import Any, Final, NamedTuple

from annex.cli.credentials import config_folder
from annex.errors import BadInput, SignInFirst

FILE: Final = "clusters.json"


class ClusterCredential(NamedTuple):
    """How one cluster is reached."""

    origin: str
    token: str


class SignInOnCluster(SignInFirst):
    """No script token is known on this machine for the cluster."""

    code = "client.sign_in_on_cluster"
    title = "This machine is not signed in on the cluster"
    what_to_do = "Run `annex login --cluster ORIGIN`, or set ANNEX_CLUSTER and ANNEX_CLUSTER_TOKEN."


def current_cluster(origin: str = "") -> ClusterCredential:
    """Return the credential for a cluster (default: the last one signed in on).

    Raises: SignInOnCluster when there is no token for it.
    """
    kept, named = _read(), os.environ.get("ANNEX_CLUSTER", "")
    origin = origin or named or kept.get("current", "")
    if not origin:
        raise SignInOnCluster()
    origin = origin_of(origin)
    token = kept.get("tokens", {}).get(origin, "")
    if named and origin_of(named) == origin:
        token = os.environ.get("ANNEX_CLUSTER_TOKEN", "") or token
    if not token:
        raise SignInOnCluster(f"There is no token for {origin}.")
    return ClusterCredential(origin, token)


def store_cluster(credential: ClusterCredential) -> str:
    """Keep a token and make its cluster the current one. Returns: where it lies."""
    kept = _read()
    kept["current"] = credential.origin
    kept.setdefault("tokens", {})[credential.origin] = credential.token
    _write(kept)
    return str(config_folder() / FILE)


def forget_cluster(origin: str) -> None:
    """Forget a cluster and its token."""
    kept = _read()
    kept.get("tokens", {}).pop(origin, None)
    if kept.get("current") == origin:
        kept["current"] = next(iter(kept.get("tokens", {})), "")
    _write(kept)


def origin_of(text: str) -> str:
    """Return the cluster's origin, https unless it says otherwise. Raises: BadInput."""
    from annex.client.cluster import cluster_origin

    return cluster_origin(text if "://" in text else f"https://{text}")


def _read() -> dict[str, Any]:
    path = config_folder() / FILE
    try:
        kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError:
        raise BadInput(f"{path} cannot be read.", what_to_do="Delete it and sign in.") from None
    return kept


def _write(kept: dict[str, Any]) -> None:
    folder = config_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Written beside and moved: never half a file, and never readable by others.
    beside = folder / f".{FILE}.{os.getpid()}"
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(kept, file, indent=2)
    beside.replace(folder / FILE)
