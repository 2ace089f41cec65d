"""All the server knows: one place that people, methods and deliveries share."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import telegram

from core.ports import Clock
from tests.support.faults import Faults
from tests.support.telegram.calls import Call
from tests.support.telegram.changes import Changes
from tests.support.telegram.errors import bad_request
from tests.support.telegram.faults import Fault
from tests.support.telegram.files import Files
from tests.support.telegram.parameters import Parameters
from tests.support.telegram.presses import Presses
from tests.support.telegram.profile import Profile
from tests.support.telegram.rates import Rates
from tests.support.telegram.updates import UpdateQueue

if TYPE_CHECKING:
    from tests.support.telegram.chats import Chat
    from tests.support.telegram.polling import Polling
    from tests.support.telegram.webhook import Webhook


class WallClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """Now."""
        return datetime.now(UTC)


@dataclass
class State:
    """`hurry` shortens every wait of the server itself: 100 makes two seconds twenty milliseconds."""

    bot: telegram.User
    clock: Clock
    hurry: float
    answer_within: float  # seconds a webhook may take, whatever the hurry
    allow_http: bool
    chance: random.Random
    polling: "Polling"
    webhook: "Webhook"
    chats: "dict[int, Chat]" = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    ignored: list[tuple[str, str]] = field(default_factory=list)  # method and parameter nobody looks at
    changes: Changes = field(default_factory=Changes)
    profile: Profile = field(default_factory=Profile)
    reply: Callable[[str, dict[str, Any]], None] = field(init=False)  # make a call found in an answer of the bot
    presses: Presses = field(init=False)
    updates: UpdateQueue = field(init=False)
    files: Files = field(init=False)
    faults: Faults[Fault] = field(init=False)
    rates: Rates = field(init=False)

    def __post_init__(self) -> None:
        self.updates = UpdateQueue(self.clock, self.chance)
        self.presses = Presses(self.clock, self.chance)
        self.files = Files(self.chance)
        self.faults = Faults[Fault](self.hurry)
        self.rates = Rates(self.clock)

    def chat(self, parameters: Parameters) -> "Chat":
        """The chat a call is for. Raises ApiError when the bot cannot write there."""
        chat = self.known_chat(parameters)
        if refusal := chat.refusal():
            raise refusal
        return chat

    def known_chat(self, parameters: Parameters) -> "Chat":
        """The chat a call is about. Raises ApiError when the bot has never seen it."""
        named = str(parameters.values.get("chat_id", ""))
        if not named:
            raise bad_request("chat_id is empty")
        chat = self.chats.get(int(named)) if re.fullmatch(r"-?[0-9]{1,16}", named) else None
        if chat is None:
            raise bad_request("chat not found")
        return chat
