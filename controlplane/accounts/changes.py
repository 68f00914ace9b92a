"""Tells whoever asked about changes of memberships: clusters must hear when someone leaves.

Accounts know nothing of projects and clusters, so those register in their `AppConfig.ready`.
"""

from __future__ import annotations

from collections.abc import Callable

from controlplane.accounts.models import Organization, User

MembershipListener = Callable[[Organization, User, bool], None]
"""Called as (organization, user, still_member) in the transaction of the change."""

_listeners: list[MembershipListener] = []


def on_membership_change(listener: MembershipListener) -> MembershipListener:
    """Register a listener; registering it again changes nothing."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def tell_membership_changed(organization: Organization, user: User, *, still_member: bool) -> None:
    """Call every listener. The membership already is as it will be."""
    for listener in _listeners:
        listener(organization, user, still_member)
