"""What storage knows of a visitor's conversation, read in one go."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.contacts import URN, Contact
from core.messages import QuickReply
from core.records import Direction, HistoryMessage
from core.storage import Storage

# After this long an answer that did not come is not waited for by reloading any more.
PATIENCE = timedelta(minutes=10)
MAX_POSITION = 2**53  # the largest whole number that a script and both databases agree on


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A conversation so far; empty for somebody who has not written."""

    history: tuple[HistoryMessage, ...] = ()
    contact: Contact | None = None

    @property
    def last_id(self) -> int:
        """Position of the newest bubble; 0 when there is none."""
        return self.history[-1].id if self.history else 0

    @property
    def last_shown_id(self) -> int:
        """Position of the newest bubble of ours; 0 when there is none."""
        return next((one.id for one in reversed(self.history) if one.direction is Direction.OUT), 0)

    def button(self, payload: str) -> QuickReply | None:
        """The button, newest first, that carries a payload."""
        replies = (reply for one in reversed(self.history) for reply in one.message.quick_replies)
        return next((reply for reply in replies if reply.payload == payload), None)

    def answered_after(self, position: int) -> bool:
        """Whether something was said after a position and ours is the last word."""
        return self.last_id > position and self.history[-1].direction is Direction.OUT

    def awaits_answer(self, now: datetime) -> bool:
        """Whether the visitor has the last word and an answer can still be expected."""
        last = self.history[-1] if self.history else None
        return last is not None and last.direction is Direction.IN and now - last.at < PATIENCE


def has_words(message: HistoryMessage) -> bool:
    """Whether a message has anything to show: what a page's address chose came in without words."""
    return bool(message.message.text or message.message.attachments) or message.direction is Direction.OUT


def position(text: str) -> int:
    """A position in the history as a browser sends it; 0 for anything else.

    >>> position("12"), position("-1"), position("x"), position("9" * 40)
    (12, 0, 0, 9007199254740992)
    """
    return min(int(text[:20]), MAX_POSITION) if text.isascii() and text.isdigit() else 0


async def read_talk(storage: Storage, urn: URN, now: datetime) -> Talk:
    """Read a conversation. Nothing is made for an address that nobody wrote from."""
    async with storage.read() as work:
        history = tuple(await work.messages.history(urn))
        wrote = any(one.direction is Direction.IN for one in history)
        # `load` would make a contact for a new address: where a message came in, there is one.
        contact = (await work.people.load([urn], now))[urn].contact if wrote else None
    return Talk(history=history, contact=contact)
