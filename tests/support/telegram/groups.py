"""Groups: the bot hears only what is meant for it."""

from typing import TYPE_CHECKING, Any

import telegram
from telegram import Message, MessageEntity
from telegram.constants import ChatType

from tests.support.telegram.chats import Chat
from tests.support.telegram.entities import covered, seen_in
from tests.support.telegram.errors import ApiError, forbidden
from tests.support.telegram.membership import Membership
from tests.support.telegram.people import Person

if TYPE_CHECKING:
    from tests.support.telegram.state import State


class Group(Chat):
    """Several people and, once it was added, the bot."""

    kind: str = ChatType.GROUP

    def __init__(self, state: "State", chat_id: int, title: str, status: str = "left") -> None:
        super().__init__(state, chat_id)
        self.title = title
        self.left = False  # the bot went of its own accord
        self.migrated_to: Group | None = None
        self.membership = Membership(state, self, status)

    def wire(self) -> telegram.Chat:
        """The chat as it stands in messages."""
        return telegram.Chat(self.id, self.kind, title=self.title)

    def refusal(self) -> ApiError | None:
        """Not in it, thrown out, or moved elsewhere."""
        if self.migrated_to is not None:
            text = "Bad Request: group chat was upgraded to a supergroup chat"
            return ApiError(400, text, {"migrate_to_chat_id": self.migrated_to.id})
        name = "supergroup" if self.kind == ChatType.SUPERGROUP else "group"
        if self.membership.status == "kicked":
            return forbidden(f"bot was kicked from the {name} chat")
        return None if self.membership.status == "member" else forbidden(f"bot is not a member of the {name} chat")

    def adds_bot(self, *, by: Person) -> int | None:
        """Somebody brings the bot in: it hears of its membership, and sees the message everybody sees."""
        self.left = False
        self.membership.bot_becomes("member", by.user)
        return self._tell(self.write(by.user, new_chat_members=[self.state.bot]))

    def kicks_bot(self, *, by: Person) -> int | None:
        """Somebody throws the bot out."""
        return self.membership.bot_becomes("kicked", by.user)

    def leave(self) -> None:
        """The bot goes."""
        self.left = True
        self.membership.bot_becomes("left", self.state.bot)

    def says(self, who: Person, text: str, *, reply_to: int | None = None) -> int | None:
        """Somebody writes. Gives None when it is no business of the bot."""
        earlier = Message.de_json(self.messages[reply_to], None) if reply_to else None
        message = self.write(who.user, text=text, entities=seen_in(text), reply_to_message=earlier)
        return self._tell(message) if self._is_for_bot(message) else None

    def presses(self, who: Person, label: str) -> int | None:
        """Somebody presses a button of the newest message that has it."""
        for shown in reversed(self.shown):
            for name, data in (button for row in shown.buttons for button in row):
                if name == label and not shown.deleted:
                    return who.press(shown, data, chat=self)
        raise AssertionError(f"nothing to press that is {label!r}; there are {[s.labels for s in self.shown]}")

    def becomes_supergroup(self) -> "Group":
        """The group gets another id; the bot is told in both."""
        new = Supergroup(self.state, int(f"-100{abs(self.id)}"), self.title, self.membership.status)
        self._tell(self.write(self.state.bot, migrate_to_chat_id=new.id))
        self.migrated_to = new
        new._tell(new.write(self.state.bot, migrate_from_chat_id=self.id))
        return new

    def _tell(self, message: Message) -> int | None:
        if self.membership.status != "member":
            return None
        return self.state.updates.push("message", self.messages[message.message_id], ("chat", self.id))

    def _is_for_bot(self, message: Message) -> bool:
        earlier: Any = message.reply_to_message
        if earlier is not None and earlier.from_user == self.state.bot:
            return True
        me = str(self.state.bot.username).lower()
        return any(_names(message.text or "", entity, me) for entity in message.entities)


class Supergroup(Group):
    """A group that has grown."""

    kind = ChatType.SUPERGROUP


def _names(text: str, entity: MessageEntity, me: str) -> bool:
    """A command that is not another bot's, or the bot's name."""
    part = covered(text, entity).lower()
    if entity.type == MessageEntity.MENTION:
        return part == f"@{me}"
    return entity.type == MessageEntity.BOT_COMMAND and ("@" not in part or part.endswith(f"@{me}"))
