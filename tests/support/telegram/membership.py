"""Whether the bot is in a chat, and what it hears when that changes."""

from typing import TYPE_CHECKING

import telegram
from telegram import ChatMember, ChatMemberBanned, ChatMemberLeft, ChatMemberMember, ChatMemberUpdated

from tests.support.telegram.chats import Chat
from tests.support.telegram.updates import wire

if TYPE_CHECKING:
    from tests.support.telegram.state import State


class Membership:
    """The bot's own place in one chat: "member", "left" or "kicked"."""

    def __init__(self, state: "State", chat: Chat, status: str = "member") -> None:
        self._state, self._chat = state, chat
        self.status = status

    def bot_becomes(self, status: str, by: telegram.User) -> int | None:
        """Change it; the bot gets `my_chat_member`, in a queue of its own. Gives the update's number."""
        before, self.status = self._member(), status
        now = self._state.clock.now()
        change = ChatMemberUpdated(self._chat.wire(), by, now, before, self._member())
        return self._state.updates.push("my_chat_member", wire(change), ("member", self._chat.id))

    def _member(self) -> ChatMember:
        bot = self._state.bot
        if self.status == "kicked":
            return ChatMemberBanned(bot, until_date=0)  # type: ignore[arg-type]
        return ChatMemberMember(bot) if self.status == "member" else ChatMemberLeft(bot)
