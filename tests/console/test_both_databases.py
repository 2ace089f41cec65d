"""What the console asks of storage, on SQLite and on PostgreSQL."""

import asyncio

import pytest

from bot.app import App
from core.signing import LONGEST
from tests.console.conftest import Asks
from tests.console.desk import Desk, code_now, sign_in
from tests.support.clock import FixedClock
from tests.support.rows import everything
from tests.web.conftest import client_of

pytestmark = pytest.mark.thorough


@pytest.fixture
def database(database_url: str) -> str:
    return database_url


async def test_from_the_door_to_an_answer(app: App, lan: Desk, minh: Desk, asks: Asks, clock: FixedClock) -> None:
    await asks()
    desk = Desk(client_of(app.web))
    for name in ("Lan", "Nobody"):
        assert (await sign_in(desk, name, "000000", "wrong")).status == 422
    assert (await sign_in(desk, "Lan", code_now(lan.secret, clock))).status == 200
    assert "1 câu mới" in desk.page.text
    await desk.open("/console/questions/1")
    await desk.send("/hold", "Nhận việc")
    await desk.send("/note", note="Đã xem.")
    await minh.open("/console/questions/1")
    form = desk.page.form("/answer")
    data = {**form.fields, "text": "Mời bà con đến.", "do": "send"}
    answers = await asyncio.gather(*[desk.client.post(form.action, data=data) for _ in range(3)])
    assert [one.status_code for one in answers] == [303, 303, 303]
    assert (await minh.send("/answer", "Trả lời", text="Khác.")).status == 409
    rows = await everything(app.storage)
    assert len(rows["deliveries"]) == 1
    async with app.storage.read() as uow:
        assert (await uow.audit.verify()).broken_at is None
    assert "Đã trả lời" in (await desk.open("/console/questions?show=answered&mine=1")).text


async def test_two_who_answer_in_the_same_moment(app: App, lan: Desk, minh: Desk, asks: Asks) -> None:
    await asks()
    for one in (lan, minh):
        await one.open("/console/questions/1")
    pages = await asyncio.gather(*[one.send("/answer", "Trả lời", text=f"Của {one}") for one in (lan, minh)])
    assert sorted(page.status for page in pages) == [200, 409]
    assert len((await everything(app.storage))["deliveries"]) == 1


async def test_many_tries_at_once_count_one_by_one(app: App, lan: Desk) -> None:
    desks = [Desk(client_of(app.web)) for _ in range(8)]
    await asyncio.gather(*[sign_in(one, "Lan", "000000", "wrong") for one in desks])
    tries = [row["failures"] for row in (await everything(app.storage))["sign_in_tries"]]
    assert tries == [5, 5], "the sixth met a lock"


async def test_a_number_larger_than_every_number_is_not_there(app: App, chief: Desk) -> None:
    page = await chief.open("/console/account")
    guard = page.forms[0].fields
    number = 9**40
    assert (await chief.open(f"/console/questions/{number}")).status == 404
    for path in (f"account/sessions/{number}/end", f"officers/{number}/link", f"questions/{number}/answer"):
        assert (await chief.post(f"/console/{path}", guard)).status == 404


async def test_odd_signs_in_what_is_typed(app: App, lan: Desk, asks: Asks) -> None:
    await asks()
    await lan.open("/console/questions/1")
    form = lan.page.form("/note")
    await lan.send("/note", note="a\x00b 🌾 \u2028")
    assert lan.page.status == 200 and "ab 🌾" in lan.page.text
    body = "&".join(
        [*(f"{name}={value}" for name, value in form.fields.items() if name == "seen"), "note=%ff%ed%a0%80"]
    )
    page = await lan.open("/console/questions/1")
    guard = page.form("/note").fields["form"]
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = await lan.client.post(form.action, content=f"{body}&form={guard}", headers=kind)
    assert answer.status_code == 303
    assert (await sign_in(Desk(client_of(app.web)), "a\x00\u2028", "\x00", "\x00")).status == 422


async def test_what_is_over_is_forgotten(app: App, lan: Desk, asks: Asks, clock: FixedClock) -> None:
    await asks()
    await sign_in(Desk(client_of(app.web)), "Lan", "000000", "wrong")
    await lan.open("/console/questions/1")
    await lan.send("/note", note="Đã xem.")
    clock.advance(days=LONGEST.days + 2)
    now = clock.now()
    async with app.storage.write() as uow:
        await uow.upkeep.drop_old(messages_before=now, questions_before=now, ledger_before=now, now=now)
        await uow.commit()
    rows = await everything(app.storage)
    assert [rows[one] for one in ("sessions", "sign_in_links", "sign_in_tries", "form_posts")] == [[], [], [], []]
    assert len(rows["credentials"]) == 1 and len(rows["question_notes"]) == 1, "its question still waits"
