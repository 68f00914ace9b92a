"""`annex login`: a terminal and a browser meet over a short code."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from examples.demo.planes import DEMO_EMAIL, DEMO_ORGANIZATION, Planes
from tests.e2e.watching import Watch
from tests.e2e.worksite import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ANNEX = [sys.executable, "-c", "from annex.cli.main import run; run()"]
CODE = re.compile(r"^    ([A-Z]{4}-[A-Z]{4})$", re.MULTILINE)


def test_a_machine_is_signed_in_with_a_code(
    planes: Planes, context: BrowserContext, watch: Watch, tmp_path: Path
) -> None:
    watch.allowed += [r"status of 401", r"status of 404"]
    environment = {**os.environ, "ANNEX_CONFIG_DIR": str(tmp_path)}
    words = ["login", "--host", planes.console_origin, "--machine", "A laptop"]
    with subprocess.Popen(
        [*ANNEX, *words], env=environment, stderr=subprocess.PIPE, text=True
    ) as login:
        code = shown_code(login)
        page = context.new_page()
        page.goto(f"{planes.console_origin}/device")
        sign_in(page, planes)
        field = page.get_by_label("Code")
        field.fill("BBBB-BBBB")
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_text("No login waits under this code")).to_be_visible()
        field.fill(code.lower())
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_role("heading", name="Let A laptop in?")).to_be_visible()
        page.get_by_role("button", name="Approve").click()
        expect(page.get_by_role("heading", name="A laptop is let in")).to_be_visible()
        assert login.wait(timeout=60) == 0
    me = json.loads(
        subprocess.run(
            [*ANNEX, "whoami", "--json"], env=environment, capture_output=True, check=True
        ).stdout
    )
    assert me["email"] == DEMO_EMAIL
    [membership] = me["memberships"]
    assert (membership["organization"]["slug"], membership["role"]) == (
        DEMO_ORGANIZATION,
        "developer",
    )


def shown_code(login: subprocess.Popen[str]) -> str:
    """Return the code that the terminal shows."""
    assert login.stderr is not None
    seen = ""
    while not (found := CODE.search(seen)):
        line = login.stderr.readline()
        assert line, seen
        seen += line
    return found[1]
