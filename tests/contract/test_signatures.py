"""Signatures cover everything they should and pass for nothing else."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from annex.contract.canonical import canonical_bytes, digest_of
from annex.contract.keys import (
    BadSignature,
    Purpose,
    SigningKey,
    check_signature,
    fingerprint,
    key_id,
)
from annex.contract.requests import (
    HEADER_NAMES,
    ReplayWindow,
    RequestStamp,
    check_request,
    read_stamp,
    sign_request,
)
from annex.contract.signing import (
    check_command,
    check_enrolment_proof,
    check_key_set,
    check_receipt,
    enrolment_proof,
    sign_command,
    sign_key_set,
    sign_receipt,
)
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

KEY = SigningKey.from_bytes(bytes(range(32)))
OTHER = SigningKey.from_bytes(bytes(range(1, 33)))
BODY = b'{"after":0}'


def signed(number: int = 7) -> dict[str, str]:
    stamp = RequestStamp(created=1_700_000_000, key_id=KEY.key_id, session=3, number=number)
    return sign_request(KEY, "POST", "/link/v1/poll", BODY, stamp)


def test_key_ids_and_fingerprints_are_stable() -> None:
    assert KEY.public_key == "A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg"
    assert key_id(KEY.public_key) == KEY.key_id
    assert len(KEY.key_id) == 43
    assert fingerprint(KEY.public_key) == "5647-5aa7-5463-474c-0285-df5d-bf2b-cab7"


def test_a_signed_request_is_read_back() -> None:
    stamp = check_request(KEY.public_key, "POST", "/link/v1/poll", BODY, signed())
    assert stamp == RequestStamp(1_700_000_000, KEY.key_id, 3, 7)
    assert set(signed()) == set(HEADER_NAMES)


@pytest.mark.parametrize(
    ("method", "target", "body"),
    [
        ("GET", "/link/v1/poll", BODY),
        ("POST", "/link/v1/events", BODY),
        ("POST", "/link/v1/poll?x=1", BODY),
        ("POST", "/link/v1/poll", BODY + b" "),
    ],
)
def test_nothing_of_a_request_can_be_changed(method: str, target: str, body: bytes) -> None:
    with pytest.raises(BadSignature):
        check_request(KEY.public_key, method, target, body, signed())


@pytest.mark.parametrize("header", HEADER_NAMES)
def test_every_header_is_needed_and_covered(header: str) -> None:
    without = {name: value for name, value in signed().items() if name != header}
    with pytest.raises(BadSignature):
        check_request(KEY.public_key, "POST", "/link/v1/poll", BODY, without)
    swapped = signed() | {header: signed(number=8)[header]}
    if swapped != signed():
        with pytest.raises(BadSignature):
            check_request(KEY.public_key, "POST", "/link/v1/poll", BODY, swapped)


def test_another_key_does_not_pass() -> None:
    with pytest.raises(BadSignature):
        check_request(OTHER.public_key, "POST", "/link/v1/poll", BODY, signed())


@given(st.dictionaries(st.sampled_from(HEADER_NAMES), st.text(max_size=200)))
def test_no_headers_make_the_reader_crash(headers: dict[str, str]) -> None:
    with pytest.raises(BadSignature):
        check_request(KEY.public_key, "POST", "/", b"", headers)


def test_a_signature_for_one_purpose_is_none_for_another() -> None:
    signature = KEY.sign(Purpose.RECEIPT, b"x")
    check_signature(KEY.public_key, Purpose.RECEIPT, b"x", signature)
    for purpose in set(Purpose) - {Purpose.RECEIPT}:
        with pytest.raises(BadSignature):
            check_signature(KEY.public_key, purpose, b"x", signature)


def test_commands_receipts_and_key_sets_cannot_be_altered() -> None:
    fields = {"cluster": uuid4(), "seq": 1, "id": uuid4(), "iat": 1, "exp": 2, "body": {"a": 1}}
    command = sign_command(KEY, fields)
    check_command(KEY.public_key, command)
    receipt = sign_receipt(KEY, 4, "0" * 64)
    check_receipt(KEY.public_key, receipt)
    keys = sign_key_set(KEY, OTHER.public_key, OTHER.public_key)
    check_key_set(KEY.public_key, keys)
    with pytest.raises(BadSignature):
        check_command(KEY.public_key, command.model_copy(update={"seq": 2}))
    with pytest.raises(BadSignature):
        check_receipt(KEY.public_key, receipt.model_copy(update={"accepted_seq": 5}))
    with pytest.raises(BadSignature):
        check_key_set(KEY.public_key, keys.model_copy(update={"login_key": KEY.public_key}))


def test_a_proof_belongs_to_one_token_and_one_key() -> None:
    token = "anj_" + "a" * 32
    proof = enrolment_proof(KEY, token)
    check_enrolment_proof(KEY.public_key, token, proof)
    with pytest.raises(BadSignature):
        check_enrolment_proof(KEY.public_key, "anj_" + "b" * 32, proof)
    with pytest.raises(BadSignature):
        check_enrolment_proof(OTHER.public_key, token, proof)


@given(st.lists(st.integers(0, 200), max_size=60))
def test_the_replay_window_admits_each_number_once(numbers: list[int]) -> None:
    window, admitted = ReplayWindow(), []
    for number in numbers:
        after = window.admit(number)
        if after is not None:
            admitted.append(number)
            window = after
        assert window.bits < 2**63
    assert len(admitted) == len(set(admitted))
    assert window.highest == max(admitted, default=0)


def test_recent_numbers_may_come_out_of_order() -> None:
    window = ReplayWindow().admit(50)
    assert window is not None
    later = window.admit(49)
    assert later is not None
    assert later.admit(49) is None
    assert window.admit(50) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(JSON)
def test_canonical_json_has_one_spelling(value: JsonValue) -> None:
    text = canonical_bytes(value)
    assert json.loads(text) == value
    assert canonical_bytes(json.loads(text)) == text
    assert len(digest_of(value)) == 64


def test_reading_a_stamp_believes_nothing() -> None:
    assert read_stamp(signed()).number == 7
    with pytest.raises(BadSignature):
        read_stamp(signed() | {"annex-request": "-1"})
