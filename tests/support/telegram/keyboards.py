"""What a message may carry under it."""

from typing import Any

from telegram import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    TelegramObject,
)
from telegram.constants import InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit, ReplyLimit

from tests.support.telegram.errors import bad_request
from tests.support.telegram.parameters import Parameters

_DOES = (  # an inline button does exactly one of these
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_SCHEMES = ("http://", "https://", "tg://", "mailto:", "tel:")


def read_markup(parameters: Parameters, chat_kind: str) -> TelegramObject | None:
    """The keyboard of a message, if it has one. Raises ApiError when it breaks a rule."""
    given = parameters.parsed("reply_markup", "can't parse reply keyboard markup JSON object")
    if given is None:
        return None
    if not isinstance(given, dict):
        raise bad_request("object expected as reply markup")
    try:
        return _read(given, chat_kind)
    except (TypeError, ValueError, AttributeError, KeyError) as error:
        raise bad_request(f"can't parse reply keyboard markup: {error}") from None


def _read(given: dict[str, Any], chat_kind: str) -> TelegramObject:
    if "inline_keyboard" in given:
        inline = InlineKeyboardMarkup.de_json(given, None)
        _check_size(inline.inline_keyboard)
        for one in (one for row in inline.inline_keyboard for one in row):
            _check_inline(one)
        return inline
    if "keyboard" in given:
        rows = [[_key(one) for one in row] for row in given["keyboard"]]  # PTB, a client, never reads these
        replies = ReplyKeyboardMarkup.de_json(given | {"keyboard": rows}, None)
        for key in (key for row in replies.keyboard for key in row):
            _check_reply(key, chat_kind)
        _check_placeholder(replies.input_field_placeholder)
        return replies
    if given.get("remove_keyboard") is True:
        return ReplyKeyboardRemove.de_json(given, None)
    if given.get("force_reply") is True:
        forced = ForceReply.de_json(given, None)
        _check_placeholder(forced.input_field_placeholder)
        return forced
    raise ValueError("no known kind of keyboard")


def _key(given: Any) -> KeyboardButton:
    return KeyboardButton.de_json({"text": given} if isinstance(given, str) else given, None)


def _check_size(rows: tuple[tuple[InlineKeyboardButton, ...], ...]) -> None:
    if any(len(row) > InlineKeyboardMarkupLimit.BUTTONS_PER_ROW for row in rows):
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    if sum(len(row) for row in rows) > InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER:
        raise bad_request("REPLY_MARKUP_TOO_LONG")


def _check_text(text: Any) -> None:
    if not isinstance(text, str) or not text.strip():
        raise bad_request("can't parse inline keyboard button: button text must be non-empty")


def _check_inline(button: InlineKeyboardButton) -> None:
    _check_text(button.text)
    does = [name for name in _DOES if getattr(button, name) not in (None, "", False)]
    if len(does) != 1:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
            if not does
            else f"can't parse inline keyboard button: it cannot do {does[0]} and {does[1]}"
        )
    if button.callback_data and (
        not isinstance(button.callback_data, str)
        or len(button.callback_data.encode()) > InlineKeyboardButtonLimit.MAX_CALLBACK_DATA
    ):
        raise bad_request("BUTTON_DATA_INVALID")
    if button.url and not button.url.startswith(_SCHEMES):
        raise bad_request(f"inline keyboard button URL '{button.url}' is invalid: Wrong HTTP URL")
    if button.copy_text and not 1 <= len(button.copy_text.text) <= InlineKeyboardButtonLimit.MAX_COPY_TEXT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _check_reply(button: KeyboardButton, chat_kind: str) -> None:
    _check_text(button.text)
    if chat_kind != "private" and button.request_contact:
        raise bad_request("phone number can be requested in private chats only")
    if chat_kind != "private" and button.request_location:
        raise bad_request("location can be requested in private chats only")


def _check_placeholder(text: str | None) -> None:
    if text is not None and not ReplyLimit.MIN_INPUT_FIELD_PLACEHOLDER <= len(text) <= (
        ReplyLimit.MAX_INPUT_FIELD_PLACEHOLDER
    ):
        raise bad_request("input field placeholder must be 1 to 64 characters long")
