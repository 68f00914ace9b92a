"""Notice what no page may do: break the content security policy, throw, or write an error."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, WebError

REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.effectiveDirective} blocked ${event.blockedURI}`));
"""
# A page asks whether it may come in, or for what is still on its way from the console, and hears
# "no" first; the browser writes each refusal down by itself.
NOT_YET = r"status of 40[134]"
# Standard, and honoured where the browser knows it; the others write that they do not.
UNKNOWN_DIRECTIVE = r"Unrecognized Content-Security-Policy directive 'webrtc'"


@dataclass
class Watch:
    """The errors of one browser context; `allowed` are expressions of those a test provokes."""

    allowed: list[str] = field(default_factory=lambda: [NOT_YET, UNKNOWN_DIRECTIVE])
    errors: list[str] = field(default_factory=list)

    def attach(self, context: BrowserContext) -> None:
        """Listen to every page of the context, those opened later too."""
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", self._hear)
        context.on("weberror", self._catch)

    def check(self) -> None:
        """Raise what was heard and not allowed."""
        bad = [one for one in self.errors if not any(re.search(ok, one) for ok in self.allowed)]
        assert not bad, "\n".join(bad)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.location.get('url')}: {message.text}")

    def _catch(self, error: WebError) -> None:
        self.errors.append(f"thrown: {error.error}")
