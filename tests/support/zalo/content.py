"""The content of a message, checked as strictly as the server checks it."""

from collections.abc import Callable
from typing import Any

from tests.support.zalo.errors import OaError, invalid
from tests.support.zalo.files import Files
from tests.support.zalo.shown import Button, Shown

MAX_TEXT = 2000  # characters (doubt: code points or UTF-16 units; code points here)
MAX_BUTTONS = 5
MAX_PAYLOAD = 1000
_MAX_BUTTON_TITLE = 100  # doubt: button title limit, unknown
_MAX_ELEMENTS = 5
_MAX_INFO_TITLE, _MAX_INFO_SUBTITLE = 100, 500

ATTACHMENT = "message.attachment"
PAYLOAD = f"{ATTACHMENT}.payload"
_BUTTON_FIELDS = ("title", "type", "payload", "payload.url", "payload.content", "payload.phone_code")
_TOP_FIELDS = {"recipient.user_id", "message.text", "message.quote_message_id", f"{ATTACHMENT}.type"}
_ELEMENTS = f"{PAYLOAD}.elements[]"
_KIND_FIELDS = {
    "text": {f"{PAYLOAD}.buttons[].{name}" for name in _BUTTON_FIELDS},
    "image": {f"{_ELEMENTS}.{name}" for name in ("media_type", "url", "attachment_id")},
    "gif": {f"{_ELEMENTS}.{name}" for name in ("media_type", "url", "attachment_id", "width", "height")},
    "sticker": {f"{_ELEMENTS}.{name}" for name in ("media_type", "attachment_id")},
    "file": {f"{PAYLOAD}.token"},
    "request_user_info": {f"{_ELEMENTS}.{name}" for name in ("title", "subtitle", "image_url")},
    "list": {
        *(f"{PAYLOAD}.buttons[].{name}" for name in _BUTTON_FIELDS),
        *(f"{_ELEMENTS}.{name}" for name in ("title", "subtitle", "image_url")),
        *(f"{_ELEMENTS}.default_action.{name}" for name in ("type", "url", "payload", "payload.url")),
    },
}
_WITHOUT_TEXT = ("file", "list", "request_user_info", "sticker")


def known_fields(kind: str) -> set[str]:
    """The fields that mean something in a consultation message of this kind; any other is an adapter's fault."""
    fields = _TOP_FIELDS | _KIND_FIELDS[kind]
    if kind not in ("text", "file"):
        fields = fields | {f"{PAYLOAD}.template_type"}
    return fields - {"message.text"} if kind in _WITHOUT_TEXT else fields


def read_message(message: Any, files: Files, *, lists: bool = True) -> Shown:
    """What the person will see. Raises OaError; `lists`: does the server take cards (doubt: list on v3)?"""
    if not isinstance(message, dict):
        raise invalid("message")
    attachment = message.get("attachment")
    if attachment is None:
        shown = Shown("text", text=_text(message))
    elif not isinstance(attachment, dict) or not isinstance(attachment.get("payload"), dict):
        raise invalid("attachment")
    elif attachment.get("type") == "file":
        token = _string(attachment["payload"].get("token"), "token")
        kept = files.given(token, "file")
        shown = Shown("file", file=kept.upload.data, file_name=kept.upload.name)
    elif attachment.get("type") == "template":
        shown = _template(message, attachment["payload"], files, lists)
    else:
        raise OaError(-233)
    quoted = message.get("quote_message_id", "")
    shown.quoted = quoted if isinstance(quoted, str) else ""
    return shown


def _template(message: dict[str, Any], payload: dict[str, Any], files: Files, lists: bool) -> Shown:
    kind = payload.get("template_type")
    if kind is None:
        return Shown("text", text=_text(message), buttons=read_buttons(payload.get("buttons")))
    if kind == "media":
        return _media(message, payload, files)
    if kind == "request_user_info":
        return _request(payload)
    if kind == "list" and lists:
        return _list(payload)
    raise OaError(-233)  # "button" and "generic" stand in unreliable write-ups only


def _text(message: dict[str, Any], *, needed: bool = True) -> str:
    text = message.get("text", "")
    if not isinstance(text, str) or len(text) > MAX_TEXT or (needed and not text.strip()):
        raise invalid("text")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise invalid("text") from None  # half a letter: no JSON of the server could carry it on
    return text


def _elements(payload: dict[str, Any], most: int) -> list[dict[str, Any]]:
    elements = payload.get("elements")
    if not isinstance(elements, list) or not 1 <= len(elements) <= most:
        raise invalid("elements")
    if not all(isinstance(element, dict) for element in elements):
        raise invalid("elements")
    return elements


def _media(message: dict[str, Any], payload: dict[str, Any], files: Files) -> Shown:
    (element,) = _elements(payload, 1)
    kind, url, attachment_id = element.get("media_type"), element.get("url"), element.get("attachment_id")
    if kind not in ("image", "gif", "sticker"):
        raise invalid("media_type")
    if bool(url) == bool(attachment_id):
        raise invalid("attachment_id")
    if kind == "sticker":
        return Shown("sticker", url=_string(attachment_id, "attachment_id"))
    if kind == "gif" and not all(isinstance(element.get(side), int) and element[side] > 0 for side in _SIDES):
        raise invalid("width" if not element.get("width") else "height")
    shown = Shown(str(kind), text=_text(message, needed=False))
    if url:
        shown.url = _address(url)
    else:
        kept = files.given(_string(attachment_id, "attachment_id"), str(kind))
        shown.file, shown.file_name = kept.upload.data, kept.upload.name
    return shown


_SIDES = ("width", "height")


def _request(payload: dict[str, Any]) -> Shown:
    (element,) = _elements(payload, 1)
    title, subtitle = _string(element.get("title"), "title"), element.get("subtitle", "")
    if len(title) > _MAX_INFO_TITLE:
        raise invalid("title")
    if not isinstance(subtitle, str) or len(subtitle) > _MAX_INFO_SUBTITLE:
        raise invalid("subtitle")
    return Shown("request_user_info", text=title, elements=[element])


def _list(payload: dict[str, Any]) -> Shown:
    elements = _elements(payload, _MAX_ELEMENTS)
    for element in elements:
        _string(element.get("title"), "title")
    buttons = read_buttons(payload["buttons"]) if "buttons" in payload else []
    return Shown("list", text=str(elements[0]["title"]), elements=elements, buttons=buttons)


def read_buttons(given: Any) -> list[Button]:
    """Up to five buttons. Raises OaError when one of them cannot be shown."""
    if not isinstance(given, list) or not 1 <= len(given) <= MAX_BUTTONS:
        raise invalid("buttons")
    return [_button(one) for one in given]


def _button(given: Any) -> Button:
    if not isinstance(given, dict):
        raise invalid("buttons")
    title = _string(given.get("title"), "title")
    if len(title) > _MAX_BUTTON_TITLE:
        raise invalid("title")
    read = _PAYLOADS.get(str(given.get("type")))
    if read is None:
        raise invalid("type")
    payload = given.get("payload")
    return Button(title, str(given["type"]), read(payload), payload)


def _query(payload: Any) -> str:
    text = _string(payload, "payload")
    if len(text) > MAX_PAYLOAD:
        raise invalid("payload")
    return text


def _opens(payload: Any) -> str:
    return _address(payload.get("url") if isinstance(payload, dict) else None)


def _phones(payload: Any) -> str:
    number = payload.get("phone_code") if isinstance(payload, dict) else None
    if not isinstance(number, str) or not number.isdigit():
        raise invalid("phone_code")
    return number


def _texts(payload: Any) -> str:
    number = _phones(payload)
    return f"{number}: {_string(payload.get('content'), 'content')}"


_PAYLOADS: dict[str, Callable[[Any], str]] = {
    "oa.query.show": _query,
    "oa.query.hide": _query,
    "oa.open.url": _opens,
    "oa.open.phone": _phones,
    "oa.open.sms": _texts,
}


def _string(value: Any, field: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise invalid(field)
    return value


def _address(value: Any) -> str:
    if not isinstance(value, str) or not value.startswith(("https://", "http://")):
        raise invalid("url")
    return value
