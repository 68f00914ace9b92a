"""The worker's version, as it is sent."""

from __future__ import annotations

import re
from importlib.metadata import version

WORKER_VERSION = ".".join(re.findall(r"\d+", version("annex"))[:3])
"""`major.minor.patch` of the installed SDK, which is released together with the worker."""
