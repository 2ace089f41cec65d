"""Logs for operators: one line an event, with internal ids only.

Personal data is kept out by the types that hold it (they do not print it); what a fault says about itself is cut to its
kind, because a message of a library may repeat what a person typed.
"""

import logging
import sys
import time
import traceback
from pathlib import Path

import structlog

from core.errors import ChungTayError, SendError

AGAIN_AFTER = 60.0  # seconds
_told: dict[tuple[str, str, str | None], tuple[float, int]] = {}  # when last told, and how often since without a word


def set_up(level: str) -> None:
    """Configure logging for the process; goes to standard error."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer(colors=False)
            if sys.stderr.isatty()
            else structlog.processors.LogfmtRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # as it is when something is told
    )


def report_fault(where: str, error: BaseException) -> None:
    """Tell an engineer: what kind of fault, and where in the code; never its values.

    The same fault is told once in AGAIN_AFTER seconds, with how often it came: a database that is away for an hour
    fills no disk.
    """
    places = " < ".join(_places(error)) or None
    ours = isinstance(error, ChungTayError | SendError)
    # What was told and not raised has no place: two posts that are skipped at once are two things to tell.
    fault = (where, type(error).__name__, places or (str(error) if ours else None))
    now = time.monotonic()
    told_at, unsaid = _told.get(fault, (-AGAIN_AFTER, 0))
    if now - told_at < AGAIN_AFTER:
        _told[fault] = (told_at, unsaid + 1)
        return
    _told[fault] = (now, 0)
    log = structlog.get_logger()
    log.error(
        "fault",
        where=where,
        kind=type(error).__name__,
        what=str(error) if ours else None,
        at=places,
        unsaid=unsaid or None,
    )


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames[-4:])]
