"""Job fairs on the public pages of a place, and as calendar files."""

from datetime import timedelta

import pytest
from httpx import AsyncClient

from bot.app import App
from core.events import EventState
from tests.support.clock import FixedClock
from tests.support.rows import an_event
from tests.web.conftest import client_of

PAGES = "/dak-cam/ngay-hoi"


async def announced(app: App, *, locality: str = "dak-cam", verified: bool = True, **fields: object) -> int:
    now = app.clock.now()
    begins = now + timedelta(days=7)
    event = an_event(starts_at=begins, ends_at=begins + timedelta(hours=3), **fields)
    async with app.storage.write() as uow:
        number = await uow.events.add(locality, event, by="Lan", now=now)
        one = await uow.events.get(number)
        assert one is not None
        if verified:
            await uow.events.step(one, state=EventState.VERIFIED, verified_by="Minh")
        await uow.commit()
    return number


@pytest.fixture
async def client(app: App) -> AsyncClient:
    return client_of(app.web)


async def test_what_is_verified_is_a_page_that_is_found(app: App, client: AsyncClient) -> None:
    empty = await client.get(PAGES)
    assert empty.status_code == 200 and "chưa có ngày hội việc làm nào" in empty.text
    number = await announced(app, employers="Công ty Mẫu", latitude=14.35, longitude=108.0)
    listed, page = await client.get(PAGES), await client.get(f"{PAGES}/{number}")
    assert f'href="{PAGES}/{number}"' in listed.text
    assert "Công ty Mẫu" in page.text and 'name="robots" content="noindex' not in page.text
    assert "https://www.openstreetmap.org/?mlat=14.35000&amp;mlon=108.00000#map=17/14.35000/108.00000" in page.text
    assert f"{PAGES}/{number}</loc>" in (await client.get("/sitemap.xml")).text
    assert f'href="{PAGES}"' in (await client.get("/dak-cam")).text
    english = await client.get(f"{PAGES}/{number}?lang=en")
    assert "Employers who come:" in english.text


async def test_what_is_not_announced_here_is_not_there(app: App, client: AsyncClient) -> None:
    draft, there = await announced(app, verified=False), await announced(app, locality="di-su")
    for number in (draft, there, 99, 2**70):
        for end in ("", ".ics"):
            assert (await client.get(f"{PAGES}/{number}{end}")).status_code == 404
    assert "Nhà văn hóa" not in (await client.get(PAGES)).text


async def test_the_calendar_file_keeps_its_id_and_its_number_grows(
    app: App, client: AsyncClient, clock: FixedClock
) -> None:
    number = await announced(app)
    first = await client.get(f"{PAGES}/{number}.ics")
    assert first.headers["content-type"] == "text/calendar; charset=utf-8"
    lines = first.text.split("\r\n")
    uid = next(line for line in lines if line.startswith("UID:"))
    assert "SEQUENCE:0" in lines and "STATUS:CONFIRMED" in lines
    assert any(line.startswith("DTSTART:") and line.endswith("00Z") for line in lines)
    clock.advance(days=1)
    async with app.storage.write() as uow:
        one = await uow.events.get(number)
        assert one is not None
        now = app.clock.now()
        await uow.events.step(
            one, state=EventState.CANCELLED, sequence=1, why="mưa bão", cancelled_by="Minh", changed_at=now
        )
        await uow.commit()
    second = (await client.get(f"{PAGES}/{number}.ics")).text.split("\r\n")
    assert uid in second and "SEQUENCE:1" in second and "STATUS:CANCELLED" in second
    page = await client.get(f"{PAGES}/{number}")
    assert "Ngày hội này đã hủy. Lý do: mưa bão" in page.text
    again = await client.get(f"{PAGES}/{number}", headers={"If-None-Match": page.headers["etag"]})
    assert again.status_code == 304
