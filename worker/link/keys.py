"""Keys on the cluster: its own private key in a file, the control plane's public ones pinned."""

from __future__ import annotations

import os
from pathlib import Path

from annex.contract.inbound import KeySet
from annex.contract.keys import SigningKey, decode_base64url, encode_base64url
from django.conf import settings

from common.errors import AnnexError, Family
from worker.link.models import LinkState

OWNER_ONLY = 0o600


class NotEnrolled(AnnexError):
    """The cluster has no control plane yet."""

    code = "link.not_enrolled"
    family = Family.CUSTOMER
    status = 409
    title = "This cluster is not enrolled"
    what_to_do = "Make a join token in the console and run the command it shows."


def load_key() -> SigningKey:
    """Return the cluster's key. Raises: NotEnrolled while there is none."""
    path = _key_path()
    if not path.exists():
        raise NotEnrolled
    return SigningKey.from_bytes(decode_base64url(path.read_text(encoding="ascii").strip()))


def load_or_make_key() -> SigningKey:
    """Return the cluster's key, making it the first time; only its owner can read the file."""
    path = _key_path()
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        text = encode_base64url(SigningKey.generate().to_bytes())
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
    return load_key()


def _key_path() -> Path:
    return Path(settings.STATE_FOLDER) / "link.key"


def enrolled_state() -> LinkState:
    """Return the row about this cluster's line. Raises: NotEnrolled."""
    state = LinkState.objects.filter(id=1, enrolled_at__isnull=False).first()
    if state is None:
        raise NotEnrolled
    return state


def pin(state: LinkState, keys: KeySet) -> None:
    """Remember the control plane's keys on the row, unsaved; the caller has checked them."""
    state.root_key = keys.root_key
    state.command_key_id, state.command_key = keys.command_key_id, keys.command_key
    state.login_key_id, state.login_key = keys.login_key_id, keys.login_key


def login_public_key() -> tuple[str, str]:
    """Return (key id, `PublicKey`) of the key that signs people's login tokens.

    Raises: NotEnrolled.
    """
    state = enrolled_state()
    return state.login_key_id, state.login_key


def cluster_id() -> str:
    """Return this cluster's id, the `aud` of login tokens. Raises: NotEnrolled."""
    return str(enrolled_state().cluster)
