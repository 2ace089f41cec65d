"""A person and their conversation, as rows and back."""

from typing import Any

from sqlalchemy import Row

from core.contacts import Contact, ContactStatus
from core.conversation import Conversation, Heard, Waiting
from core.messages import QuickReply
from core.rhythm import Rhythm


def contact_of(row: Row[Any]) -> Contact:
    """Who somebody is."""
    return Contact(
        id=row.contact_id,
        locality=row.locality,
        hamlet=row.hamlet,
        language=row.language,
        address_word=row.address_word,
        status=ContactStatus(row.status),
        last_inbound_at=row.last_inbound_at,
        name=row.name,
        phone=row.phone,
        household_status=row.household_status,
        status_since=row.status_since,
        rhythm=Rhythm(row.rhythm),
        muted_until=row.muted_until,
        notice_channel=row.notice_channel,
    )


def conversation_of(row: Row[Any]) -> Conversation:
    """Where their conversation stands."""
    return Conversation(
        waiting=Waiting(state=row.waiting_state, data=row.waiting_data or {}) if row.waiting_state else None,
        topic=row.topic,
        offered=_buttons(row.offered),
        earlier=_buttons(row.earlier),
        heard=_heard(row.heard),
        misses=row.misses,
        version=row.version,
        expires_at=row.expires_at,
    )


def _heard(kept: dict[str, Any] | None) -> Heard | None:
    return Heard(text=kept["text"], labels=tuple(kept["labels"])) if kept else None


def _buttons(pairs: list[list[str]]) -> tuple[QuickReply, ...]:
    return tuple(QuickReply(label=label, payload=payload) for label, payload in pairs)


def conversation_values(one: Conversation) -> dict[str, Any]:
    """A conversation as it is saved."""
    return {
        "was": one.version - 1,  # the service counts up: what is saved follows what was read
        "waiting_state": one.waiting.state if one.waiting else None,
        "waiting_data": dict(one.waiting.data) if one.waiting else None,
        "topic": one.topic,
        "offered": [[reply.label, reply.payload] for reply in one.offered],
        "earlier": [[reply.label, reply.payload] for reply in one.earlier],
        "heard": {"text": one.heard.text, "labels": list(one.heard.labels)} if one.heard else None,
        "misses": one.misses,
        "version": one.version,
        "expires_at": one.expires_at,
    }
