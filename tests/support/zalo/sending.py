"""Messages to people: consultation, and what became of the older ways."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.support.zalo.calls import Call, leaves
from tests.support.zalo.content import known_fields, read_message
from tests.support.zalo.errors import OaError, invalid
from tests.support.zalo.shown import Shown
from tests.support.zalo.windows import VIETNAM, milliseconds, night

if TYPE_CHECKING:
    from tests.support.zalo.people import Person
    from tests.support.zalo.state import State

_ICONS = {":>", "--b", ":-((", "/-strong", "/-heart", ":-h", ":o", "/-remove"}
_LEGACY_ENDED = datetime(2026, 3, 1, tzinfo=VIETNAM)


def consult(state: "State", call: Call) -> dict[str, Any]:
    """/v3.0/oa/message/cs: at any hour, to whom the window is open. Raises OaError."""
    person = _recipient(state, call)
    shown = read_message(call.body.get("message"), state.files, lists=state.lists)
    state.ignored += [(call.path, name) for name in leaves(call.body) if name not in known_fields(shown.kind)]
    person.check_open()
    kind = state.quota.kind(person.window)
    quota = state.quota.take(kind, person.window, state.oauth.oa_id)
    shown.quota = kind
    return sent(state, person, shown, quota)


def sent(state: "State", person: "Person", shown: Shown, quota: dict[str, str]) -> dict[str, Any]:
    """Show it, and what the answer says of it. `quota` stands in the answer where it holds anything."""
    person.show(shown)
    data: dict[str, Any] = {"message_id": shown.message_id, "user_id": person.id}
    data["sent_time"] = milliseconds(state.clock.now())
    return data | ({"quota": quota} if quota else {})


def older(state: "State", call: Call) -> dict[str, Any]:
    """/v2.0/oa/message: reactions, anonymous visitors and articles to everybody; texts to people no longer."""
    recipient = call.body.get("recipient")
    if not isinstance(recipient, dict):
        raise invalid("recipient")
    if "sender_action" in call.body:
        return _react(state, call)
    if "anonymous_id" in recipient:
        return {"message_id": state.hex_id(20), "sent_time": milliseconds(state.clock.now())}
    if "target" in recipient:
        return _broadcast(state, call)
    raise OaError(-240)


def legacy(state: "State", call: Call) -> dict[str, Any]:
    """/v3.0/oa/message/promotion and /transaction: ended in March 2026 (-233 since then is a guess)."""
    if state.clock.now() >= _LEGACY_ENDED:
        raise OaError(-233)
    kind = call.path.rpartition("/")[2]
    person = _recipient(state, call)
    if night(state.clock.now()):
        raise OaError(-234)
    person.check_open()
    return sent(state, person, Shown(kind, elements=_elements(call)), {})


def _recipient(state: "State", call: Call) -> "Person":
    recipient = call.body.get("recipient")
    if not isinstance(recipient, dict):
        raise invalid("recipient")
    return state.person(recipient.get("user_id"))


def _react(state: "State", call: Call) -> dict[str, Any]:
    person = _recipient(state, call)
    action = call.body["sender_action"]
    if not isinstance(action, dict) or action.get("react_icon") not in _ICONS:
        raise invalid("react_icon")
    message_id = action.get("react_message_id")
    if message_id not in [line.message_id for line in person.lines]:
        raise invalid("react_message_id")
    person.reactions.append((str(message_id), str(action["react_icon"])))
    return {"message_id": str(message_id), "user_id": person.id}


def _broadcast(state: "State", call: Call) -> dict[str, Any]:
    """An article to all who follow; nothing tells who got it. The person's own day is not counted."""
    element = next(iter(_elements(call)), {})
    if element.get("media_type") != "article" or not element.get("attachment_id"):
        raise OaError(-233)
    if night(state.clock.now()):
        raise OaError(-234)
    message_id = state.hex_id(20)
    for person in state.people.values():
        if person.following and not person.refusal:
            person.shown.append(Shown("article", message_id, state.clock.now(), url=str(element["attachment_id"])))
    state.changes.tell()
    return {"message_id": message_id}


def _elements(call: Call) -> list[dict[str, Any]]:
    message = call.body.get("message")
    attachment = message.get("attachment") if isinstance(message, dict) else None
    payload = attachment.get("payload") if isinstance(attachment, dict) else None
    elements = payload.get("elements") if isinstance(payload, dict) else None
    if not isinstance(elements, list) or not elements or not all(isinstance(one, dict) for one in elements):
        raise invalid("elements")
    return elements
