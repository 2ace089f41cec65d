"""Persons with a Telegram app: what they do, and what they see."""

from typing import TYPE_CHECKING, Any

import telegram
from telegram import (
    CallbackQuery,
    InaccessibleMessage,
    InlineKeyboardMarkup,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.constants import ChatType, MessageLimit

from tests.support.telegram.chats import Chat
from tests.support.telegram.entities import seen_in, units
from tests.support.telegram.errors import ApiError, forbidden
from tests.support.telegram.membership import Membership
from tests.support.telegram.post import Post
from tests.support.telegram.presses import Press
from tests.support.telegram.shown import Shown, gives
from tests.support.telegram.updates import PRESS, wire

if TYPE_CHECKING:
    from tests.support.telegram.state import State


_KEYS = (ReplyKeyboardMarkup, ReplyKeyboardRemove)


class Person(Post, Chat):
    """One person's private chat with the bot."""

    kind = ChatType.PRIVATE

    def __init__(self, state: "State", user: telegram.User) -> None:
        super().__init__(state, user.id)
        self.user = user
        self.started, self.active, self.blocking = True, True, False
        self._membership = Membership(state, self)

    def wire(self) -> telegram.Chat:
        """The chat as it stands in messages."""
        user = self.user
        return telegram.Chat(
            user.id, self.kind, username=user.username, first_name=user.first_name, last_name=user.last_name
        )

    def refusal(self) -> ApiError | None:
        """Blocked, gone, or never begun."""
        if not self.active:
            return forbidden("user is deactivated")
        if self.blocking:
            return forbidden("bot was blocked by the user")
        return None if self.started else forbidden("bot can't initiate conversation with a user")

    # What the person does. Each gives the number of the update, or None when the bot did not ask for its kind.

    def says(self, text: str, *, reply_to: int | None = None) -> int | None:
        """Write a text. The app cuts longer ones into several messages, so a longer one cannot be."""
        assert 0 < units(text) <= MessageLimit.MAX_TEXT_LENGTH, "no app sends a text of this length"
        earlier = Message.de_json(self.messages[reply_to], None) if reply_to else None
        return self.posts(text=text, entities=seen_in(text), reply_to_message=earlier)

    def posts(self, **content: Any) -> int | None:
        """Send a message of any content. Who blocks the bot or never started must do that first."""
        assert self.active and not self.blocking, "whoever is gone or blocks the bot writes nothing"
        self.started = True
        message = self.write(self.user, **content)
        return self.state.updates.push("message", self.messages[message.message_id], ("chat", self.id))

    def edits(self, message_id: int, text: str) -> int | None:
        """Change what was written before."""
        earlier = self.messages[message_id]
        assert earlier["from"]["id"] == self.id, "nobody edits another's message"
        earlier |= {"text": text, "edit_date": int(self.state.clock.now().timestamp())}
        earlier["entities"] = [entity.to_dict() for entity in seen_in(text)]
        return self.state.updates.push("edited_message", dict(earlier), ("chat", self.id))

    def presses(
        self,
        label: str | None = None,
        *,
        callback_data: str | None = None,
        message_id: int | None = None,
        inaccessible: bool = False,
    ) -> int | None:
        """Press a button of the newest message that has it; one in place of the letters says its label."""
        shown, data = self._button(label, callback_data, message_id)
        if data is None:
            return self.says(str(label))
        return self.press(shown, data, inaccessible=inaccessible)

    def press(self, shown: Shown, data: str, *, chat: Chat | None = None, inaccessible: bool = False) -> int | None:
        """Give these data back from this message, wherever it is shown."""
        where = chat or self
        message: Message | InaccessibleMessage | None
        if inaccessible:
            message = InaccessibleMessage(where.wire(), shown.message_id)
        else:
            message = Message.de_json(where.messages[shown.message_id], None)
        press = self.state.presses.add(self.id, data)
        query = CallbackQuery(press.query_id, self.user, str(where.id * 7919), message=message, data=data)
        return self.state.updates.push("callback_query", wire(query), ("press", self.id), PRESS)

    def _button(self, label: str | None, data: str | None, message_id: int | None) -> tuple[Shown, str | None]:
        # Keys in place of the letters stand until others come, or are taken away.
        keys = next((shown for shown in reversed(self.shown) if isinstance(shown.markup, _KEYS)), None)
        for shown in reversed(self.shown):
            if message_id not in (None, shown.message_id):
                continue
            if shown is keys and isinstance(shown.markup, ReplyKeyboardMarkup) and label in shown.labels:
                asks = [
                    key for row in shown.markup.keyboard for key in row if key.request_contact or key.request_location
                ]
                assert label not in [key.text for key in asks], f"{label!r} asks first: use sends_contact or _location"
                return shown, None
            if isinstance(shown.markup, InlineKeyboardMarkup) and not shown.deleted:
                for button in (button for row in shown.markup.inline_keyboard for button in row):
                    if label == button.text or (data is not None and data == button.callback_data):
                        assert button.callback_data, f"the button {button.text!r} only opens {gives(button)!r}"
                        return shown, str(button.callback_data)
        seen = [shown.labels for shown in self.shown]
        raise AssertionError(f"nothing to press that is {label or data!r}; there are {seen}")

    def blocks(self) -> int | None:
        """Stop the bot."""
        self.blocking = True
        return self._membership.bot_becomes("kicked", self.user)

    def unblocks(self) -> int | None:
        """Start the bot again."""
        self.blocking = False
        return self._membership.bot_becomes("member", self.user)

    def deactivates(self) -> None:
        """The account is gone; the bot is told only when it writes."""
        self.active = False

    def never_starts(self) -> None:
        """As if the bot had only heard of this person."""
        self.started = False

    # What the person sees.

    @property
    def pressed(self) -> list[Press]:
        """All presses, in order."""
        return self.state.presses.of(self.id)

    @property
    def answered(self) -> list[Press]:
        """Presses whose progress bar is gone: query id, answer and time."""
        return [press for press in self.pressed if press.answered_at is not None]
