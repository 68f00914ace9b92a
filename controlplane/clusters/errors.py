"""Errors of the line to clusters; the codes are part of the protocol."""

from __future__ import annotations

from typing import Any

from common.errors import Conflict, Family, Forbidden, InvalidRequest, Unauthenticated


class JoinTokenInvalid(Forbidden):
    """The token is unknown, over its time, or burned; which of them is nobody's business."""

    code = "enrol.token_invalid"
    title = "This join token cannot be used"
    what_to_do = "Make a new join token in the console and run the command it shows."


class JoinTokenUsed(Conflict):
    """The token was used with another key: somebody else had it. It is burned now."""

    code = "enrol.token_used"
    title = "This join token was already used with another key"
    what_to_do = "Check the fingerprint of the cluster in the console, then make a new join token."


class ProofInvalid(InvalidRequest):
    """The proof was not made with the key that is to be enrolled."""

    code = "enrol.proof_invalid"
    title = "The proof does not belong to this key and token"


class KeyKnown(Conflict):
    """The key already speaks for a cluster."""

    code = "enrol.key_known"
    title = "This key is already enrolled"
    what_to_do = "Use a fresh state folder for a second cluster."


class FingerprintMismatch(Conflict):
    """The fingerprint that was typed is not that of the key which waits."""

    code = "cluster.fingerprint_mismatch"
    title = "The fingerprints differ"
    what_to_do = "Do not confirm. Compare again; if they still differ, make a new join token."


class SignatureInvalid(Unauthenticated):
    """The request is not signed by a key that we know."""

    code = "signature.invalid"
    title = "The request's signature is not valid"
    what_to_do = "Enrol the cluster again if its key was removed."


class ClockSkewed(Unauthenticated):
    """The cluster's clock is too far off; the answer carries ours."""

    code = "clock.skew"
    family = Family.TRANSIENT
    title = "The clock of the cluster differs too much"
    what_to_do = "Set the clock; meanwhile the link corrects for it."

    def __init__(self, server_time: int) -> None:
        super().__init__()
        self.server_time = server_time

    def extra(self) -> dict[str, Any]:
        """Tell the control plane's clock, in seconds since 1970."""
        return {"server_time": self.server_time}


class RequestReplayed(Conflict):
    """The number was used before, or is too old to tell."""

    code = "request.replayed"
    title = "This request was seen before"

    def __init__(self, expected: int = 0) -> None:
        super().__init__()
        self.expected = expected

    def extra(self) -> dict[str, Any]:
        """Tell the lowest number that is certainly free."""
        return {"expected": self.expected}


class ClusterUnconfirmed(Forbidden):
    """Nobody has confirmed the fingerprint yet; it passes by itself once somebody has."""

    code = "cluster.unconfirmed"
    family = Family.TRANSIENT
    title = "The cluster waits for its fingerprint to be confirmed"
    what_to_do = "An admin compares the fingerprint in the console and confirms it."


class ClusterRevoked(Forbidden):
    """The cluster was removed from the organization."""

    code = "cluster.revoked"
    title = "This cluster was removed"
    what_to_do = "Enrol it again with a new join token if it should come back."


class SessionSuperseded(Conflict):
    """A newer session of the same cluster is open; the older link exits."""

    code = "session.superseded"
    title = "A newer session is open"
    what_to_do = "Run one link per cluster."


class ProtocolUnsupported(InvalidRequest):
    """No protocol in common."""

    code = "protocol.unsupported"
    status = 426
    title = "This worker's version is too old"
    what_to_do = "Upgrade the worker."


class EventsGap(Conflict):
    """Events are missing before these; the link resumes at `expected`."""

    code = "events.gap"
    family = Family.TRANSIENT
    title = "Events are missing before these"

    def __init__(self, expected: int) -> None:
        super().__init__()
        self.expected = expected

    def extra(self) -> dict[str, Any]:
        """Tell the number that is expected next."""
        return {"expected": self.expected}


class EventsRewritten(Conflict):
    """An event came again with other content: history was rewritten, or a backup restored."""

    code = "events.rewritten"
    title = "Events that were already accepted came again with other content"
    what_to_do = "Was the worker's database restored from a backup? Enrol it as a new cluster."
