"""The one-file verifier, run as an auditor runs it: without Annex, on an exported ledger."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from annex import ledger_verifier
from annex.contract.canonical import sha256_hex
from annex.contract.keys import SigningKey, fingerprint
from annex.contract.signing import sign_receipt
from django.test import Client

from tests.worker.oversight.conftest import KEY, send
from worker.link.ledger_reading import export_lines
from worker.link.models import LinkState

Records = list[dict[str, Any]]
ROWS = 6


@pytest.fixture
def ledger(enrolled: LinkState) -> Records:
    """Return the exported ledger: who signs, six rows, two receipts."""
    send(ROWS)
    return list(export_lines())


@pytest.fixture
def verify(tmp_path: Path, administrator: Client) -> Callable[..., tuple[int, str]]:
    """Return what runs the downloaded verifier over records: exit status and output."""
    program = tmp_path / "verify_ledger.py"
    program.write_bytes(b"".join(administrator.get("/api/ledger/verifier")))

    def run(records: Records, *options: str, python: tuple[str, ...] = ("-I",)) -> tuple[int, str]:
        file = tmp_path / "ledger.jsonl"
        file.write_text("".join(json.dumps(record) + "\n" for record in records))
        done = subprocess.run(
            [sys.executable, *python, str(program), str(file), *options],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr == "" or done.returncode == 2
        return done.returncode, done.stdout

    return run


Verify = Callable[..., tuple[int, str]]


def test_a_real_ledger_passes(ledger: Records, verify: Verify) -> None:
    status, said = verify(ledger, "--fingerprint", fingerprint(KEY.public_key))
    assert (status, "6 rows, 2 receipts." in said) == (0, True), said
    assert "Signatures: checked." in said
    assert f"--head 6:{ledger[6]['head']}" in said


def change_body(ledger: Records) -> None:
    ledger[2]["body"] = ledger[2]["body"].replace('"n": 1', '"n": 7')


def change_body_and_hash(ledger: Records) -> None:
    ledger[2] |= {"body": "{}", "body_sha256": sha256_hex(b"{}")}


def remove_row(ledger: Records) -> None:
    del ledger[2]


def swap_rows(ledger: Records) -> None:
    ledger[2], ledger[3] = ledger[3], ledger[2]


def cut_tail(ledger: Records) -> None:
    """Cut the last two rows, and the receipt that would tell."""
    ledger[:] = [*ledger[:5], ledger[7]]


def cut_tail_and_leave_receipts(ledger: Records) -> None:
    ledger[:] = [*ledger[:5], *ledger[7:]]


def forge_receipt(ledger: Records) -> None:
    forger = SigningKey.generate()
    forged = sign_receipt(forger, 99, ledger[2]["head"])
    ledger[7] |= {"accepted_seq": 99, "signature": forged.signature}


def sign_with_another_key(ledger: Records) -> None:
    ledger[0]["public_key"] = SigningKey.generate().public_key


TAMPERED: dict[str, tuple[Callable[[Records], None], str]] = {
    "a changed body": (change_body, "row 2: the body was changed"),
    "a changed body with its hash": (change_body_and_hash, "row 2: the description or the hash"),
    "a removed row": (remove_row, "row 3: row 2 is missing or out of place"),
    "two swapped rows": (swap_rows, "row 3: row 2 is missing or out of place"),
    "a cut tail, the head known": (cut_tail, "row 6: is not the row whose head you wrote down"),
    "a cut tail with receipts": (cut_tail_and_leave_receipts, "row 5: the control plane signed"),
    "a forged receipt": (forge_receipt, "row 2: the receipt was not signed by the control plane"),
    "another cluster's key": (sign_with_another_key, "row 1: the signature is not the cluster's"),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_tampering_shows(name: str, ledger: Records, verify: Verify) -> None:
    tamper, told = TAMPERED[name]
    head = f"{ROWS}:{ledger[ROWS]['head']}"
    tamper(ledger)
    status, said = verify(ledger, "--head", head)
    assert (status, told in said) == (1, True), said


def test_without_the_library_it_says_that_signatures_were_not_checked(
    ledger: Records, verify: Verify
) -> None:
    status, said = verify(ledger, python=("-I", "-S"))
    assert (status, "NOT CHECKED" in said) == (0, True), said
    change_body(ledger)
    assert verify(ledger, python=("-I", "-S"))[0] == 1


def test_a_receipt_key_of_ones_own_overrules_the_one_in_the_file(
    ledger: Records, verify: Verify
) -> None:
    own = SigningKey.generate().public_key
    assert verify(ledger, "--control-plane-key", own)[0] == 1
    assert verify(ledger, "--fingerprint", fingerprint(own))[0] == 1


def test_something_else_is_not_taken_for_a_ledger(ledger: Records, verify: Verify) -> None:
    assert verify([{"seq": 1}])[0] == 2
    assert verify(ledger, "--head", "nonsense")[0] == 2


def test_it_imports_the_standard_library_and_cryptography_alone() -> None:
    tree = ast.parse(Path(ledger_verifier.__file__).read_text(encoding="utf-8"))
    names = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [a.name for a in node.names]
        )
    }
    assert names <= sys.stdlib_module_names | {"cryptography"}
