"""What an officer's message in their own chat is handled with, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from content.catalogue import Catalogue
from content.wording import Wording, wording
from core.console_storage import Once
from core.conversation import Conversation, Waiting
from core.messages import InboundMessage, OutboundMessage, QuickReply
from core.officer_chats import OfficerChat
from core.officers import Officer
from core.storage import Storage
from handlers.campaigning import Month
from handlers.officer_chats.binding import LIST, CodeHash

WORDS, LOOK, LOOSE = "officer.words", "officer.look", "officer.loose"  # an answer: its words, a look at it; of which?
REASON, SURE = "officer.reason", "officer.sure"  # a notice: why it is returned; the last yes
FREE = (WORDS, REASON)  # states in which whatever is typed is taken as words, a number too
DROP = "officer-drop"


class Months(Protocol):
    """What a notice is held against; with `ask`, after asking the providers what is left of their packages."""

    async def __call__(self, *, ask: bool) -> Month: ...


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What officers' chats need of the process."""

    keyed_hash: CodeHash  # of codes
    month: Months
    address: str = ""  # of the pages; empty where there are none
    at_night: bool = False  # questions that are not urgent go in quiet hours too


@dataclass(frozen=True, kw_only=True)
class At:
    """One message of an officer, in their chat."""

    storage: Storage
    content: Catalogue
    ground: Ground
    officer: Officer
    chat: OfficerChat
    conversation: Conversation
    message: InboundMessage
    now: datetime
    once: Once  # the message, that counts once

    @property
    def words(self) -> Wording:
        """The sentences in the chat's language."""
        return wording(self.chat.language)

    @property
    def waiting(self) -> Waiting:
        """What is waited for; a state without a name where nothing is."""
        return self.conversation.waiting or Waiting(state="")

    def say(self, message_id: str, *buttons: QuickReply, about: int = 0, **values: object) -> "Told":
        """One bubble from the catalogue."""
        return self.tell(self.words.text(message_id, **values), *buttons, about=about)

    def tell(self, text: str, *buttons: QuickReply, about: int = 0) -> "Told":
        """One bubble of ready text."""
        return Told(replies=(OutboundMessage(text=text, quick_replies=buttons),), about=about)

    def choice(self, name: str, payload: str, **values: object) -> QuickReply:
        """A button with its label."""
        return QuickReply(label=self.words.text(f"officer-chat.{name}.button", **values), payload=payload)

    @property
    def to_list(self) -> QuickReply:
        """The way back to what waits."""
        return self.choice("list", LIST)

    @property
    def to_drop(self) -> QuickReply:
        """Out of what was begun."""
        return self.choice("drop", DROP)

    def page(self, path: str) -> str:
        """A page of the console, as something that can be opened."""
        return f"{self.ground.address}/console/{path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an officer is answered."""

    replies: tuple[OutboundMessage, ...]
    waiting: Waiting | None = None
    about: int = 0  # the question whose words it may repeat: they go when the person's data is erased
    leaves: bool = False  # the chat is a citizen's again

    def wait(self, state: str, **data: Any) -> "Told":
        """The same, waiting for what comes next."""
        return replace(self, waiting=Waiting(state=state, data=data))

    def still(self, waiting: Waiting) -> "Told":
        """The same, with what was waited for before."""
        return replace(self, waiting=waiting if waiting.state else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An answer that was written and not sent."""

    key: str  # number or code of the question
    text: str = field(repr=False)
    files: tuple[Mapping[str, Any], ...] = ()
    seen: int | None = None  # the version that stood in the chat
