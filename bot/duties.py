"""Which of the service's work one process does: all of it, unless it is told."""

from enum import StrEnum

from bot.settings import Settings
from core.errors import SettingsError
from db.engine import is_sqlite


class Duty(StrEnum):
    """A part of the work that a process of its own can do, on PostgreSQL."""

    WEB = "web"  # pages and hooks; receives, understands and answers
    WORKER = "worker"  # sends what waits
    SCHEDULER = "scheduler"  # makes the messages of campaigns, finds what a dead process left, tidies up


ALL = frozenset(Duty)


def demand_possible(settings: Settings, duties: frozenset[Duty]) -> None:
    """Raises SettingsError where these duties need others beside them on a database that one process owns."""
    if is_sqlite(settings.database) and duties != ALL:
        raise SettingsError(
            "on SQLite one process does everything",
            where=" ".join(f"--{one}" for one in sorted(duties)),
            mend="leave the options out, or set CHUNGTAY_DATABASE_URL to a PostgreSQL",
        )
