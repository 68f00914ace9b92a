"""Which control plane this machine talks to, and with which token.

Tokens lie in the system's keyring where the `keyring` package is installed and works, else in a
file that only its owner can read. ANNEX_HOST and ANNEX_TOKEN go before what is stored.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import typer

from annex.errors import BadInput, SignInFirst

DEFAULT_HOST: Final = "http://localhost:8000"
SERVICE: Final = "annex"
FILE: Final = "credentials.json"


@dataclass(frozen=True)
class Credential:
    """How one control plane is reached. `token_id` is set where the token was made by a login."""

    host: str
    token: str = ""
    organization: str = ""
    email: str = ""
    token_id: str = ""


def config_folder() -> Path:
    """Return the folder of this machine's settings."""
    return Path(os.environ.get("ANNEX_CONFIG_DIR") or typer.get_app_dir("annex"))


def parse_host(text: str) -> str:
    """Return the address as `scheme://host[:port]`. Raises: BadInput."""
    from urllib.parse import urlsplit

    parts = urlsplit(text if "://" in text else f"https://{text}")
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
        raise BadInput(f"{text} is not an address such as https://annex.example.org")
    return f"{parts.scheme}://{parts.netloc}"


def current() -> Credential:
    """Return the credential to use now. Raises: SignInFirst when there is no token."""
    found = stored(os.environ.get("ANNEX_HOST", ""))
    token = os.environ.get("ANNEX_TOKEN", "")
    if token:
        # Another token may belong to another organization.
        found = replace(found, token=token, organization="", token_id="")
    if not found.token:
        raise SignInFirst(f"There is no token for {found.host}.")
    return found


def stored(host: str = "") -> Credential:
    """Return what is stored for a host (default: the last one signed in to); perhaps no token."""
    kept = _read()
    host = parse_host(host or kept.get("current") or DEFAULT_HOST)
    found = Credential(host=host, **kept.get("hosts", {}).get(host, {}))
    return found if found.token else replace(found, token=_from_keyring(host))


def store(credential: Credential) -> str:
    """Keep a credential and make its host the current one. Returns: where the token lies."""
    row = asdict(credential)
    host = row.pop("host")
    place = str(config_folder() / FILE)
    if _to_keyring(host, credential.token):
        row["token"], place = "", "the system's keyring"
    kept = _read()
    kept["current"] = host
    kept.setdefault("hosts", {})[host] = row
    _write(kept)
    return place


def forget(host: str) -> None:
    """Forget a host and its token."""
    kept = _read()
    kept.get("hosts", {}).pop(host, None)
    if kept.get("current") == host:
        kept["current"] = next(iter(kept.get("hosts", {})), "")
    _write(kept)
    _to_keyring(host, "")


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


def _keyring() -> Any:
    return import_module("keyring") if find_spec("keyring") else None


def _from_keyring(host: str) -> str:
    keyring = _keyring()
    try:
        return (keyring.get_password(SERVICE, host) or "") if keyring else ""
    except Exception:  # a keyring without a desktop session raises whatever it likes
        return ""


def _to_keyring(host: str, token: str) -> bool:
    """Put a token into the keyring, or take it out when it is empty. Returns: whether it went."""
    keyring = _keyring()
    if keyring is None:
        return False
    try:
        if token:
            keyring.set_password(SERVICE, host, token)
        else:
            keyring.delete_password(SERVICE, host)
    except Exception:  # see above
        return False
    return True
