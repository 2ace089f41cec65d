"""How the inbox of the province is doing, on either side of it, for the health page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from core.held import HeldCount, Room
from core.ports import ChannelState
from web.health import Check, State

UNFETCHED_AFTER = timedelta(days=1)  # a machine that is off at night fetches in the morning
NEARLY_FULL = 0.8


class Trouble(StrEnum):
    """Why nothing was fetched."""

    UNREACHED = "unreached"  # no connection, or no answer in time
    KEY = "key"  # it does not accept our key
    ACCOUNT = "account"  # it keeps nothing for an account of this name
    FAILED = "failed"  # it has trouble of its own
    ODD = "odd"  # it is no such house, or of another version
    OWN = "own"  # fetched, and not stored here


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """How the fetching goes, since this process began."""

    trouble: Trouble | None = None
    last: datetime | None = None  # when the house last answered
    stored: int = 0
    refused: int = 0  # fetched, and not signed as they should be


class Puller(Protocol):
    """What fetches the posts of one account."""

    theirs: str
    pulled: Pulled


_SETTINGS_WRONG = (Trouble.KEY, Trouble.ACCOUNT)


def pulling_check(one: Puller) -> Check:
    """How it goes to fetch posts."""
    trouble = one.pulled.trouble
    condition = ChannelState.REFUSED if trouble in _SETTINGS_WRONG else ChannelState.DOWN
    state = State.DOWN if trouble else State.SLOW if one.pulled.refused else State.OK
    facts: dict[str, int | float | str | None] = {
        "last_pull": one.pulled.last.isoformat() if one.pulled.last else None,
        "stored": one.pulled.stored,
        "refused": one.pulled.refused,
    }
    return Check(
        name=f"pulling {one.theirs}",
        state=state,
        detail=trouble or "",
        condition=condition if trouble else ChannelState.UP,
        facts=facts,
    )


def holding_checks(
    accounts: Sequence[str], counts: Mapping[str, HeldCount], now: datetime, room: Room
) -> tuple[Check, ...]:
    """How much waits for other houses, and how long."""
    return tuple(_holding(account, counts.get(account), now, room) for account in accounts)


def _holding(account: str, count: HeldCount | None, now: datetime, room: Room) -> Check:
    if count is None:
        return Check(name=f"holding {account}", state=State.OK, facts={"held": 0, "bytes": 0, "oldest": None})
    age = max(timedelta(0), now - count.oldest)
    full = count.posts >= NEARLY_FULL * room.posts or count.size >= NEARLY_FULL * room.size
    facts: dict[str, int | float | str | None] = {
        "held": count.posts,
        "bytes": count.size,
        "oldest": count.oldest.isoformat(),
    }
    state = State.SLOW if full or age > UNFETCHED_AFTER else State.OK
    return Check(name=f"holding {account}", state=state, detail="full" if full else "", facts=facts)
