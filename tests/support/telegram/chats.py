"""A chat with the bot in it: who is there, what was said, what is shown."""

from abc import ABC, abstractmethod
from datetime import datetime
from typing import TYPE_CHECKING, Any

import telegram
from telegram import Message

from tests.support.telegram.errors import ApiError
from tests.support.telegram.shown import Shown
from tests.support.telegram.updates import wire

if TYPE_CHECKING:
    from tests.support.telegram.state import State


class Chat(ABC):
    """What a private chat and a group have in common."""

    kind = ""

    def __init__(self, state: "State", chat_id: int) -> None:
        self.state, self.id = state, chat_id
        self.shown: list[Shown] = []
        self.messages: dict[int, dict[str, Any]] = {}  # both ways, as they travel
        self.typing = 0
        self._last_message = 0
        state.chats[chat_id] = self

    @abstractmethod
    def wire(self) -> telegram.Chat:
        """The chat as it stands in messages."""

    @abstractmethod
    def refusal(self) -> ApiError | None:
        """Why the bot cannot write here, if so."""

    @property
    def texts(self) -> list[str]:
        """All that can be read of the bot, in order."""
        return [shown.text or shown.caption for shown in self.shown if not shown.deleted]

    @property
    def last(self) -> Shown:
        """The newest message of the bot. Raises AssertionError where there is none."""
        assert self.shown, f"the bot has written nothing to {self.id}"
        return self.shown[-1]

    def find(self, message_id: int) -> Shown | None:
        """A message of the bot that is still there."""
        return next((s for s in self.shown if s.message_id == message_id and not s.deleted), None)

    def next_id(self) -> int:
        """Numbers grow chat by chat: the same number means different messages in two chats."""
        self._last_message += 1
        return self._last_message

    def write(self, sender: telegram.User, **content: Any) -> Message:
        """Put a message into the chat, whoever wrote it; `messages` has it as it travels."""
        when: datetime = self.state.clock.now()
        message = Message(message_id=self.next_id(), date=when, chat=self.wire(), from_user=sender, **content)
        self.messages[message.message_id] = wire(message)
        return message
