"""Messages of the bot: everything that ends in something new on a person's screen."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from telegram import InlineKeyboardMarkup, LinkPreviewOptions, Location, Message, MessageEntity, ReplyParameters
from telegram.constants import MessageLimit

from tests.support.telegram.chats import Chat
from tests.support.telegram.entities import trimmed, units
from tests.support.telegram.errors import ApiError, bad_request
from tests.support.telegram.html import read_html
from tests.support.telegram.keyboards import read_markup
from tests.support.telegram.parameters import Parameters
from tests.support.telegram.shown import Shown
from tests.support.telegram.uploads import take_file

if TYPE_CHECKING:
    from tests.support.telegram.state import State

Wire = dict[str, Any]
_FILES = ("photo", "document", "voice", "audio", "video")
_COPIED = ("text", "entities", "caption", "caption_entities", "location", *_FILES)


def send_message(state: "State", parameters: Parameters) -> Wire:
    """A text. Raises ApiError when it is empty, too long or badly formed."""
    chat = state.chat(parameters)
    text, entities = read_text(parameters)
    if not text:
        raise bad_request("message text is empty")
    if units(text) > MessageLimit.MAX_TEXT_LENGTH:
        raise bad_request("message is too long")
    _read_object(parameters, "link_preview_options", LinkPreviewOptions)
    shown = Shown(0, "sendMessage", state.clock.now(), text=text, entities=entities)
    return _put(state, parameters, chat, shown, text=text, entities=entities)


def send_file(state: "State", parameters: Parameters, *, kind: str, method: str) -> Wire:
    """A picture, document or recording, new or known by its id. Raises ApiError as its limits say."""
    chat = state.chat(parameters)
    caption, entities = read_caption(parameters)
    stored, content = take_file(state.files, parameters, kind)
    shown = Shown(0, method, state.clock.now(), kind, entities=entities, caption=caption, upload=stored.upload)
    return _put(state, parameters, chat, shown, caption=caption or None, caption_entities=entities, **content)


def send_location(state: "State", parameters: Parameters) -> Wire:
    """A place on the map. Raises ApiError where there is none."""
    chat = state.chat(parameters)
    place = Location(latitude=parameters.number("latitude"), longitude=parameters.number("longitude"))
    if abs(place.latitude) > 90 or abs(place.longitude) > 180:
        raise bad_request("wrong location specified")
    shown = Shown(0, "sendLocation", state.clock.now(), "location", text=f"{place.latitude},{place.longitude}")
    return _put(state, parameters, chat, shown, location=place)


def copy_message(state: "State", parameters: Parameters) -> Wire:
    """A message of the bot once more, in another chat, without a word of where it comes from."""
    chat = state.chat(parameters)
    source = state.chat(Parameters({"chat_id": parameters.values.get("from_chat_id")}))
    original = source.find(parameters.integer("message_id"))
    if original is None:
        raise bad_request("message to copy not found")
    message = Message.de_json(source.messages[original.message_id], None)
    content = {name: getattr(message, name) for name in _COPIED}
    shown = replace(original, method="copyMessage", at=state.clock.now(), before=[])
    return {"message_id": _put(state, parameters, chat, shown, **content)["message_id"]}


def _put(state: "State", parameters: Parameters, chat: Chat, shown: Shown, **content: Any) -> Wire:
    markup = read_markup(parameters, chat.kind)
    reply_to = _reply_to(parameters, chat)
    state.rates.take(chat.id)
    inline = markup if isinstance(markup, InlineKeyboardMarkup) else None
    earlier = Message.de_json(chat.messages[reply_to], None) if reply_to else None
    message = chat.write(state.bot, reply_markup=inline, reply_to_message=earlier, **content)
    shown.message_id, shown.markup, shown.reply_to = message.message_id, markup, reply_to
    shown.silent, shown.protected = parameters.flag("disable_notification"), parameters.flag("protect_content")
    chat.shown.append(shown)
    return chat.messages[message.message_id]


def _reply_to(parameters: Parameters, chat: Chat) -> int | None:
    given = _read_object(parameters, "reply_parameters", ReplyParameters)
    if given is None:
        return None
    if given.message_id in chat.messages:
        return int(given.message_id)
    if given.allow_sending_without_reply:
        return None
    raise bad_request("message to be replied not found")


def _read_object(parameters: Parameters, name: str, kind: Any) -> Any:
    """A JSON object PTB can read, or None. Raises ApiError when it cannot."""
    given = parameters.parsed(name, f"can't parse {name} JSON object")
    if given is None:
        return None
    try:
        return kind.de_json(given, None)
    except (TypeError, ValueError, AttributeError, KeyError) as error:
        raise bad_request(f"can't parse {name}: {error}") from None


def read_text(parameters: Parameters, name: str = "text", marks: str = "entities") -> tuple[str, list[MessageEntity]]:
    """A text and its marks, by parse_mode or told apart. Raises ApiError when they do not fit."""
    text, mode = parameters.text(name), parameters.text("parse_mode").lower()
    if mode == "html":
        return read_html(text)
    if mode in ("markdown", "markdownv2"):
        raise ApiError(501, "Not Implemented: this server reads HTML only")
    if mode:
        raise bad_request("unsupported parse_mode")
    return trimmed(text, _entities(parameters, marks, units(text)))


def read_caption(parameters: Parameters) -> tuple[str, list[MessageEntity]]:
    """The words under a file. Raises ApiError when they are too long or badly formed."""
    caption, entities = read_text(parameters, "caption", "caption_entities")
    if units(caption) > MessageLimit.CAPTION_LENGTH:
        raise bad_request("message caption is too long")
    return caption, entities


def _entities(parameters: Parameters, marks: str, length: int) -> list[MessageEntity]:
    given = parameters.parsed(marks, f"can't parse {marks} JSON object")
    if given is None:
        return []
    try:
        entities = list(MessageEntity.de_list(given, None))
        if all(e.offset >= 0 and e.length > 0 and e.offset + e.length <= length for e in entities):
            return entities[: MessageLimit.MESSAGE_ENTITIES]
    except (TypeError, ValueError, AttributeError, KeyError) as error:
        raise bad_request(f"can't parse entities: {error}") from None
    raise bad_request("can't parse entities: an entity is out of the text")
