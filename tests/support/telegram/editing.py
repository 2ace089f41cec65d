"""Messages of the bot that change or go."""

from typing import TYPE_CHECKING, Any

from telegram import InlineKeyboardMarkup, MessageEntity, TelegramObject
from telegram.constants import ChatType, MessageLimit

from tests.support.telegram.chats import Chat
from tests.support.telegram.entities import units
from tests.support.telegram.errors import bad_request
from tests.support.telegram.keyboards import read_markup
from tests.support.telegram.parameters import Parameters
from tests.support.telegram.sending import Wire, read_caption, read_text
from tests.support.telegram.shown import Shown

if TYPE_CHECKING:
    from tests.support.telegram.state import State

_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
_DELETABLE = 48 * 3600  # seconds


def edit_text(state: "State", parameters: Parameters) -> Wire:
    """Another text in the same place. Raises ApiError when nothing would change."""
    chat, shown = _mine(state, parameters)
    if shown.kind != "text":
        raise bad_request("there is no text in the message to edit")
    text, entities = read_text(parameters)
    if not text:
        raise bad_request("message text is empty")
    if units(text) > MessageLimit.MAX_TEXT_LENGTH:
        raise bad_request("message is too long")
    markup = _inline(parameters, chat)
    if (text, entities, markup) == (shown.text, shown.entities, shown.markup):
        raise bad_request(_SAME)
    shown.before.append(shown.text)
    shown.text = text
    return _change(state, chat, shown, entities, markup)


def edit_caption(state: "State", parameters: Parameters) -> Wire:
    """Other words under a file. Raises ApiError when nothing would change."""
    chat, shown = _mine(state, parameters)
    if shown.kind == "text":
        raise bad_request("there is no caption in the message to edit")
    caption, entities = read_caption(parameters)
    markup = _inline(parameters, chat)
    if (caption, entities, markup) == (shown.caption, shown.entities, shown.markup):
        raise bad_request(_SAME)
    shown.before.append(shown.caption)
    shown.caption = caption
    return _change(state, chat, shown, entities, markup)


def edit_markup(state: "State", parameters: Parameters) -> Wire:
    """Other buttons, or none. Raises ApiError when nothing would change."""
    chat, shown = _mine(state, parameters)
    markup = _inline(parameters, chat)
    if markup == shown.markup:
        raise bad_request(_SAME)
    return _change(state, chat, shown, shown.entities, markup)


def delete_message(state: "State", parameters: Parameters) -> bool:
    """Take a message away: one's own, in a private chat the person's, too. Raises ApiError when it is too old."""
    chat = state.chat(parameters)
    message_id = parameters.integer("message_id")
    if message_id not in chat.messages:
        raise bad_request("message to delete not found")
    shown = chat.find(message_id)
    age = state.clock.now().timestamp() - chat.messages[message_id]["date"]
    if age > _DELETABLE or (shown is None and chat.kind != ChatType.PRIVATE):
        raise bad_request("message can't be deleted")
    if shown is not None:
        shown.deleted = True
    del chat.messages[message_id]
    return True


def _mine(state: "State", parameters: Parameters) -> tuple[Chat, Shown]:
    chat = state.chat(parameters)
    message_id = parameters.integer("message_id")
    if message_id not in chat.messages:
        raise bad_request("message to edit not found")
    shown = chat.find(message_id)
    if shown is None:  # somebody else wrote it
        raise bad_request("message can't be edited")
    return chat, shown


def _inline(parameters: Parameters, chat: Chat) -> InlineKeyboardMarkup | None:
    markup = read_markup(parameters, chat.kind)
    if markup is not None and not isinstance(markup, InlineKeyboardMarkup):
        raise bad_request("inline keyboard expected")
    return markup if markup and markup.inline_keyboard else None


def _change(
    state: "State", chat: Chat, shown: Shown, entities: list[MessageEntity], markup: TelegramObject | None
) -> Wire:
    shown.entities, shown.markup = entities, markup
    wire: dict[str, Any] = dict(chat.messages[shown.message_id])
    words, marks = ("text", "entities") if shown.kind == "text" else ("caption", "caption_entities")
    new = {
        words: shown.text if words == "text" else shown.caption,
        marks: [entity.to_dict() for entity in entities],
        "reply_markup": markup.to_dict() if markup else None,
        "edit_date": int(state.clock.now().timestamp()),
    }
    wire = {name: value for name, value in (wire | new).items() if value not in (None, [], "")}
    chat.messages[shown.message_id] = wire
    return wire
