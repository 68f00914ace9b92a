r"""Check an exported Annex ledger: python verify_ledger.py ledger.jsonl [--head N:HASH].

One file, nothing of Annex imported, meant to be read before it is trusted. It needs Python 3.9 or
newer. With the package `cryptography` it also checks signatures; without, it says that it did not.

The file has one JSON object a line: first who signs, then the rows, then the control plane's
receipts. A row holds one request that the cluster was about to send, written down before sending:

    seq          1, 2, 3 … without a gap
    at method path session number events      what the request was, besides its body
    body         the exact text that was sent
    body_sha256  SHA-256 of the body
    prev         head of the row before; 64 zeros for the first
    head         SHA-256(prev + description + body_sha256), description = the second line above as
                 JSON with sorted keys and no spaces
    signature    Ed25519, by the cluster's key, over "annex-ledger.v1\n<seq>|<head>"

A receipt is the control plane's word that it has taken in everything up to a head: Ed25519 over
"annex-receipt.v1\n" and {"accepted_seq", "head", "key_id"} as JSON.

Exit status: 0 nothing wrong, 1 something is wrong, 2 the file cannot be read.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    HAS_CRYPTOGRAPHY = False
else:
    HAS_CRYPTOGRAPHY = True

NO_ROW_BEFORE = "0" * 64
DESCRIPTION = ("at", "method", "path", "session", "number", "events")
RECEIPT = ("accepted_seq", "head", "key_id")


def canonical(value: dict[str, Any]) -> bytes:
    """Write JSON the one way that is hashed and signed."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha256(data: bytes) -> str:
    """Return 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def from_base64url(text: str) -> bytes:
    """Read base64url without padding, as keys and signatures are written."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def is_signed(public_key: str, message: bytes, signature: str) -> bool:
    """Say whether the signature is this key's over the message; True where nobody can tell."""
    if not HAS_CRYPTOGRAPHY:
        return True
    try:
        key = Ed25519PublicKey.from_public_bytes(from_base64url(public_key))
        key.verify(from_base64url(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public_key: str) -> str:
    """Return the 128 bits that both screens showed when the cluster was enrolled."""
    digits = sha256(from_base64url(public_key))[:32]
    return "-".join(digits[at : at + 4] for at in range(0, 32, 4))


class Check:
    """Reads line by line, so that a ledger of any size fits."""

    def __init__(self, control_plane_key: str | None = None) -> None:
        self.public_key = ""
        self.control_plane_key = control_plane_key
        self.seq = 0
        self.head = NO_ROW_BEFORE
        self.heads: dict[int, str] = {}
        self.receipts = 0
        self.flaws: list[tuple[int, str]] = []

    def read(self, record: dict[str, Any]) -> None:
        """Read one line of the file."""
        if "public_key" in record and "ledger_seq" not in record:
            self.public_key = record["public_key"]
        elif "ledger_seq" in record:
            self.read_receipt(record)
        else:
            self.read_row(record)

    def read_row(self, row: dict[str, Any]) -> None:
        """Check a row against itself and against the one before."""
        seq, head = row["seq"], row["head"]
        if seq != self.seq + 1:
            self.wrong(seq, f"row {self.seq + 1} is missing or out of place")
        if row["prev"] != self.head:
            self.wrong(seq, "does not continue the row before")
        if sha256(row["body"].encode()) != row["body_sha256"]:
            self.wrong(seq, "the body was changed")
        description = canonical({name: row[name] for name in DESCRIPTION})
        if sha256(row["prev"].encode() + description + row["body_sha256"].encode()) != head:
            self.wrong(seq, "the description or the hash of the body was changed")
        signed = f"annex-ledger.v1\n{seq}|{head}".encode()
        if not is_signed(self.public_key, signed, row["signature"]):
            self.wrong(seq, "the signature is not the cluster's")
        self.seq, self.head = seq, head
        self.heads[seq] = head

    def read_receipt(self, receipt: dict[str, Any]) -> None:
        """Check a receipt against the row that it signs for."""
        seq = receipt["ledger_seq"]
        self.receipts += 1
        if self.heads.get(seq) != receipt["head"]:
            self.wrong(seq, "the control plane signed for another head: the row was changed or cut")
        key = self.control_plane_key or receipt["public_key"]
        signed = b"annex-receipt.v1\n" + canonical({name: receipt[name] for name in RECEIPT})
        if not is_signed(key, signed, receipt["signature"]):
            self.wrong(seq, "the receipt was not signed by the control plane")

    def expect_head(self, seq: int, head: str) -> None:
        """Compare with a head that somebody wrote down earlier."""
        if self.heads.get(seq) != head:
            self.wrong(seq, "is not the row whose head you wrote down: changed, or cut off")

    def expect_fingerprint(self, known: str) -> None:
        """Compare with the fingerprint that the console shows."""
        if fingerprint(self.public_key) != known.strip().lower().replace(" ", "-"):
            self.wrong(0, "the ledger is signed by another cluster than the one you name")

    def wrong(self, seq: int, reason: str) -> None:
        """Remember something that is not as it was written."""
        self.flaws.append((seq, reason))


def written_down(known: str) -> tuple[int, str]:
    """Read `<seq>:<head>`."""
    seq, _, head = known.partition(":")
    return int(seq), head


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Check an exported Annex ledger.")
    parser.add_argument("ledger", type=Path, help="the file that the Ledger page gave you")
    parser.add_argument(
        "--head",
        action="append",
        default=[],
        metavar="SEQ:HASH",
        type=written_down,
        help="a head you wrote down earlier; shows a tail that was cut off",
    )
    parser.add_argument("--fingerprint", help="the cluster's, as the console shows it")
    parser.add_argument("--control-plane-key", help="its key for receipts, if you have it yourself")
    return parser.parse_args()


def main() -> int:
    """Check the file and say what was found."""
    given = arguments()
    check = Check(given.control_plane_key)
    try:
        with given.ledger.open(encoding="utf-8") as lines:
            for line in lines:
                check.read(json.loads(line))
        for seq, head in given.head:
            check.expect_head(seq, head)
        if given.fingerprint:
            check.expect_fingerprint(given.fingerprint)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        print(f"The file cannot be read as a ledger: {problem!r}")
        return 2
    return report(check)


def report(check: Check) -> int:
    """Print what was found and return the exit status."""
    for seq, reason in check.flaws:
        print(f"row {seq}: {reason}")
    signatures = "checked" if HAS_CRYPTOGRAPHY else "NOT CHECKED (pip install cryptography)"
    print(f"{check.seq} rows, {check.receipts} receipts.")
    print(f"Hashes and chain: checked. Signatures: {signatures}.")
    if check.public_key:
        print(f"Cluster key {fingerprint(check.public_key)}; compare it with the console's.")
    print(f"Write this down to notice later if rows are cut off: --head {check.seq}:{check.head}")
    print(f"{len(check.flaws)} THINGS ARE WRONG." if check.flaws else "Nothing is wrong.")
    return 1 if check.flaws else 0


if __name__ == "__main__":
    sys.exit(main())
