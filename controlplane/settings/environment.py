"""Every environment variable of the control plane."""

from __future__ import annotations

from pathlib import Path

from common.addresses import parse_database_url, parse_redis_url
from common.environment import REQUIRED, Setting, declare, parse_bool, parse_list, parse_origin

DATABASE_URL = declare(
    "ANNEX_DATABASE_URL",
    parse_database_url,
    default=REQUIRED,
    sentence="Database of the control plane, as the role that serves requests (annex_app).",
    unit="URL",
    secret=True,
)
OWNER_DATABASE_URL = declare(
    "ANNEX_OWNER_DATABASE_URL",
    parse_database_url,
    default=None,
    sentence="The same database as the role that owns the tables and migrates (annex_owner).",
    unit="URL",
    secret=True,
)
DATABASE_ROLE = declare(
    "ANNEX_DATABASE_ROLE",
    str,
    default="app",
    sentence="Which of the two URLs this process uses; manage.py sets owner for migrations.",
    unit="app or owner",
)
REDIS_URL = declare(
    "ANNEX_REDIS_URL",
    parse_redis_url,
    default=REQUIRED,
    sentence="Redis of the control plane: broker, cache, throttles and wake-ups of the long poll.",
    unit="URL",
    secret=True,
)
CONSOLE_ORIGIN = declare(
    "ANNEX_CONSOLE_ORIGIN",
    parse_origin,
    default="http://localhost:8000",
    sentence="Where people open the console; links in mails start with it.",
    unit="origin",
)
POLL_ORIGIN = declare(
    "ANNEX_POLL_ORIGIN",
    parse_origin,
    default="http://localhost:8001",
    sentence="Where links long-poll; the same as the console's behind one front door.",
    unit="origin",
)
SECRET_KEY = declare(
    "ANNEX_SECRET_KEY",
    str,
    default=REQUIRED,
    sentence="Key for sessions and signed values; 50 random characters.",
    unit="text",
    secret=True,
)
ALLOWED_HOSTS: Setting[tuple[str, ...]] = declare(
    "ANNEX_ALLOWED_HOSTS",
    parse_list,
    default=(),
    sentence="Further host names to answer to, beside the console's.",
    unit="comma-separated host names",
)
EMAIL_URL = declare(
    "ANNEX_EMAIL_URL",
    str,
    default="console://",
    sentence="Where mail goes: console://, file:///folder, or smtp(s)://user:password@host:port.",
    unit="URL",
    secret=True,
)
EMAIL_SENDER = declare(
    "ANNEX_EMAIL_SENDER",
    str,
    default="Annex <annex@localhost>",
    sentence="The sender of invitations and password mails.",
    unit="mail address",
)
LOG_JSON = declare(
    "ANNEX_LOG_JSON",
    parse_bool,
    default=False,
    sentence="Write logs as one JSON object a line; production settings always do.",
    unit="true or false",
)
WEB_BIND = declare(
    "ANNEX_WEB_BIND",
    str,
    default="127.0.0.1:8000",
    sentence="Where the web server listens.",
    unit="host:port",
)
POLL_BIND = declare(
    "ANNEX_POLL_BIND",
    str,
    default="127.0.0.1:8001",
    sentence="Where the long poll listens.",
    unit="host:port",
)
BEAT_FILE = declare(
    "ANNEX_BEAT_FILE",
    Path,
    default=Path("var/controlplane/beat"),
    sentence="Where Celery's beat remembers when it last rang.",
    unit="file",
)
KEYS = declare(
    "ANNEX_KEYS",
    Path,
    default=Path("var/controlplane/keys"),
    sentence="Where the control plane keeps its private keys, outside the database.",
    unit="folder",
)
