"""What all settings of the worker share. Reads the environment, starts nothing."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from common.addresses import celery_broker_url, django_database
from common.environment import Setting
from common.logging import logging_settings
from worker.settings import environment as env

REPOSITORY = Path(__file__).resolve().parents[2]

SECRET_KEY = env.SECRET_KEY.read()
DEBUG = False
WORKER_ORIGIN = env.ORIGIN.read()
CONTROL_PLANE = env.CONTROL_PLANE.read()
LINK_ENABLED = env.LINK_ENABLED.read()
ALLOWED_HOSTS = [urlsplit(WORKER_ORIGIN).hostname or ""]

INSTALLED_APPS = [
    # DRF's permissions and the anonymous user live in auth; the worker has no Django users.
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "worker.projects",
    "worker.link",
    "worker.people",
    "worker.store",
    "worker.comments",
    "worker.queue",
    "worker.teaching",
    "worker.jobs",
    "worker.predictors",
    "worker.training",
    "worker.recipes",
    "worker.published",
    "worker.annotate",
    "worker.oversight",
    "worker.workbench",
]

MIDDLEWARE = [
    "worker.people.security.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "worker.urls"
WSGI_APPLICATION = "worker.wsgi.application"
TEMPLATES = [
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]

_ROLE_URLS: dict[str, Setting[str] | Setting[str | None]] = {
    "worker": env.DATABASE_URL,
    "owner": env.OWNER_DATABASE_URL,
    "link": env.LINK_DATABASE_URL,
}
DATABASE_ROLE = env.DATABASE_ROLE.read()
DATABASES = {
    "default": django_database(_ROLE_URLS[DATABASE_ROLE].read() or "", max_age_seconds=60),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.REDIS_URL.read()
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL},
}
CELERY_BROKER_URL = celery_broker_url(REDIS_URL)
CELERY_BEAT_SCHEDULE = {
    # Rings that were lost; the link rings at once itself.
    "process-inbox": {"task": "worker.link.tasks.process_inbox_task", "schedule": 5.0},
    "tell-stops": {"task": "worker.link.tasks.tell_stops_task", "schedule": 5.0},
    "report-progress": {"task": "worker.queue.report_progress", "schedule": 3.0},
    "settle-label-changes": {"task": "worker.queue.settle_label_changes", "schedule": 60.0},
    "note-reads": {"task": "worker.queue.note_reads", "schedule": 30.0},
    # New examples before the old ones run out, and packages whose ring was lost.
    "sweep-streams": {"task": "worker.published.sweep", "schedule": 5.0},
    "forget-old-access": {"task": "worker.people.forget_old_access", "schedule": 3600.0},
    "sweep-rankings": {"task": "worker.teaching.sweep_rankings", "schedule": 15.0},
    "sweep-attempts": {
        "task": "worker.jobs.sweep_attempts",
        "schedule": env.JOB_SWEEP_SECONDS.read(),
    },
}

FILES = env.FILES.read()
LOCAL_FOLDER = env.LOCAL.read() or (FILES if isinstance(FILES, Path) else Path("var/worker/local"))
COPIES_BYTES = env.COPIES_BYTES.read()
S3_ENDPOINT = env.S3_ENDPOINT.read()
S3_REGION = env.S3_REGION.read()
S3_ACCESS_KEY = env.S3_ACCESS_KEY.read()
S3_SECRET_KEY = env.S3_SECRET_KEY.read()
UPLOAD_LIMIT_BYTES = env.UPLOAD_LIMIT_BYTES.read()
STATE_FOLDER = env.STATE.read()
ROOTS = env.ROOTS.read()
WRITABLE_ROOTS = env.WRITABLE_ROOTS.read()
ALLOWED_RECIPES = env.ALLOWED_RECIPES.read()
SLOTS = env.SLOTS.read()
ACCESS_LOG_DAYS = env.ACCESS_LOG_DAYS.read()
ADMINISTRATION_IN_BROWSER = env.ADMINISTRATION_IN_BROWSER.read()
SCRIPT_ROLE = env.SCRIPT_ROLE.read()
SCRIPT_DOWNLOADS = env.SCRIPT_DOWNLOADS.read()
JOB_HEARTBEAT_SECONDS = env.JOB_HEARTBEAT_SECONDS.read()
JOB_SILENT_SECONDS = env.JOB_SILENT_SECONDS.read()
JOB_SWEEP_SECONDS = env.JOB_SWEEP_SECONDS.read()
JOB_RUNS = env.JOB_RUNS.read()
JOB_SHORT_SECONDS = env.JOB_SHORT_SECONDS.read()
JOB_LONG_SECONDS = env.JOB_LONG_SECONDS.read()
PUBLISHING = env.PUBLISHING.read()
PACKAGE_BYTES = env.PACKAGE_BYTES.read()
RECIPE_SECONDS = env.RECIPE_SECONDS.read()
RECIPE_MEMORY_BYTES = env.RECIPE_MEMORY_BYTES.read()
RECIPE_CPU_SECONDS = env.RECIPE_CPU_SECONDS.read()
RECIPE_FILE_BYTES = env.RECIPE_FILE_BYTES.read()
RECIPE_PROCESSES = env.RECIPE_PROCESSES.read()
RECIPE_CHECKERS = env.RECIPE_CHECKERS.read()
RECIPES_UNFENCED = env.RECIPES_UNFENCED.read()

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "common.problems.exception_handler",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Annex worker",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    # 3.1 knows null as a type, which is how pydantic writes what may be missing.
    "OAS_VERSION": "3.1.0",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "worker.store.api.schema.describe_problems",
    ],
}

# A file that is uploaded is streamed to disk at once, never held in memory.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
ANNOTATE_BUILD = REPOSITORY / "frontend" / "annotate" / "dist"

# The built app's own files lie at the root; each app's few static files under /static/.
STATIC_URL = "/static/"
WHITENOISE_ROOT = ANNOTATE_BUILD if ANNOTATE_BUILD.is_dir() else None
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
# A file with its own digest in its name never changes: a browser asks for a font or script once.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/assets/.+-[\w-]{8}\.\w+$"

LOGGING = logging_settings(as_json=env.LOG_JSON.read())
