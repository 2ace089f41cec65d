"""Template messages by telephone number and by user id, and what the templates' host tells about them."""

from typing import TYPE_CHECKING, Any

from tests.support.zalo.calls import Call
from tests.support.zalo.errors import OaError
from tests.support.zalo.sending import sent
from tests.support.zalo.templates import check_mode, check_phone, check_tracking, shown_of
from tests.support.zalo.windows import milliseconds, night

if TYPE_CHECKING:
    from tests.support.zalo.people import Person
    from tests.support.zalo.state import State


def by_phone(state: "State", call: Call) -> dict[str, Any]:
    """business: /message/template. No window is needed; consent and an approved template are. Raises OaError."""
    body = call.body
    phone = check_phone(body.get("phone"))
    template = state.templates.approved(body.get("template_id"))
    data = template.check(body.get("template_data"))
    _note_strange(state, call, set(template.parameters))
    mark, mode = check_tracking(body), check_mode(body)
    if body.get("mode") == "development" and phone not in state.templates.admins:
        raise OaError(-126)
    person = _of_number(state, phone)
    if state.templates.night_ban and night(state.clock.now()):
        raise OaError(-133)
    if state.quota.daily_remain < 1 and mode != "3":
        raise OaError(-144)
    state.quota.charge(template.price, -115)
    state.quota.daily_remain = max(0, state.quota.daily_remain - 1)
    shown = shown_of(template, data)
    shown.phone, shown.tracking_id, shown.price = phone, mark, template.price
    person.show(shown)
    state.templates.delivered[shown.message_id] = 1
    quota = {"dailyQuota": str(state.quota.daily_total), "remainingQuota": str(state.quota.daily_remain)}
    now = milliseconds(state.clock.now())
    return {"msg_id": shown.message_id, "sent_time": now, "sending_mode": mode, "quota": quota}


def by_user(state: "State", call: Call) -> dict[str, Any]:
    """/v3.0/oa/message/template: the same to a user id, unmarked. Raises OaError (-321 without money: a guess)."""
    person = state.person(call.body.get("user_id"))
    template = state.templates.approved(call.body.get("template_id"))
    if not template.by_uid:
        raise OaError(-249)
    data = template.check(call.body.get("template_data"))
    _note_strange(state, call, set(template.parameters))
    _check_wanted(person)
    person.check_open()
    state.quota.charge(template.uid_price, -321)
    shown = shown_of(template, data)
    shown.price = template.uid_price
    return sent(state, person, shown, {})


def status(state: "State", call: Call) -> dict[str, Any]:
    """What became of a message: -1 not known, 0 pending, 1 delivered."""
    return {"status": state.templates.delivered.get(str(call.body.get("message_id")), -1)}


def quota(state: "State", call: Call) -> dict[str, Any]:
    """What may still be sent today."""
    return {"dailyQuota": str(state.quota.daily_total), "remainingQuota": str(state.quota.daily_remain)}


def every(state: "State", call: Call) -> list[dict[str, Any]]:
    """All templates, page by page."""
    offset, limit = int(call.body.get("offset", 0)), int(call.body.get("limit", 100))
    return [template.summary() for template in state.templates.by_id.values()][offset : offset + limit]


def detail(state: "State", call: Call) -> dict[str, Any]:
    """One template with its parameters and prices. Raises OaError when there is none."""
    template = state.templates.by_id.get(str(call.body.get("template_id")))
    if template is None:
        raise OaError(-109)
    return template.detail()


def _of_number(state: "State", phone: str) -> "Person":
    person = next((person for person in state.people.values() if person.phone == phone), None)
    if person is None:
        raise OaError(-118)
    _check_wanted(person)
    return person


def _check_wanted(person: "Person") -> None:
    if person.template_refusal:
        raise OaError(person.template_refusal)


def _note_strange(state: "State", call: Call, known: set[str]) -> None:
    data = call.body["template_data"]
    state.ignored += [(call.path, f"template_data.{name}") for name in data if name not in known]
