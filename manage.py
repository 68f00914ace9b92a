#!/usr/bin/env python
"""The control plane's command line."""

import os
import sys

OWNER_COMMANDS = {"migrate"}
"""Commands that change tables and so run as the role that owns them."""


def main() -> int:
    """Run one Django command; an error of ours ends with prose and an exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "controlplane.settings.production")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ.setdefault("ANNEX_DATABASE_ROLE", "owner")
    from common.command_line import run_django

    return run_django(sys.argv)


if __name__ == "__main__":
    sys.exit(main())
