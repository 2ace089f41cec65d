"""Chats in which officers work: bound by a code, told what waits, and how storage is asked for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from core.contacts import URN
from core.messages import OutboundMessage
from core.officers import Officer

CHAT_CODE_LENGTH = 8  # of core.questions.CODE_ALPHABET: 11 thousand million codes
CHAT_CODE_FOR = timedelta(minutes=15)
CHAT_CODES, CHAT_CODES_WITHIN = 5, timedelta(hours=1)  # so many an officer makes at most
# How the dedup key of what is told to an officer's chat begins. What waits under it is taken back by `recall`.
TOLD = "officer:"
ANSWERED = "officer-reply:"  # and of what is said there in answer, where it is about a question
TELLING = (TOLD, ANSWERED)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerChat:
    """A chat that is an officer's desk."""

    address_id: int
    officer_id: int
    urn: URN
    contact_id: int
    language: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """A chat, and the officer as they are now."""

    chat: OfficerChat
    officer: Officer


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatCode:
    """A code that an officer made to bind a chat."""

    officer_id: int
    expires_at: datetime
    used: bool


class OfficerChats(Protocol):
    """The chats in which officers work. A bounded number of statements."""

    async def offer(self, code: bytes, officer_id: int, *, now: datetime, expires_at: datetime) -> None:
        """Keep a new code as its keyed hash; an unused one of the same officer is over."""

    async def offered(self, officer_id: int, *, since: datetime) -> int:
        """How many codes this officer made since then."""

    async def code(self, code: bytes) -> ChatCode | None:
        """A code, also one that is over or was used, as long as it is remembered (a day)."""

    async def bind(self, code: bytes, urn: URN, now: datetime) -> bool:
        """Use the code: this chat is its officer's desk from now on, whoever's it was. False where it is over.

        Codes for joining that were given in this chat go.
        """

    async def of(self, officer_id: int) -> Sequence[OfficerChat]:
        """An officer's chats, the oldest first."""

    async def at(self, urn: URN) -> OfficerChat | None:
        """Whose desk the chat at this address is; None: a citizen's."""

    async def listeners(self) -> Sequence[Listener]:
        """All chats whose officers act here now."""

    async def unbind(self, address_id: int, officer_id: int) -> bool:
        """This chat is a citizen's again, and what waited for the desk is taken back. False where it was not theirs."""

    async def shown(self, urn: URN, external_id: str) -> OutboundMessage | None:
        """The message to which somebody replies, by the id that its channel gave it."""

    async def last_shown(self, urn: URN, begin: str) -> str:
        """The payload of the newest button in this chat that begins so; empty where there is none of late."""

    async def recall(self) -> int:
        """Take back what waits to be told to officers who may not act on it now, or about what is over.

        Gives how many were taken back.
        """
