"""Every environment variable of the worker."""

from __future__ import annotations

from pathlib import Path

from common.addresses import parse_database_url, parse_redis_url
from common.environment import (
    REQUIRED,
    Setting,
    declare,
    parse_bool,
    parse_list,
    parse_origin,
    parse_roots,
)

DATABASE_URL = declare(
    "ANNEX_WORKER_DATABASE_URL",
    parse_database_url,
    default=REQUIRED,
    sentence="Database of the worker, as the role that serves annotators and jobs (annex_worker).",
    unit="URL",
    secret=True,
)
OWNER_DATABASE_URL = declare(
    "ANNEX_WORKER_OWNER_DATABASE_URL",
    parse_database_url,
    default=None,
    sentence="The same database as the role that owns the tables and migrates.",
    unit="URL",
    secret=True,
)
LINK_DATABASE_URL = declare(
    "ANNEX_LINK_DATABASE_URL",
    parse_database_url,
    default=None,
    sentence="The same database as the link's role, which sees inbox, outbox and ledger only.",
    unit="URL",
    secret=True,
)
DATABASE_ROLE = declare(
    "ANNEX_WORKER_DATABASE_ROLE",
    str,
    default="worker",
    sentence="Which of the three URLs this process uses; the command line sets it.",
    unit="worker, owner or link",
)
REDIS_URL = declare(
    "ANNEX_WORKER_REDIS_URL",
    parse_redis_url,
    default=REQUIRED,
    sentence="Redis of the worker: broker and wake-ups.",
    unit="URL",
    secret=True,
)
ORIGIN = declare(
    "ANNEX_WORKER_ORIGIN",
    parse_origin,
    default="http://127.0.0.1:8100",
    sentence="Where annotators open the annotation app; logins are issued for this origin only.",
    unit="origin",
)
CONTROL_PLANE = declare(
    "ANNEX_CONTROL_PLANE",
    parse_origin,
    default="http://localhost:8000",
    sentence="The control plane that the link dials.",
    unit="origin",
)
LINK_ENABLED = declare(
    "ANNEX_LINK_ENABLED",
    parse_bool,
    default=True,
    sentence="Whether this cluster talks to its control plane; annotation works without.",
    unit="true or false",
)
SECRET_KEY = declare(
    "ANNEX_WORKER_SECRET_KEY",
    str,
    default=REQUIRED,
    sentence="Key for CSRF and signed values on the cluster; 50 random characters.",
    unit="text",
    secret=True,
)
FILES = declare(
    "ANNEX_WORKER_FILES",
    Path,
    default=Path("var/worker/files"),
    sentence="Where uploads, models and exports are stored.",
    unit="folder",
)
UPLOAD_LIMIT_BYTES = declare(
    "ANNEX_UPLOAD_LIMIT_BYTES",
    int,
    default=2 * 1024**3,
    sentence="The largest file a developer may upload; larger ones are picked under a root.",
    unit="bytes",
)
STATE = declare(
    "ANNEX_WORKER_STATE",
    Path,
    default=Path("var/worker/state"),
    sentence="Where the link keeps its private key; readable by the link alone.",
    unit="folder",
)
ROOTS: Setting[dict[str, Path]] = declare(
    "ANNEX_WORKER_ROOTS",
    parse_roots,
    default={},
    sentence="Folders from which developers may pick data, each under a short name.",
    unit="slug=/folder, comma-separated",
)
ALLOWED_RECIPES: Setting[tuple[str, ...]] = declare(
    "ANNEX_ALLOWED_RECIPES",
    parse_list,
    default=(),
    sentence="Recipes this cluster runs; empty means all that are compiled in.",
    unit="comma-separated names",
)
SLOTS = declare(
    "ANNEX_SLOTS",
    int,
    default=2,
    sentence="How many jobs may run at the same time.",
    unit="jobs",
)
LOG_JSON = declare(
    "ANNEX_WORKER_LOG_JSON",
    parse_bool,
    default=False,
    sentence="Write logs as one JSON object a line; production settings always do.",
    unit="true or false",
)
WEB_BIND = declare(
    "ANNEX_WORKER_WEB_BIND",
    str,
    default="127.0.0.1:8100",
    sentence="Where the worker's web server listens.",
    unit="host:port",
)
BEAT_FILE = declare(
    "ANNEX_WORKER_BEAT_FILE",
    Path,
    default=Path("var/worker/beat"),
    sentence="Where Celery's beat remembers when it last rang.",
    unit="file",
)
JOB_HEARTBEAT_SECONDS = declare(
    "ANNEX_JOB_HEARTBEAT_SECONDS",
    float,
    default=15.0,
    sentence="How often a running attempt shows that its supervisor lives.",
    unit="seconds",
)
JOB_SILENT_SECONDS = declare(
    "ANNEX_JOB_SILENT_SECONDS",
    float,
    default=60.0,
    sentence="Without a heartbeat for this long, an attempt is started again.",
    unit="seconds",
)
JOB_SWEEP_SECONDS = declare(
    "ANNEX_JOB_SWEEP_SECONDS",
    float,
    default=30.0,
    sentence="How often attempts that wait or have fallen silent are rung for again.",
    unit="seconds",
)
JOB_RUNS = declare(
    "ANNEX_JOB_RUNS",
    int,
    default=3,
    sentence="How often an attempt is started before a lost process counts as a crash.",
    unit="runs",
)
JOB_SHORT_SECONDS = declare(
    "ANNEX_JOB_SHORT_SECONDS",
    float,
    default=2400.0,
    sentence="How long imports, exports, predictions and the like may run; under 45 minutes.",
    unit="seconds",
)
JOB_LONG_SECONDS = declare(
    "ANNEX_JOB_LONG_SECONDS",
    float,
    default=86400.0,
    sentence="How long one training may run.",
    unit="seconds",
)
