"""What exactly is signed: commands, receipts, key sets, enrolment and the ledger."""

from __future__ import annotations

from annex.contract.canonical import canonical_bytes, sha256_hex
from annex.contract.inbound import Command, KeySet, Receipt
from annex.contract.keys import Purpose, SigningKey, check_signature, key_id
from annex.contract.leaves import Message

GENESIS = "0" * 64
"""The ledger head before the first row."""


def enrolment_proof(key: SigningKey, join_token: str) -> str:
    """Sign with the new key that it is this token's bearer who holds it."""
    return key.sign(Purpose.ENROL, _enrolment_bytes(join_token, key.public_key))


def check_enrolment_proof(public_key: str, join_token: str, proof: str) -> None:
    """Raises: BadSignature."""
    check_signature(public_key, Purpose.ENROL, _enrolment_bytes(join_token, public_key), proof)


def sign_command(key: SigningKey, unsigned: dict[str, object]) -> Command:
    """Return the signed command for the fields `cluster seq id iat exp body`."""
    draft = Command.model_validate(unsigned | {"key_id": key.key_id, "signature": "A" * 86})
    signature = key.sign(Purpose.COMMAND, _without_signature(draft))
    return draft.model_copy(update={"signature": signature})


def check_command(public_key: str, command: Command) -> None:
    """Raises: BadSignature."""
    check_signature(public_key, Purpose.COMMAND, _without_signature(command), command.signature)


def sign_receipt(key: SigningKey, accepted_seq: int, head: str) -> Receipt:
    """Return the control plane's word that it has accepted events up to `accepted_seq`."""
    draft = Receipt(accepted_seq=accepted_seq, head=head, key_id=key.key_id, signature="A" * 86)
    signature = key.sign(Purpose.RECEIPT, _without_signature(draft))
    return draft.model_copy(update={"signature": signature})


def check_receipt(public_key: str, receipt: Receipt) -> None:
    """Raises: BadSignature."""
    check_signature(public_key, Purpose.RECEIPT, _without_signature(receipt), receipt.signature)


def sign_key_set(root: SigningKey, command_key: str, login_key: str) -> KeySet:
    """Return the public keys of the control plane, signed by its root key.

    Args: command_key, login_key: `PublicKey`s.
    """
    draft = KeySet(
        command_key_id=key_id(command_key),
        command_key=command_key,
        login_key_id=key_id(login_key),
        login_key=login_key,
        root_key=root.public_key,
        signature="A" * 86,
    )
    signature = root.sign(Purpose.KEY_SET, _without_signature(draft))
    return draft.model_copy(update={"signature": signature})


def check_key_set(root_key: str, keys: KeySet) -> None:
    """Check against the *pinned* root key, never against the one the set brings along.

    Raises: BadSignature.
    """
    check_signature(root_key, Purpose.KEY_SET, _without_signature(keys), keys.signature)


def ledger_head(prev: str, meta: bytes, body_sha256: str) -> str:
    """Return the head after a row: SHA-256(prev || meta || body digest), hex."""
    return sha256_hex(prev.encode() + meta + body_sha256.encode())


def ledger_meta(
    *, at: int, method: str, path: str, session: int, number: int, events: int
) -> bytes:
    """Return the canonical description of a sent body; both ends can compute it.

    Args: at: seconds since 1970, as signed. session, number: as in the request's signature.
    """
    return canonical_bytes(
        {
            "at": at,
            "method": method,
            "path": path,
            "session": session,
            "number": number,
            "events": events,
        }
    )


def _enrolment_bytes(join_token: str, public_key: str) -> bytes:
    return f"{sha256_hex(join_token.encode())}|{public_key}".encode()


def _without_signature(message: Message) -> bytes:
    return canonical_bytes(message.model_dump(mode="json", exclude={"signature"}))
