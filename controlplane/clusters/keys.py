"""The control plane's own keys: root, commands, people's logins.

They lie in a folder outside the database, each readable by its owner alone, and are made on first
use (or by `manage.py make_keys`). Of the root only the signature over the key set is needed again.
"""

from __future__ import annotations

import os
import tempfile
from functools import lru_cache
from pathlib import Path

from annex.contract.inbound import KeySet
from annex.contract.keys import SigningKey, decode_base64url, encode_base64url
from annex.contract.signing import sign_key_set
from django.conf import settings

OWNER_ONLY = 0o600


def command_key() -> SigningKey:
    """Return the key that signs commands and receipts."""
    return _key("command", _folder())


def login_key() -> SigningKey:
    """Return the key that signs people's login tokens; `.to_jwk()` is joserfc's form of it."""
    return _key("login", _folder())


def root_key() -> SigningKey:
    """Return the key that signs the key set and that clusters pin."""
    return _key("root", _folder())


def key_set() -> KeySet:
    """Return the public keys, signed by the root."""
    return sign_key_set(root_key(), command_key().public_key, login_key().public_key)


def _folder() -> Path:
    return Path(settings.KEYS_FOLDER)


@lru_cache(maxsize=16)
def _key(name: str, folder: Path) -> SigningKey:
    path = folder / f"{name}.key"
    if not path.exists():
        _make_key(path)
    return SigningKey.from_bytes(decode_base64url(path.read_text(encoding="ascii").strip()))


def _make_key(path: Path) -> None:
    """Write a new key unless another process was faster; the file is never half written."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent)
    try:
        os.fchmod(handle, OWNER_ONLY)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(encode_base64url(SigningKey.generate().to_bytes()))
        # A hard link, unlike a rename, fails when the name is taken.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()
