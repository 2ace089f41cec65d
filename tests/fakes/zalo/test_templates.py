"""Template messages of the fake Official Account: by telephone number and by user id, checked, paid, received."""

from typing import Any

import pytest

from tests.support.clock import FixedClock
from tests.support.zalo.asking import Asker
from tests.support.zalo.hook import Hook, listening
from tests.support.zalo.people import Person
from tests.support.zalo.server import FakeZalo
from tests.support.zalo.templates import Template

PHONE, BY_PHONE, BY_USER = "84987654321", "/message/template", "/v3.0/oa/message/template"
DATA = {"ho_ten": "Nguyễn Văn A", "ma_ho_so": "0001"}


@pytest.fixture
def template(zalo: FakeZalo) -> Template:
    return zalo.template("203972", name="Hẹn trả kết quả", price=300, uid_price=120)


@pytest.fixture
def lan(zalo: FakeZalo) -> Person:
    return zalo.person("Lan", phone=PHONE)


def message(**more: Any) -> dict[str, Any]:
    return {"phone": PHONE, "template_id": "203972", "template_data": DATA, "tracking_id": "case-0001-v1"} | more


async def test_by_number_without_any_window(zalo: FakeZalo, ask: Asker, template: Template, lan: Person) -> None:
    data = (await ask.post(BY_PHONE, message(sending_mode="1"))).data
    assert data == {
        "msg_id": lan.last.message_id,
        "sent_time": str(int(zalo.state.clock.now().timestamp() * 1000)),
        "sending_mode": "1",
        "quota": {"dailyQuota": "500", "remainingQuota": "499"},
    }
    assert (lan.last.kind, lan.last.text, lan.last.template_data) == ("template", "Hẹn trả kết quả", DATA)
    assert (lan.last.price, zalo.quota.spent, zalo.quota.balance) == (300, 300, 999_700)
    assert not zalo.ignored


async def test_the_app_hears_that_it_was_received(zalo: FakeZalo, ask: Asker, template: Template, lan: Person) -> None:
    async with listening() as hook:
        await _received(zalo, ask, lan, hook)


async def _received(zalo: FakeZalo, ask: Asker, lan: Person, hook: Hook) -> None:
    zalo.hook_url = hook.url
    await ask.post(BY_PHONE, message())
    await zalo.quiet()
    (got,) = hook.got
    assert got.headers["x-zevent-server"] == "ZNS"
    body = got.body
    assert list(body) == ["sender", "recipient", "event_name", "message", "app_id", "timestamp"]
    assert (body["event_name"], body["recipient"]) == ("user_received_message", {"id": PHONE})
    assert body["message"] == {
        "delivery_time": str(int(zalo.state.clock.now().timestamp() * 1000)),
        "msg_id": lan.last.message_id,
        "tracking_id": "case-0001-v1",
    }


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"phone": "+84987654321"}, -108),
        ({"phone": "0987654321"}, -108),
        ({"phone": "84111111111"}, -118),
        ({"template_id": "1"}, -109),
        ({"template_id": 203972}, -109),
        ({"template_data": {}}, -111),
        ({"template_data": {"ho_ten": "A"}}, -1122),
        ({"template_data": DATA | {"ma_ho_so": 1}}, -112),
        ({"template_data": DATA | {"ho_ten": "x" * 31}}, -1121),
        ({"tracking_id": "x" * 49}, -132),
        ({"sending_mode": 1}, -132),
        ({"mode": "development"}, -126),
    ],
)
async def test_messages_that_cannot_be(
    zalo: FakeZalo, ask: Asker, template: Template, lan: Person, wrong: dict[str, Any], code: int
) -> None:
    assert (await ask.post(BY_PHONE, message(**wrong))).code == code
    assert not lan.shown and not zalo.quota.spent


async def test_who_refuses_what_is_not_approved_and_no_money(
    zalo: FakeZalo, ask: Asker, template: Template, lan: Person
) -> None:
    for refusal in (-139, -141, -114):
        lan.template_refusal = refusal
        assert (await ask.post(BY_PHONE, message())).code == refusal
    lan.template_refusal = 0
    template.status = "PENDING_REVIEW"
    assert (await ask.post(BY_PHONE, message())).code == -131
    template.status = "ENABLE"
    zalo.quota.balance = 299
    assert (await ask.post(BY_PHONE, message())).code == -115
    zalo.quota.balance, zalo.quota.daily_remain = 10_000, 0
    assert (await ask.post(BY_PHONE, message())).code == -144
    assert (await ask.post(BY_PHONE, message(sending_mode="3"))).data["quota"]["remainingQuota"] == "0"
    zalo.templates.admins = {PHONE}
    assert (await ask.post(BY_PHONE, message(mode="development", sending_mode="3"))).data


async def test_the_night_where_it_is_still_closed(
    zalo: FakeZalo, ask: Asker, clock: FixedClock, template: Template, lan: Person
) -> None:
    clock.advance(seconds=14 * 3600)
    assert (await ask.post(BY_PHONE, message())).data
    zalo.templates.night_ban = True
    assert (await ask.post(BY_PHONE, message())).code == -133


async def test_by_user_id(zalo: FakeZalo, ask: Asker, template: Template, lan: Person) -> None:
    body = {"user_id": lan.id, "template_id": "203972", "template_data": DATA}
    data = (await ask.post(BY_USER, body)).data
    assert (data["message_id"], data["user_id"]) == (lan.last.message_id, lan.id)
    assert zalo.quota.spent == 120 and not zalo.ignored
    assert (await ask.post(BY_USER, body | {"tracking_id": "t"})).data
    assert zalo.ignored == [(BY_USER, "tracking_id")]
    template.by_uid = False
    assert (await ask.post(BY_USER, body)).refusal == (-249, "Template does not support send via UID")


async def test_parameters_that_the_template_has_not(
    zalo: FakeZalo, ask: Asker, template: Template, lan: Person
) -> None:
    assert (await ask.post(BY_PHONE, message(template_data=DATA | {"ngay": "1"}))).data
    assert zalo.ignored == [(BY_PHONE, "template_data.ngay")]


async def test_what_can_be_asked_with_ordinary_parameters(
    zalo: FakeZalo, ask: Asker, template: Template, lan: Person
) -> None:
    sent = (await ask.post(BY_PHONE, message())).data["msg_id"]
    assert (await ask.get("/message/status", message_id=sent)).data["status"] == 1
    assert (await ask.get("/message/status", message_id="0" * 20)).data["status"] == -1
    assert (await ask.get("/message/quota")).data == {"dailyQuota": "500", "remainingQuota": "499"}
    assert (await ask.get("/template/all", offset="0", limit="10")).data[0]["status"] == "ENABLE"
    info = (await ask.get("/template/info/v2", template_id="203972")).data
    assert [one["name"] for one in info["listParams"]] == ["ho_ten", "ma_ho_so"] and info["price"] == "300"
    assert (await ask.get("/template/info/v2", template_id="1")).code == -109
    assert not zalo.ignored


async def test_a_body_that_is_none(ask: Asker) -> None:
    assert (await ask.post(BY_PHONE, [1])).code == -122
