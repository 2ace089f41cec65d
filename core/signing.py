"""How officers sign in: what is kept of a password, a session, a link, and of failed tries (docs/decisions/0027)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

IDLE = timedelta(hours=12)  # without a page being opened; then the session is over
LONGEST = timedelta(days=7)  # a session lasts no longer, however busy it is
KNOWN_FOR = timedelta(days=180)  # since the last signing in, a browser is known to have been its officer's
LINK_LASTS = timedelta(hours=24)
DRAFT_LASTS = timedelta(days=1)  # what was typed when a session ended
RECOVERY_CODES = 10
TRIES_BY_NAME = 5  # wrong ones in a row; then each further one costs a wait
TRIES_BY_ADDRESS = 10  # a whole office may share one address
LONGEST_WAIT = timedelta(minutes=60)
TRIES_FORGOTTEN = timedelta(hours=24)  # after the last one


class LinkPurpose(StrEnum):
    """What somebody who has the link may do with it, once."""

    FIRST = "first"  # become the installation's first administrator
    PASSWORD = "password"  # noqa: S105 - set a password and a second factor anew, for the officer it was made for


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """What an officer signs in with, as it is kept."""

    officer_id: int
    password: str = field(repr=False)  # an Argon2 hash with its own salt
    secret: bytes = field(repr=False)  # of the codes that change every 30 seconds, sealed
    used_step: int  # the newest step of time whose code was used


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One browser in which an officer signed in."""

    id: int
    officer_id: int
    browser: str  # "Chrome · Windows"
    created_at: datetime
    seen_at: datetime
    ended_at: datetime | None = None

    @property
    def expires_at(self) -> datetime:
        """When it is over, should no page be opened until then."""
        return min(self.seen_at + IDLE, self.created_at + LONGEST)

    def holds(self, now: datetime) -> bool:
        """Whether it lets somebody in."""
        return self.ended_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link that is good once."""

    purpose: LinkPurpose
    officer_id: int | None  # None: whoever has the machine
    secret: bytes = field(repr=False)  # of the codes that its page shows, sealed
    expires_at: datetime
    used_at: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether it can still be used."""
        return self.used_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How many wrong tries of one kind are free: by a name, or from an address."""

    key: bytes = field(repr=False)  # a keyed hash: neither names nor addresses are kept
    free: int


def wait_after(failures: int, free: int) -> timedelta:
    """How long nobody may try after so many failures: nothing, then 1, 2, 4, ... minutes, an hour at most.

    >>> [str(wait_after(n, 5)) for n in (4, 5, 6, 7, 99)]
    ['0:00:00', '0:01:00', '0:02:00', '0:04:00', '1:00:00']
    """
    if failures < free:
        return timedelta()
    return min(timedelta(minutes=2 ** min(failures - free, 10)), LONGEST_WAIT)
