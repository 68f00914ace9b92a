"""Every environment variable of the worker."""

from __future__ import annotations

from pathlib import Path

from annex.contract.enums import Role

from common.addresses import parse_database_url, parse_redis_url
from common.environment import (
    REQUIRED,
    Setting,
    declare,
    parse_bool,
    parse_list,
    parse_origin,
)
from common.places import Place, parse_place, parse_roots


def parse_publishing(raw: str) -> str:
    """Read one of the three words."""
    if (word := raw.strip().lower()) in {"allowed", "approve", "off"}:
        return word
    raise ValueError("expected allowed, approve or off")


def parse_script_role(raw: str) -> Role | None:
    """Read a role, or none."""
    word = raw.strip().lower()
    return None if word == "none" else Role(word)


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
FILES: Setting[Place] = declare(
    "ANNEX_WORKER_FILES",
    parse_place,
    default=Path("var/worker/files"),
    sentence="Where uploads, models and exports are stored.",
    unit="folder or s3://bucket/prefix",
)
LOCAL = declare(
    "ANNEX_WORKER_LOCAL",
    Path,
    default=None,
    sentence="Local disk for jobs at work and for copies of what lies in a bucket; may be lost.",
    unit="folder",
)
COPIES_BYTES = declare(
    "ANNEX_WORKER_COPIES_BYTES",
    int,
    default=8 * 1024**3,
    sentence="How much of the local disk copies of files from a bucket may take.",
    unit="bytes",
)
S3_ENDPOINT = declare(
    "ANNEX_S3_ENDPOINT",
    str,
    default=None,
    sentence="Server of the buckets where it is not Amazon's; keys are addressed by path.",
    unit="URL",
)
S3_REGION = declare(
    "ANNEX_S3_REGION",
    str,
    default=None,
    sentence="Region of the buckets; without it boto3 looks where it always does.",
    unit="text",
)
S3_ACCESS_KEY = declare(
    "ANNEX_S3_ACCESS_KEY",
    str,
    default=None,
    sentence="Access key of the buckets; without it boto3 looks where it always does.",
    unit="text",
    secret=True,
)
S3_SECRET_KEY = declare(
    "ANNEX_S3_SECRET_KEY",
    str,
    default=None,
    sentence="Secret that belongs to the access key.",
    unit="text",
    secret=True,
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
ROOTS: Setting[dict[str, Place]] = declare(
    "ANNEX_WORKER_ROOTS",
    parse_roots,
    default={},
    sentence="Places from which developers may pick data, each under a short name.",
    unit="slug=/folder or slug=s3://bucket/prefix, comma-separated",
)
WRITABLE_ROOTS: Setting[dict[str, Place]] = declare(
    "ANNEX_WORKER_WRITABLE_ROOTS",
    parse_roots,
    default={},
    sentence="Places to which jobs may write the annotations of whole files, by short name.",
    unit="slug=/folder or slug=s3://bucket/prefix, comma-separated",
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
ACCESS_LOG_DAYS = declare(
    "ANNEX_ACCESS_LOG_DAYS",
    int,
    default=400,
    sentence="How long the cluster's log of reads, downloads and approvals is kept.",
    unit="days",
)
ADMINISTRATION_IN_BROWSER = declare(
    "ANNEX_ADMINISTRATION_IN_BROWSER",
    parse_bool,
    default=True,
    sentence="Whether administrators may approve people and restore the line in the browser; "
    "otherwise only the command line can. Revoking and cutting stay possible in both.",
    unit="true or false",
)
SCRIPT_ROLE: Setting[Role | None] = declare(
    "ANNEX_SCRIPT_ROLE",
    parse_script_role,
    default=Role.DEVELOPER,
    sentence="The lowest role whose people may sign in scripts on their laptops; none for nobody.",
    unit="owner, admin, developer, reviewer, annotator or none",
)
SCRIPT_DOWNLOADS = declare(
    "ANNEX_SCRIPT_DOWNLOADS",
    parse_bool,
    default=True,
    sentence="Whether scripts may take text out: exports, models, and failures, which may quote "
    "it; otherwise only a browser can.",
    unit="true or false",
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
PUBLISHING = declare(
    "ANNEX_PUBLISHING",
    parse_publishing,
    default="allowed",
    sentence="Whether developers may publish packages of recipes, or each must be approved first.",
    unit="allowed, approve or off",
)
PACKAGE_BYTES = declare(
    "ANNEX_PACKAGE_BYTES",
    int,
    default=1024**3,
    sentence="The largest package of recipes, with all the wheels that it needs.",
    unit="bytes",
)
RECIPE_SECONDS = declare(
    "ANNEX_RECIPE_SECONDS",
    float,
    default=120.0,
    sentence="How long a published recipe may take to start, or to give its next examples.",
    unit="seconds",
)
RECIPE_MEMORY_BYTES = declare(
    "ANNEX_RECIPE_MEMORY_BYTES",
    int,
    default=4 * 1024**3,
    sentence="How much memory the process of a published recipe may address.",
    unit="bytes",
)
RECIPE_CPU_SECONDS = declare(
    "ANNEX_RECIPE_CPU_SECONDS",
    int,
    default=3600,
    sentence="How much processor time one process of a published recipe may use.",
    unit="seconds",
)
RECIPE_FILE_BYTES = declare(
    "ANNEX_RECIPE_FILE_BYTES",
    int,
    default=256 * 1024**2,
    sentence="The largest file that the process of a published recipe may write.",
    unit="bytes",
)
RECIPE_PROCESSES = declare(
    "ANNEX_RECIPE_PROCESSES",
    int,
    default=512,
    sentence="How many processes and threads the worker's user may have when a recipe starts one.",
    unit="processes",
)
RECIPE_CHECKERS = declare(
    "ANNEX_RECIPE_CHECKERS",
    int,
    default=4,
    sentence="For how many tasks one web process keeps a recipe ready to check answers.",
    unit="processes",
)
RECIPES_UNFENCED = declare(
    "ANNEX_RECIPES_UNFENCED",
    parse_bool,
    default=False,
    sentence="Whether recipes may run where the kernel lacks Landlock or seccomp, less fenced.",
    unit="true or false",
)
