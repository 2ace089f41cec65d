"""All the server knows: one place that people, methods and deliveries share."""

import random
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from core.ports import Clock
from tests.support.faults import Faults
from tests.support.telegram.changes import Changes
from tests.support.zalobot.calls import ApiError, Call, Shown
from tests.support.zalobot.faults import Fault
from tests.support.zalobot.switches import Switches

if TYPE_CHECKING:
    from tests.support.zalobot.people import Chat
    from tests.support.zalobot.polling import Polling
    from tests.support.zalobot.webhook import Webhook

MONTH = "%Y-%m"


class WallClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """Now."""
        return datetime.now(UTC)


@dataclass
class State:
    """`hurry` shortens every wait of the server itself."""

    clock: Clock
    hurry: float
    chance: random.Random
    switches: Switches
    polling: "Polling"
    webhook: "Webhook"
    url: str = ""
    chats: "dict[str, Chat]" = field(default_factory=dict)
    media: dict[str, bytes] = field(default_factory=dict)  # by the name at the end of its address
    calls: list[Call] = field(default_factory=list)
    ignored: list[tuple[str, str]] = field(default_factory=list)  # method and field nobody looks at
    lost: list[dict[str, Any]] = field(default_factory=list)  # updates that nobody will ever have
    counted: dict[str, int] = field(default_factory=dict)  # messages by month
    changes: Changes = field(default_factory=Changes)
    faults: Faults[Fault] = field(default_factory=Faults)
    held: list[dict[str, Any]] | None = None  # updates kept back by a test
    _told: int = 0

    def id(self, length: int) -> str:
        """An id as the platform makes them: opaque, like hexadecimal digits."""
        return "".join(self.chance.choice("0123456789abcdef") for _ in range(length))

    def milliseconds(self) -> int:
        """Now, as it stands in messages."""
        return int(self.clock.now().timestamp() * 1000)

    def first_way(self, switch: str, first: str) -> bool:
        """Whether a switch stands at the first of its ways, by itself or in its turn."""
        return switch == first or (switch == "alternate" and self._told % 2 == 0)

    def count(self) -> bool:
        """One message of the month; False where it is one too many."""
        month = self.clock.now().strftime(MONTH)
        if self.counted.get(month, 0) >= self.switches.month:
            return False
        self.counted[month] = self.counted.get(month, 0) + 1
        return True

    def chat(self, chat_id: str) -> "Chat":
        """The chat a call is for. Raises ApiError where the bot cannot write."""
        found = self.chats.get(chat_id)
        if found is None or not found.wrote:
            raise ApiError(
                self.switches.unknown_chat, "Forbidden" if self.switches.unknown_chat == 403 else "Bad Request: chat_id"
            )
        if found.blocking:
            raise ApiError(403, "Forbidden")
        return found

    def show(self, chat_id: str, kind: str, text: str) -> tuple[Shown, dict[str, Any]]:
        """Put a message on a screen. Raises ApiError where it is too long, for nobody, or one too many."""
        if not 0 < len(unicodedata.normalize("NFC", text)) <= 2000 and kind == "text":
            raise ApiError(400, "Bad Request: text must have 1 to 2000 characters")
        chat = self.chat(chat_id)
        if not chat.one_of_the_first:
            raise ApiError(429, "Quota exceeded")
        if not self.count():
            raise ApiError(429, "Quota exceeded")
        shown = Shown(self.id(20), self.clock.now(), kind, text)
        chat.shown.append(shown)
        self.changes.tell()
        return shown, {"message_id": shown.message_id, "date": self.milliseconds()}

    def deliver(self, update: dict[str, Any], lane: str) -> None:
        """Hand an update to the bot, whichever way it has chosen; without one it is lost."""
        self._told += 1
        if self.held is not None:
            self.held.append({"update": update, "lane": lane})
        elif self.webhook.url:
            self.webhook.send(self, update, lane)
        else:
            self.polling.add(self, update)
        self.changes.tell()

    def body(self, update: dict[str, Any]) -> dict[str, Any]:
        """An update as a webhook's body: in the documented shape or in the one that was captured."""
        return {"ok": True, "result": update} if self.first_way(self.switches.shape, "wrapped") else update
