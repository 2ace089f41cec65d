"""Whom the fake Official Account lets an app write to, when, and what that is taken from."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.clock import FixedClock
from tests.support.zalo.asking import Asker, asking, media
from tests.support.zalo.people import Person
from tests.support.zalo.server import FakeZalo

HOURS = 3600
QUOTA = "/v3.0/oa/quota/message"
SUB = {"quota_owner": "OA", "product_type": "cs", "quota_type": "sub_quota"}


@pytest.fixture
def lan(zalo: FakeZalo) -> Person:
    lan = zalo.person("Lan")
    lan.says("chào")
    return lan


async def later(zalo: FakeZalo, clock: FixedClock, hours: float) -> None:
    clock.advance(seconds=hours * HOURS)
    zalo.issue_tokens()


async def test_free_for_48_hours_then_from_the_package_then_closed(
    zalo: FakeZalo, ask: Asker, clock: FixedClock, lan: Person
) -> None:
    zalo.quota.sub_remain = 2
    await later(zalo, clock, 48)
    free = (await ask.text(lan.id)).data["quota"]
    assert free["quota_type"] == "reply" and free["owner_id"] == zalo.oa_id and "remain" not in free
    await later(zalo, clock, 1 / HOURS)
    paid = (await ask.text(lan.id)).data["quota"]
    assert (paid["quota_type"], paid["remain"], paid["total"]) == ("sub_quota", "1", "500")
    await later(zalo, clock, 5 * 24 - 1 / HOURS)
    assert (await ask.text(lan.id)).data["quota"]["remain"] == "0"
    assert (await ask.text(lan.id)).refusal == (-211, "Out of quota")
    assert [shown.quota for shown in lan.shown] == ["reply", "sub_quota", "sub_quota"]
    zalo.quota.sub_remain = 5
    await later(zalo, clock, 1 / HOURS)
    assert (await ask.text(lan.id)).refusal == (-230, "User has not interacted with the OA in the past 7 days")
    zalo.quota.outside = -232
    assert (await ask.text(lan.id)).code == -232
    lan.says("còn đó không?")
    assert (await ask.text(lan.id)).data["quota"]["quota_type"] == "reply"
    assert zalo.quota.sub_remain == 5


async def test_who_never_came(zalo: FakeZalo, ask: Asker) -> None:
    mai = zalo.person("Mai")
    text = "User has not interacted with the OA, or the last interaction has expired"
    assert (await ask.text(mai.id)).refusal == (-232, text)


@pytest.mark.parametrize(
    ("told", "keys"),
    [
        ("", {"quota_type", "expired_date", "owner_type", "owner_id"}),
        ("full", {"quota_type", "remain", "total", "expired_date", "owner_type", "owner_id"}),
        ("short", {"quota_type", "expired_date", "owner_type", "owner_id"}),
        ("none", set()),
    ],
)
async def test_what_an_answer_tells_of_the_quota(
    zalo: FakeZalo, ask: Asker, lan: Person, told: str, keys: set[str]
) -> None:
    zalo.quota.told = told
    data = (await ask.text(lan.id)).data
    assert set(data.get("quota", {})) == keys and ("quota" in data) is bool(keys)
    assert all(isinstance(value, str) for value in data.get("quota", {}).values())


async def test_eight_free_answers_before_2026() -> None:
    clock = FixedClock(datetime(2025, 12, 1, 3, tzinfo=UTC))
    async with FakeZalo(clock=clock) as zalo, asking(zalo) as ask:
        zalo.issue_tokens()
        lan = zalo.person()
        lan.says("x")
        told = [(await ask.text(lan.id)).data["quota"] for _ in range(9)]
        assert [one["quota_type"] for one in told] == ["reply"] * 8 + ["sub_quota"]
        assert [one["remain"] for one in told[:8]] == ["7", "6", "5", "4", "3", "2", "1", "0"]


async def test_the_night_is_closed_to_promotions_alone() -> None:
    clock = FixedClock(datetime(2026, 2, 1, 15, tzinfo=UTC))  # ten in the evening in Viet Nam
    async with FakeZalo(clock=clock) as zalo, asking(zalo) as ask:
        zalo.issue_tokens()
        lan = zalo.person()
        lan.says("x")
        body = {"recipient": {"user_id": lan.id}, "message": {"attachment": media(type="text", content="x")}}
        refusal = (-234, "This message cannot be sent at night (10:00PM - 6:00AM)")
        assert (await ask.post("/v3.0/oa/message/promotion", body)).refusal == refusal
        clock.advance(seconds=8 * HOURS - 1)
        assert (await ask.post("/v3.0/oa/message/promotion", body)).refusal == refusal
        assert (await ask.text(lan.id)).data
        clock.advance(seconds=1)
        assert (await ask.post("/v3.0/oa/message/promotion", body)).data


async def test_what_is_left_can_be_asked(zalo: FakeZalo, ask: Asker, clock: FixedClock, lan: Person) -> None:
    zalo.quota.sub_total, zalo.quota.sub_remain = 2000, 1500
    said = str(int(clock.now().timestamp() * 1000))
    by_person = (await ask.post(QUOTA, {"user_id": lan.id})).data
    assert by_person == {
        "last_interaction": said,
        "cs_reply": {"remain": 8, "total": 8},
        "promotion": {"daily_remain": 1, "daily_total": 1, "monthly_remain": 4, "monthly_total": 4},
    }
    (asset,) = (await ask.post(QUOTA, SUB)).data
    assert set(asset) == {"asset_id", "product_type", "quota_type", "valid_through", "total", "remain"}
    assert (asset["total"], asset["remain"]) == (2000, 1500)
    assert (await ask.post(QUOTA, {})).refusal == (-201, "quota_owner is invalid!")
    assert not zalo.ignored


async def test_the_oa_names_its_kind_and_package(zalo: FakeZalo, ask: Asker, lan: Person) -> None:
    lan.follows()
    zalo.oa.type, zalo.oa.package_name, zalo.oa.is_verified = 4, "Miễn phí", False
    data = (await ask.get("/v2.0/oa/getoa")).data
    assert (data["oaid"], data["oa_type"], data["package_name"], data["is_verified"], data["num_follower"]) == (
        zalo.oa_id,
        4,
        "Miễn phí",
        False,
        1,
    )


@pytest.mark.parametrize("code", [-235, -224, -221, -212, -209])
async def test_what_the_oa_may_not_do(zalo: FakeZalo, ask: Asker, lan: Person, code: int) -> None:
    zalo.oa.refuse(code)
    assert (await ask.text(lan.id)).code == code and (await ask.get("/v2.0/oa/getoa")).data
    zalo.oa.refuse(code, spare=())
    assert (await ask.get("/v2.0/oa/getoa")).code == code
    zalo.oa.allow()
    zalo.oa.refuse(code, path=QUOTA)
    assert (await ask.text(lan.id)).data and (await ask.post(QUOTA, SUB)).code == code


async def test_one_person(zalo: FakeZalo, ask: Asker, lan: Person) -> None:
    path = "/v3.0/oa/user/detail"
    assert (await ask.get(path, {"user_id": lan.id})).refusal == (-213, "User has not followed OA")
    lan.follows()
    data = (await ask.get(path, {"user_id": lan.id})).data
    assert data["display_name"] == "Lan" and data["user_last_interaction_date"] == "20/11/2026"
    assert data["user_is_follower"] is True and data["user_id_by_app"] == lan.id_by_app
    assert data["shared_info"] == {"address": "", "city": "", "district": "", "phone": "", "name": ""}
    lan.submits_info()
    assert (await ask.get(path, {"user_id": lan.id})).data["shared_info"]["phone"] == lan.phone
    assert (await ask.get(path, None, user_id=lan.id)).refusal == (-201, "user_id is invalid!")
    assert (await ask.get(path, {"user_id": lan.id}, fields="name")).refusal == (-201, "fields is invalid!")
    assert (await ask.get(path, None, data="{")).refusal == (-201, "data is invalid!")
    assert (await ask.post(path, {"user_id": lan.id})).status == 404 and zalo.ignored == [(path, "POST")]


async def test_people_page_by_page(zalo: FakeZalo, ask: Asker, clock: FixedClock) -> None:
    path, people = "/v3.0/oa/user/getlist", [zalo.person() for _ in range(60)]
    for person in people:
        person.follows()
    first: dict[str, Any] = {"offset": 0, "count": 50}
    data = (await ask.get(path, first)).data
    assert (data["total"], data["count"], data["offset"]) == (60, 50, 0)
    assert data["users"][0] == {"user_id": people[0].id}
    assert (await ask.get(path, first | {"offset": 50})).data["count"] == 10
    for wrong in ({"count": 51}, {"offset": 9952}, {"count": "50"}):
        assert (await ask.get(path, first | wrong)).code == -201
    people[0].unfollows()
    assert (await ask.get(path, first | {"is_follower": "true"})).data["total"] == 59
    await later(zalo, clock, 8 * 24)
    people[0].says("x")
    assert (await ask.get(path, first | {"last_interaction_period": "L7D"})).data["total"] == 1
    assert (await ask.get(path, first | {"last_interaction_period": "2026_11_20:2026_11_20"})).data["total"] == 59


async def test_chats_can_be_read_afterwards(zalo: FakeZalo, ask: Asker, clock: FixedClock, lan: Person) -> None:
    clock.advance(seconds=60)
    await ask.text(lan.id, "Vâng")
    newest, oldest = (await ask.get("/v2.0/oa/conversation", {"user_id": lan.id, "offset": 0, "count": 10})).data
    assert (newest["src"], newest["message"], newest["from_id"], newest["to_id"]) == (0, "Vâng", zalo.oa_id, lan.id)
    assert (oldest["src"], oldest["message"], oldest["type"]) == (1, "chào", "text")
    assert oldest["message_id"] == lan.lines[0].message_id and oldest["time"] == newest["time"] - 60_000
    clock.advance(seconds=60)
    zalo.person("Mai").says("ơi")
    chats = (await ask.get("/v2.0/oa/listrecentchat", {"offset": 0, "count": 10})).data
    assert [chat["message"] for chat in chats] == ["ơi", "Vâng"]
    assert (await ask.get("/v2.0/oa/listrecentchat", {"offset": 0, "count": 11})).code == -201
