"""A deliberately leaky build of the worker: one of its events carries a note as free text.

`python -m tests.egress.leaky_build <note>` prints what the schema walk says of this build, then
sends one such event down the real line. The contract is changed before the worker is loaded, as a
careless commit would change it; nothing else is different.
"""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any, Literal

from annex.contract import outbound
from annex.contract.leaves import Digest, Epoch, Message, Sequence, Timestamp
from annex.contract.walk import find_leaks
from pydantic import Field


class NoteWritten(Message):
    """What nobody may ever add."""

    type: Literal["note.written"] = "note.written"
    note: str


class LeakyEvent(Message):
    """`Event`, with the note among its bodies."""

    seq: Sequence
    at: Timestamp
    body: Annotated[outbound.EventBody | NoteWritten, Field(discriminator="type")]


class LeakyBatch(Message):
    """`EventBatch` of such events."""

    session_epoch: Epoch
    first_seq: Sequence
    prev_hash: Digest
    events: Annotated[list[LeakyEvent], Field(min_length=1, max_length=200)]


def build() -> list[str]:
    """Change the contract as the careless commit does; return what the schema walk finds."""
    leaky: dict[str, Any] = {
        "EVENTS": (*outbound.EVENTS, NoteWritten),
        "Event": LeakyEvent,
        "EventBatch": LeakyBatch,
        "OUTBOUND": (*outbound.OUTBOUND, NoteWritten, LeakyBatch),
    }
    for name, value in leaky.items():
        setattr(outbound, name, value)
    return [str(leak) for leak in find_leaks(outbound.OUTBOUND)]


def send(note: str) -> str:
    """Emit the note and upload the outbox once; return what the control plane made of it."""
    import django

    django.setup()
    from worker.link.errors import LinkRefused
    from worker.link.outbox import emit
    from worker.link.run import make_link
    from worker.link.session import open_session
    from worker.link.upload import Uploader

    client = make_link().client
    open_session(client)
    emit(NoteWritten(note=note))  # type: ignore[arg-type]  # this is the leak
    try:
        while Uploader(client).step():
            continue
    except LinkRefused as refusal:
        return str(refusal.problem.get("code"))
    return "accepted"


if __name__ == "__main__":
    leaks = build()
    print(json.dumps({"leaks": leaks, "answer": send(sys.argv[1])}))
