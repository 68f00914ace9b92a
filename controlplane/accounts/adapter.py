"""What Annex tells django-allauth: accounts are made by accepting an invitation, not otherwise."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Closes the sign-up; signing in, out and resetting a password stay allauth's."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: the invitation's link is the only way to an account."""
        return False
