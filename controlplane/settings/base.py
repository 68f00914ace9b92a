"""What all settings of the control plane share. Reads the environment, starts nothing."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from common.addresses import celery_broker_url, django_database
from common.environment import Setting
from common.logging import logging_settings
from common.mail import django_mail
from controlplane.settings import environment as env

REPOSITORY = Path(__file__).resolve().parents[2]

SECRET_KEY = env.SECRET_KEY.read()
DEBUG = False
CONSOLE_ORIGIN = env.CONSOLE_ORIGIN.read()
POLL_ORIGIN = env.POLL_ORIGIN.read()
KEYS_FOLDER = env.KEYS.read()
ALLOWED_HOSTS = [urlsplit(CONSOLE_ORIGIN).hostname or "", *env.ALLOWED_HOSTS.read()]
CSRF_TRUSTED_ORIGINS = [CONSOLE_ORIGIN]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "rest_framework",
    "drf_spectacular",
    "controlplane",
    "controlplane.accounts",
    "controlplane.clusters",
    "controlplane.recipes",
    "controlplane.projects",
    "controlplane.jobs",
    "controlplane.board",
    "controlplane.audit",
    "api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "api.headers.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "controlplane.settings.urls"
WSGI_APPLICATION = "controlplane.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

_ROLE_URLS: dict[str, Setting[str] | Setting[str | None]] = {
    "app": env.DATABASE_URL,
    "owner": env.OWNER_DATABASE_URL,
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
    "sweep-jobs": {"task": "controlplane.jobs.tasks.sweep_jobs_task", "schedule": 10.0},
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
ACCOUNT_ADAPTER = "controlplane.accounts.adapter.InvitedOnly"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": f"{CONSOLE_ORIGIN}/verify-email/{{key}}",
    "account_reset_password": f"{CONSOLE_ORIGIN}/password-reset",
    "account_reset_password_from_key": f"{CONSOLE_ORIGIN}/password-reset/{{key}}",
    "account_signup": f"{CONSOLE_ORIGIN}/sign-up",
}

SESSION_COOKIE_NAME = "annex_console"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "annex_csrf"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "common.problems.exception_handler",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    # A console that watches a job asks about once a second; scripts get the same room.
    # Logins that laptops start, by address, and their short codes that one person tries.
    "DEFAULT_THROTTLE_RATES": {
        "anon": "120/min",
        "user": "1800/min",
        "device_login": "60/min",
        "device_code": "30/min",
    },
    # Without a proxy in front, X-Forwarded-For is whatever the caller writes.
    "NUM_PROXIES": 0,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Annex control plane",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "RoleEnum": "controlplane.accounts.choices.ROLE_CHOICES",
        "MeasuresEnum": "api.v1.board.MEASURES",
        "DatasetRoleEnum": "controlplane.projects.choices.DATASET_ROLES",
        "TaskStateEnum": "controlplane.projects.choices.TASK_STATES",
        "RecipeKindEnum": "controlplane.recipes.models.RECIPE_KINDS",
        "LabelChangeKindEnum": "controlplane.projects.choices.LABEL_CHANGE_KINDS",
        "LabelChangeStateEnum": "controlplane.projects.choices.LABEL_CHANGE_STATES",
    },
    "PREPROCESSING_HOOKS": ["api.schema.only_rest"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "api.schema.speak_openapi_3_0",
        "api.schema.describe_edge",
    ],
}

EMAIL = django_mail(env.EMAIL_URL.read())
EMAIL_BACKEND = EMAIL.backend
EMAIL_HOST, EMAIL_PORT = EMAIL.host, EMAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL.user, EMAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL.use_tls, EMAIL.use_ssl
EMAIL_FILE_PATH = EMAIL.folder
DEFAULT_FROM_EMAIL = env.EMAIL_SENDER.read()

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "/static/"
CONSOLE_BUILD = REPOSITORY / "frontend" / "console" / "dist"
# The console's files; its index page is `api.console`'s, which adds the policy and the cookie.
WHITENOISE_ROOT = CONSOLE_BUILD if CONSOLE_BUILD.is_dir() else None
WHITENOISE_INDEX_FILE = False
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/assets/.+-[\w-]{8}\.\w+$"

LOGGING = logging_settings(as_json=env.LOG_JSON.read())
