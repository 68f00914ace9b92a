"""No organization can be named as a page of the console: its own would never be shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from controlplane.accounts.models import User
from controlplane.accounts.organizations import RESERVED_SLUGS, create_organization
from controlplane.lib.errors import NameTaken
from tests.controlplane.cast import PASSWORD

ROUTER = Path(__file__).resolve().parents[3] / "frontend/console/src/router.tsx"
PAGE = re.compile(r'getParentRoute: \(\) => root,\s+path: "/([a-z-]+)')


def test_every_page_outside_organizations_is_reserved() -> None:
    pages = set(PAGE.findall(ROUTER.read_text(encoding="utf-8")))
    assert {"sign-in", "device", "hand-back"} <= pages
    assert pages <= RESERVED_SLUGS


@pytest.mark.django_db
def test_a_reserved_slug_is_refused_and_never_derived() -> None:
    ada = User.objects.create_user("ada@acme.example", "Ada", PASSWORD)
    with pytest.raises(NameTaken):
        create_organization(user=ada, name="Anything", slug="hand-back")
    assert create_organization(user=ada, name="Hand back").slug != "hand-back"
