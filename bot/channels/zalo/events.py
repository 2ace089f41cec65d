"""What Zalo posts, looked at before it is stored: whose it is, whether it is kept, and by what it is known again.

Nothing that stands in an event is taken for granted: fields are missing in several documented kinds, and kinds come
that nobody described.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from bot.channels.zalo.numbers import whole
from core.contacts import TELEPHONE
from core.records import NewUpdate

SAID = "user_send_"  # how the names of events begin by which somebody says something
FOLLOW, UNFOLLOW, OPENED = "follow", "unfollow", "user_click_chatnow"
# Who takes their consent back is written to no more, as who unfollows.
# Doubt `user_withdraw`: the reference knows its name only, so the person is looked for wherever one can stand.
WITHDRAWN = "user_withdraw"
GONE = (UNFOLLOW, WITHDRAWN)
SUBMITTED = "user_submit_info"
RECEIVED, SEEN = "user_received_message", "user_seen_message"
FETCHED = ("image", "audio", "file")  # kinds of attachments whose content is fetched
MOST_ID = 100  # characters of an id that are kept as they are
MOST_PATH = 25  # digits of a person's id; Zalo's have 19
LONGEST_PHONE = 12  # digits of a telephone number with its country's code


class Part(StrEnum):
    """What becomes of an event."""

    STORED = "stored"  # somebody did something that is answered, or that opens or closes the way to them
    RECEIPT = "receipt"  # a message of ours arrived
    IGNORED = "ignored"  # an echo of our own, somebody else's account, or nothing we know


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event, as far as it says something."""

    part: Part
    name: str
    person: str = field(default="", repr=False)
    messages: tuple[str, ...] = ()  # of a receipt: our messages


def event_of(raw: Mapping[str, Any], oa_id: str) -> Event:
    """What an event is. Of another account than `oa_id`, such as the console's test, nothing is kept."""
    name = raw.get("event_name")
    name = name[:60] if isinstance(name, str) else ""
    if _account(raw, name) != oa_id:
        return Event(part=Part.IGNORED, name=name)
    if name in (RECEIVED, SEEN):
        return _receipt(raw, name)
    person = _person(raw, name)
    known = name in (FOLLOW, *GONE, OPENED, SUBMITTED) or (name.startswith(SAID) and "group" not in name)
    if not known or not person:
        return Event(part=Part.IGNORED, name=name)
    return Event(part=Part.STORED, name=name, person=person)


def _account(raw: Mapping[str, Any], name: str) -> str:
    """Whose account an event is about."""
    if name in (RECEIVED, SEEN) or name.startswith("oa_"):
        return _text(_dict(raw.get("sender")).get("id"))
    return _text(_dict(raw.get("recipient")).get("id")) or _text(raw.get("oa_id"))


def _person(raw: Mapping[str, Any], name: str) -> str:
    """Who did it; follow and user_click_chatnow have no sender."""
    if name in (FOLLOW, UNFOLLOW):
        found = _dict(raw.get("follower")).get("id")
    elif name == OPENED:
        found = raw.get("user_id")
    elif name == WITHDRAWN:
        people = (_dict(raw.get(part)).get("id") for part in ("sender", "follower", "user"))
        found = next((one for one in people if one), raw.get("user_id"))
    else:
        found = _dict(raw.get("sender")).get("id")
    path = _text(found)
    return path if path.isascii() and path.isdecimal() and len(path) <= MOST_PATH else ""


def _receipt(raw: Mapping[str, Any], name: str) -> Event:
    message, person = _dict(raw.get("message")), _text(_dict(raw.get("recipient")).get("id"))
    # One kind has msg_id, the other msg_ids; of template messages the recipient may be a telephone number.
    ids = message.get("msg_ids")
    found = [_text(one) for one in (ids if isinstance(ids, list) else [message.get("msg_id")])]
    messages = tuple(one for one in found if one and len(one) <= 200)[:100]
    if not messages or not (person.isascii() and person.isdecimal()):
        return Event(part=Part.IGNORED, name=name)
    # A person's own number is far longer than a telephone's.
    path = f"{TELEPHONE}{person}" if len(person) <= LONGEST_PHONE else person
    return Event(part=Part.RECEIPT, name=name, person=path, messages=messages)


def new_update(account: str, raw: Mapping[str, Any], event: Event, now: datetime) -> NewUpdate:
    """An event to be stored."""
    return NewUpdate(
        account=account,
        external_id=external_id(raw, event),
        path=event.person,
        raw=raw,
        received_at=now,
        fetch=any(one.get("type") in FETCHED for one in attachments(raw)),
    )


def external_id(raw: Mapping[str, Any], event: Event) -> str:
    """By what it is known when it comes again: Zalo repeats for an hour what was not acknowledged."""
    message = _text(_dict(raw.get("message")).get("msg_id"))
    told = message or f"{event.person}:{_text(raw.get('timestamp'))}"
    if len(told) > MOST_ID or not told.isprintable():
        told = sha256(told.encode("utf-8", "replace")).hexdigest()
    return f"{event.name}:{told}"


def attachments(raw: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What came along: type and payload of each."""
    found = _dict(raw.get("message")).get("attachments")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def moment_of(raw: Mapping[str, Any]) -> datetime | None:
    """When it happened, by Zalo's clock: milliseconds, as text or as a number."""
    stamp = whole(raw.get("timestamp"))
    with suppress(OverflowError, ValueError, OSError):
        return datetime.fromtimestamp(stamp / 1000, UTC) if stamp is not None and stamp > 0 else None
    return None


def _text(value: Any) -> str:
    """An id, which is a text; as a number it is taken too."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**30 else ""
    return value if isinstance(value, str) else ""


def _dict(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
