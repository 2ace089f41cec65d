"""What the server can do, by the name it is asked by."""

import inspect
from collections.abc import Awaitable, Callable
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import telegram
from telegram import ChatMemberMember
from telegram.constants import CallbackQueryLimit, ChatAction

from tests.support.telegram import editing, sending
from tests.support.telegram.errors import ApiError, bad_request, not_found
from tests.support.telegram.groups import Group
from tests.support.telegram.parameters import Parameters

if TYPE_CHECKING:
    from tests.support.telegram.state import State

Method = Callable[["State", Parameters], Any | Awaitable[Any]]


def _get_me(state: "State", parameters: Parameters) -> Any:
    can = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
    return state.bot.to_dict() | can | {"can_connect_to_business": False, "has_main_web_app": False}


def _answer_press(state: "State", parameters: Parameters) -> bool:
    text = parameters.text("text")
    if len(text) > CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH:
        raise bad_request("MESSAGE_TOO_LONG")
    state.presses.answer(
        parameters.text("callback_query_id"),
        text=text,
        alert=parameters.flag("show_alert"),
        url=parameters.text("url"),
    )
    return True


def _chat_action(state: "State", parameters: Parameters) -> bool:
    chat = state.chat(parameters)
    if parameters.text("action") not in set(ChatAction):
        raise bad_request("wrong parameter action in request")
    chat.typing += 1
    return True


def _get_chat(state: "State", parameters: Parameters) -> Any:
    chat = state.known_chat(parameters)
    if isinstance(chat, Group) and (refusal := chat.refusal()):
        raise refusal  # a person who blocks the bot can still be looked up
    return chat.wire().to_dict() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}


_NO_GIFTS = telegram.AcceptedGiftTypes(False, False, False, False, False).to_dict()


def _get_chat_member(state: "State", parameters: Parameters) -> Any:
    state.chat(parameters)
    user_id = parameters.integer("user_id")
    person = state.chats.get(user_id)
    user = state.bot if user_id == state.bot.id else getattr(person, "user", None)
    if user is None:
        raise bad_request("member not found")
    return ChatMemberMember(user).to_dict()


def _leave_chat(state: "State", parameters: Parameters) -> bool:
    chat = state.chat(parameters)
    if not isinstance(chat, Group):
        raise bad_request("chat member status can't be changed in private chats")
    chat.leave()
    return True


def _get_file(state: "State", parameters: Parameters) -> Any:
    return state.files.get_file(parameters.text("file_id"))


def _set_commands(state: "State", parameters: Parameters) -> bool:
    state.profile.set_commands(parameters)
    return True


def _delete_commands(state: "State", parameters: Parameters) -> bool:
    state.profile.delete_commands(parameters)
    return True


def _set_text(state: "State", parameters: Parameters, *, method: str) -> bool:
    state.profile.set_text(method, parameters)
    return True


def _get_text(state: "State", parameters: Parameters, *, method: str) -> dict[str, str]:
    return state.profile.get_text(method, parameters)


_TEXTS = ("Name", "Description", "ShortDescription")


def _file(kind: str) -> Method:
    return partial(sending.send_file, kind=kind, method=f"send{kind.capitalize()}")


_METHODS: dict[str, Method] = {
    "getMe": _get_me,
    "getUpdates": lambda state, parameters: state.polling.get_updates(state, parameters),
    "setWebhook": lambda state, parameters: state.webhook.set(state, parameters),
    "deleteWebhook": lambda state, parameters: state.webhook.delete(state, parameters),
    "getWebhookInfo": lambda state, parameters: state.webhook.info(state),
    "sendMessage": sending.send_message,
    "sendLocation": sending.send_location,
    "copyMessage": sending.copy_message,
    **{f"send{kind.capitalize()}": _file(kind) for kind in ("photo", "document", "voice", "audio", "video")},
    "editMessageText": editing.edit_text,
    "editMessageCaption": editing.edit_caption,
    "editMessageReplyMarkup": editing.edit_markup,
    "deleteMessage": editing.delete_message,
    "answerCallbackQuery": _answer_press,
    "sendChatAction": _chat_action,
    "getFile": _get_file,
    "getChat": _get_chat,
    "getChatMember": _get_chat_member,
    "leaveChat": _leave_chat,
    "setMyCommands": _set_commands,
    "getMyCommands": lambda state, parameters: state.profile.get_commands(parameters),
    "deleteMyCommands": _delete_commands,
    **{f"setMy{what}": partial(_set_text, method=f"setMy{what}") for what in _TEXTS},
    **{f"getMy{what}": partial(_get_text, method=f"setMy{what}") for what in _TEXTS},
}
_BY_LOWER = {name.lower(): name for name in _METHODS}
_PTB = {name.replace("_", ""): function for name, function in inspect.getmembers(telegram.Bot, inspect.isfunction)}
_PTB_ONLY = {"self", "read_timeout", "write_timeout", "connect_timeout", "pool_timeout", "api_kwargs"}


def real_name(asked: str) -> str:
    """The name as the documentation writes it; the server does not mind capitals."""
    return _BY_LOWER.get(asked.lower(), asked)


def find(name: str) -> Method:
    """The method of this name. Raises ApiError; one that Telegram has and this server has not is told apart."""
    if name in _METHODS:
        return _METHODS[name]
    if name.lower() in _PTB:
        raise ApiError(501, f"Not Implemented: this server has no {name} yet")
    raise not_found()


@cache
def known_parameters(name: str) -> frozenset[str]:
    """What Telegram looks at in this call, as the other library knows it."""
    return frozenset(inspect.signature(_PTB[name.lower()]).parameters) - _PTB_ONLY
