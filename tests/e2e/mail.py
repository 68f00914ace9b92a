"""Read the mail that the control plane wrote as files."""

from __future__ import annotations

import re
import time
from email import message_from_bytes, policy
from pathlib import Path

MAIL_SECONDS = 30


def wait_for_link(folder: Path, address: str, pattern: str) -> str:
    """Return the first link in a mail to an address. Raises: TimeoutError."""
    deadline = time.monotonic() + MAIL_SECONDS
    while time.monotonic() < deadline:
        for path in sorted(folder.iterdir()):
            found = link_in(path, address, pattern)
            if found:
                return found
        time.sleep(0.2)
    raise TimeoutError(f"no mail to {address} with a link after {MAIL_SECONDS} s")


def link_in(path: Path, address: str, pattern: str) -> str | None:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = mail.get_body(preferencelist=("plain",))
    if body is None or address not in str(mail["To"]):
        return None
    found = re.search(pattern, body.get_content())
    return found.group(0) if found else None
