"""The methods of the Bot Platform, and what each of them reads. There is no other."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from tests.support.zalobot.calls import ApiError
from tests.support.zalobot.parameters import text_of
from tests.support.zalobot.state import State

Values = dict[str, Any]
Method = Callable[[State, Values], Awaitable[Any]]
NOTHING = object()  # {"ok": true} without a result
_STYLES = """b i u s f_13 f_15 f_18 f_20 c_050a19 c_15a85f c_f7b503 c_f27806 c_db342e lst_1 lst_2
ind_1 ind_2 ind_3 ind_4 ind_5"""
STYLES = frozenset(_STYLES.split())


async def get_me(state: State, values: Values) -> Any:
    """Who the bot is."""
    return {
        "id": "1459232241454765289",
        "account_name": "bot.VDKyGxQvc",
        "account_type": "BASIC",
        "can_join_groups": False,
    }


async def get_updates(state: State, values: Values) -> Any:
    """One update."""
    return await state.polling.get_updates(state, values)


async def set_webhook(state: State, values: Values) -> Any:
    """Where to post."""
    return await state.webhook.set(state, values)


async def delete_webhook(state: State, values: Values) -> Any:
    """Nowhere."""
    return state.webhook.delete(state)


async def get_webhook_info(state: State, values: Values) -> Any:
    """Where."""
    return state.webhook.info(state)


async def send_message(state: State, values: Values) -> Any:
    """A text, plain unless a mode or styles are given."""
    text = text_of(values, "text")
    if values.get("parse_mode") not in (None, "markdown", "html"):
        raise ApiError(400, "Bad Request: parse_mode")
    if "parse_mode" not in values:
        _check_styles(values.get("text_styles"), text)
    return state.show(text_of(values, "chat_id"), "text", text)[1]


def _check_styles(styles: Any, text: str) -> None:
    """Bad ranges are refused: a guess."""
    length = len(text.encode("utf-16-le")) // 2
    for one in styles if isinstance(styles, list) else [] if styles is None else [None]:
        known = isinstance(one, dict) and isinstance(one.get("st"), list) and STYLES.issuperset(one["st"])
        if not known or not (one["start"] >= 0 and one["len"] > 0 and one["start"] + one["len"] <= length):
            raise ApiError(400, "Bad Request: text_styles")


async def send_photo(state: State, values: Values) -> Any:
    """A picture by its address: downloaded here, and once more later. What then is missing is black."""
    caption, address = text_of(values, "caption"), text_of(values, "photo")
    first = await _downloaded(address)
    if first is None:
        raise ApiError(400, "Bad Request: photo")
    shown, told = state.show(text_of(values, "chat_id"), "photo", caption)
    await asyncio.sleep(1 / state.hurry)
    shown.pictures = [first, await _downloaded(address)]
    return told


async def _downloaded(address: str) -> bytes | None:
    try:
        async with aiohttp.ClientSession() as session, session.get(address) as answer:
            return await answer.read() if answer.status == 200 else None
    except (aiohttp.ClientError, ValueError):
        return None


async def send_sticker(state: State, values: Values) -> Any:
    """A sticker by its id."""
    return state.show(text_of(values, "chat_id"), "sticker", text_of(values, "sticker"))[1]


async def send_voice(state: State, values: Values) -> Any:
    """A sound by its address; to a group it is granted and nothing is shown."""
    address, chat_id = text_of(values, "voice_url"), text_of(values, "chat_id")
    if not address.endswith(".aac"):
        raise ApiError(400, "Bad Request: voice_url")
    if state.chat(chat_id).kind == "GROUP":
        return {"message_id": state.id(20), "date": state.milliseconds()}
    return state.show(chat_id, "voice", address)[1]


async def send_chat_action(state: State, values: Values) -> Any:
    """A sign of typing."""
    chat = state.chat(text_of(values, "chat_id"))
    if values.get("action") != "typing":
        raise ApiError(400, "Bad Request: action")
    chat.typing += 1
    return NOTHING


METHODS: dict[str, tuple[Method, frozenset[str]]] = {
    "getMe": (get_me, frozenset()),
    "getUpdates": (get_updates, frozenset({"timeout"})),
    "setWebhook": (set_webhook, frozenset({"url", "secret_token"})),
    "deleteWebhook": (delete_webhook, frozenset()),
    "getWebhookInfo": (get_webhook_info, frozenset()),
    "sendMessage": (send_message, frozenset({"chat_id", "text", "parse_mode", "text_styles"})),
    "sendPhoto": (send_photo, frozenset({"chat_id", "photo", "caption"})),
    "sendSticker": (send_sticker, frozenset({"chat_id", "sticker"})),
    "sendVoice": (send_voice, frozenset({"chat_id", "voice_url"})),
    "sendChatAction": (send_chat_action, frozenset({"chat_id", "action"})),
}
