"""Structured logs whose keys are on an allow-list.

An event is a constant sentence; everything that varies is a named value. A key that is not on
the list is dropped, so a careless call cannot write text, bodies or names into a log.
"""

from __future__ import annotations

import sys
import traceback
from types import TracebackType
from typing import Any, Final

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

ALLOWED_KEYS: Final = frozenset(
    """
    event level logger timestamp plane process
    exception_type frames code family status stage ref
    method route duration_ms request_id
    organization actor member cluster project task job attempt epoch seq asset dataset model
    recipe command kind state from_state to_state
    count done total bytes_total attempt_number wait_seconds age_seconds port pid exit_code signal
    """.split()
)


def keep_allowed_keys(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Drop every key that is not on the list; say how many were dropped."""
    kept = {key: value for key, value in event.items() if key in ALLOWED_KEYS}
    if len(kept) < len(event):
        kept["dropped_keys"] = len(event) - len(kept)
    return kept


def exception_without_message(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Replace exc_info by the exception's type and frames: messages may quote customer text."""
    raised = event.pop("exc_info", None)
    if isinstance(raised, BaseException):
        raised = (type(raised), raised, raised.__traceback__)
    if isinstance(raised, tuple) and raised[0] is not None:
        event["exception_type"] = f"{raised[0].__module__}.{raised[0].__qualname__}"
        event["frames"] = frames_of(raised[2])
    return event


def keep_terminal_keys(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Apply the allow-list but keep the exception, which the terminal's renderer prints."""
    raised = event.get("exc_info")
    kept = keep_allowed_keys(logger, name, event)
    return {**kept, "exc_info": raised} if raised else kept


def resolve_exception(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Turn `exc_info=True` into the exception that is being handled."""
    if event.get("exc_info") is True:
        event["exc_info"] = sys.exc_info()
    return event


def frames_of(trace: TracebackType | None) -> list[str]:
    """Return `file:line function` per frame, innermost last, without source lines."""
    summary = traceback.StackSummary.extract(traceback.walk_tb(trace), lookup_lines=False)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in summary]


def shared_processors() -> list[Processor]:
    """Return the steps that our own events and those of libraries both pass."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def configure_structlog() -> None:
    """Send structlog's events through the standard library, so that one handler writes all."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared_processors(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def logging_settings(*, as_json: bool, level: str = "INFO") -> dict[str, Any]:
    """Return Django's LOGGING and set structlog up to match.

    Args: as_json: one JSON object a line, exceptions without their messages, for production;
        otherwise coloured lines with full tracebacks for a person at a terminal.
    """
    configure_structlog()
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "annex": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared_processors(),
                "processors": json_processors() if as_json else terminal_processors(),
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "annex"}},
        "root": {"handlers": ["stderr"], "level": level},
        # Request lines carry paths and search terms; our own middleware logs the route instead.
        "loggers": {
            "django.server": {"level": "WARNING"},
            "django.request": {"level": "ERROR"},
            "httpx": {"level": "WARNING"},
        },
    }


def json_processors() -> list[Processor]:
    """Return the last steps in production."""
    return [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        resolve_exception,
        exception_without_message,
        keep_allowed_keys,
        structlog.processors.JSONRenderer(),
    ]


def terminal_processors() -> list[Processor]:
    """Return the last steps on a developer's terminal."""
    return [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        keep_terminal_keys,
        # The default traceback prints local variables: rows, plans and texts among them.
        structlog.dev.ConsoleRenderer(
            colors=False, exception_formatter=structlog.dev.plain_traceback
        ),
    ]
