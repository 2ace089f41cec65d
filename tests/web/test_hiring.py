"""Employers send vacancies and courses in by a public form: drafts with a code, bounded, seen by nobody yet."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from httpx import AsyncClient, Response

from bot.app import App
from core.work import OfferState
from handlers.employers import MOST_A_DAY, MOST_WAITING
from tests.support.clock import FixedClock
from tests.support.rows import an_offer, everything
from tests.web.conftest import client_of
from tests.web.test_public import readable

PATH = "/dak-cam/tuyen-dung"
FILLED = {
    "kind": "vacancy",
    "title": "May áo khoác",
    "occupation": "sewing",
    "employer": "Hợp tác xã Sao Mai",
    "contact": "chị Mai, 0912 345 678",
    "place": "phường Đăk Cấm",
    "paid": "month",
    "wage_from": "7.000.000",
    "seats": "5",
    "deadline": "31/12/2026",
}


@pytest.fixture
async def other(app: App) -> AsyncIterator[AsyncClient]:
    """Somebody else."""
    async with client_of(app.web) as made:
        yield made


async def post(client: AsyncClient, **fields: str) -> Response:
    same = {"Sec-Fetch-Site": "same-origin"}
    return await client.post(PATH, data={**FILLED, **fields}, headers=same, follow_redirects=True)


async def rows(app: App) -> list[dict[str, Any]]:
    return (await everything(app.storage))["work_offers"]


async def test_what_is_sent_is_a_draft_with_a_code_and_what_happens_next(app: App, client: AsyncClient) -> None:
    front = (await client.get("/dak-cam")).text
    assert 'href="/dak-cam/tuyen-dung"' in front
    page = await client.get(PATH)
    assert page.status_code == 200 and "<script" not in page.text.partition("<main")[2]
    answer = await post(client)
    (row,) = await rows(app)
    assert (row["state"], row["created_by"], row["locality"]) == ("draft", "", "dak-cam")
    code = f"{row['code'][:3]} {row['code'][3:]}"
    said = readable(answer.text)
    assert f"Mã: {code}" in said and "Bà con chưa thấy tin này" in said
    assert answer.headers["cache-control"] == "no-store" and "noindex" in answer.headers["x-robots-tag"]
    assert "127.0.0.1" not in str(await everything(app.storage)), "the address is kept nowhere"
    entries = [one for one in (await everything(app.storage))["audit_log"] if one["action"] == "work.sent-in"]
    assert [one["actor"] for one in entries] == ["employer"]
    again = await post(client)
    assert f"Mã: {code}" in readable(again.text) and len(await rows(app)) == 1, "a form sent twice is one draft"
    answer = await post(client, note="Có xe đưa đón.")
    assert answer.status_code == 409 and "Muốn sửa, mời gọi cán bộ" in readable(answer.text), "no words are lost unseen"


async def test_the_code_tells_how_far_it_is(app: App, client: AsyncClient, clock: FixedClock) -> None:
    await post(client)
    code = (await rows(app))[0]["code"]

    async def said() -> str:
        return readable((await client.get(f"{PATH}?ma={code.lower()}")).text)

    async with app.storage.write() as uow:
        after = {"verified_by": "Duy", "verified_at": clock.now()}
        await uow.work.step(1, OfferState.DRAFT, OfferState.VERIFIED, **after)
        await uow.commit()
    assert "Cán bộ đã kiểm tra ngày 20/11/2026" in await said()
    async with app.storage.write() as uow:
        await uow.work.step(1, OfferState.VERIFIED, OfferState.CLOSED, closed_by="Duy", why="nội bộ: nghi lừa")
        await uow.commit()
    assert "Cán bộ đã đóng tin này" in await said() and "nghi lừa" not in await said()
    assert (await client.get(f"/di-su/tuyen-dung?ma={code}")).status_code == 404, "a code is of its place"


async def test_codes_are_not_guessed(client: AsyncClient) -> None:
    found = [(await client.get(f"{PATH}?ma=K7M4P{n}")).status_code for n in range(2, 9)]
    assert found == [404] * 5 + [429] * 2


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"contact": "chị Mai"}, "Ghi tên và một số điện thoại"),
        ({"title": "Tuyển nữ may áo"}, "Không được đòi nam hay nữ"),
        ({"deadline": "01/01/2020"}, "Ngày này đã qua"),
        ({"title": "", "employer": "\x00"}, "Chưa ghi mục này"),
        ({"note": "x" * 301}, "Dài quá 300 ký tự"),
    ],
)
async def test_what_cannot_be_taken_is_told_and_stays_in_the_form(
    app: App, client: AsyncClient, fields: dict[str, str], said: str
) -> None:
    answer = await post(client, **fields)
    assert answer.status_code == 422 and said in readable(answer.text) and await rows(app) == []
    assert 'value="phường Đăk Cấm"' in answer.text


async def test_a_course_and_english(app: App, client: AsyncClient) -> None:
    page = await client.get(f"{PATH}?loai=lop&lang=en")
    assert 'for="contact">Contact and telephone <span class="hint">(needed)' in page.text
    assert "Opening day" in page.text and "Wage from" not in page.text and '<html lang="en"' in page.text
    fields = {**FILLED, "kind": "course", "opens": "15/12/2026", "length": "3 tháng"}
    answer = await client.post(f"{PATH}?lang=en", data=fields, follow_redirects=True)
    assert "Received. Code: " in readable(answer.text) and str(answer.url).count("lang=en") == 1
    (row,) = await rows(app)
    assert row["kind"] == "course" and row["offer"]["opens"] == "2026-12-15" and "wage_from" not in row["offer"]


async def test_nothing_typed_becomes_part_of_the_page(client: AsyncClient) -> None:
    script = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{4321*1234}}</textarea></option>"
    for deadline in ("31/12/2026", script):
        texts = dict.fromkeys(("title", "employer", "place", "note", "papers", "priority", "degree"), script)
        html = (await post(client, **texts, contact=f"0912345678{script}", deadline=deadline)).text
        assert "<script>alert" not in html and "<img" not in html and "5332114" not in html
    assert (await client.get(f"{PATH}?ma={script}")).text.count("<script>alert") == 0


async def test_one_address_sends_a_few_a_day_and_a_place_holds_so_many(
    app: App, client: AsyncClient, clock: FixedClock
) -> None:
    for number in range(MOST_A_DAY):
        assert (await post(client, title=f"Việc {number}")).status_code == 200
    answer = await post(client, title="Thêm nữa")
    assert answer.status_code == 429 and f"đã gửi {MOST_A_DAY} tin" in readable(answer.text)
    assert 'value="Thêm nữa"' in answer.text, "what was typed stays"
    clock.advance(days=1, seconds=60)
    assert (await post(client, title="Thêm nữa")).status_code == 200
    now = clock.now()
    async with app.storage.write() as uow:
        for number in range(MOST_WAITING):
            one = an_offer(title=f"Từ nơi khác {number}")
            await uow.offers.receive("dak-cam", one, code=f"A{number:05d}", sender=b"x", now=now)
        await uow.commit()
    answer = await post(client, title="Quá nhiều")
    assert answer.status_code == 429 and "nhiều tin chờ kiểm tra" in readable(answer.text)


async def test_who_sent_it_is_forgotten_after_a_day(app: App, client: AsyncClient, clock: FixedClock) -> None:
    await post(client)
    assert (await rows(app))[0]["sender"] is not None
    clock.advance(days=1, seconds=60)
    now = clock.now()
    async with app.storage.write() as uow:
        await uow.upkeep.drop_old(messages_before=now, questions_before=now, ledger_before=now, now=now)
        await uow.commit()
    assert (await rows(app))[0]["sender"] is None


async def test_what_officers_put_in_is_not_told_to_a_stranger(app: App, client: AsyncClient) -> None:
    page = await post(client)
    (row,) = await rows(app)
    async with app.storage.write() as uow:
        await uow.connection.exec_driver_sql("UPDATE work_offers SET code = NULL, created_by = 'Lan'")
        await uow.commit()
    answer = await post(client)
    assert page.status_code == 200 and answer.status_code == 409 and row["code"] not in answer.text


async def test_odd_posts_do_no_harm(app: App, client: AsyncClient) -> None:
    assert (await client.post(PATH, content=b"x" * 70_000)).status_code in (400, 413)
    assert (await client.post(PATH, headers={"Sec-Fetch-Site": "cross-site"}, data=FILLED)).status_code == 403
    assert (await client.post("/nowhere/tuyen-dung", data=FILLED)).status_code == 404
    assert await rows(app) == []
