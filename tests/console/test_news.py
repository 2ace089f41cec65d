"""What a page hears of while it is open: without touching the session, and in the places of its officer alone."""

import struct

from bot.app import App
from core.signing import IDLE
from tests.console.conftest import Asks
from tests.console.desk import Desk
from tests.support.clock import FixedClock
from tests.support.rows import everything
from web.bell import LOUDEST, RATE, urgent_tone


async def told(desk: Desk, path: str = "/console/news") -> dict[str, object]:
    answer = await desk.client.get(path)
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    found: dict[str, object] = answer.json()
    return found


async def test_the_mark_moves_with_what_waits_here(app: App, lan: Desk, asks: Asks) -> None:
    nothing = await told(lan)
    assert nothing["urgent"] == 0
    await asks("K7M4PX")
    one = await told(lan)
    assert one["mark"] != nothing["mark"] and one["urgent"] == 0
    await asks("K7M4PY", urgent=True)
    two = await told(lan)
    assert two["mark"] != one["mark"] and two["urgent"] == 2
    await asks("K7M4PZ", urgent=True, locality="di-su")
    assert await told(lan) == two, "of another place nothing is heard"
    await lan.open("/console/questions/1")
    await lan.send("/hold", "Nhận việc")
    assert (await told(lan))["mark"] != two["mark"]


async def test_one_question(app: App, lan: Desk, asks: Asks) -> None:
    await asks()
    await asks("K7M4PZ", locality="di-su")
    before = await told(lan, "/console/questions/1/news")
    await lan.open("/console/questions/1")
    await lan.send("/hold", "Nhận việc")
    assert await told(lan, "/console/questions/1/news") != before
    assert (await lan.client.get("/console/questions/2/news")).status_code == 404


async def test_pages_say_where_they_stand(app: App, lan: Desk, asks: Asks) -> None:
    await asks(urgent=True)
    mark = (await told(lan))["mark"]
    for path in ("/console", "/console/questions"):
        page = await lan.open(path)
        assert f'data-mark="{mark}" data-urgent="1"' in page.html
        assert "Xem câu mới" in page.links, "without script a link brings the news"
    assert 'data-mark="0"' in (await lan.open("/console/questions/1")).html


async def test_asking_keeps_no_session_alive(app: App, lan: Desk, clock: FixedClock) -> None:
    before = (await everything(app.storage))["sessions"]
    for _ in range(3):
        clock.advance(seconds=IDLE.total_seconds() / 4)
        await told(lan)
        await lan.client.get("/console", headers={"X-Renews": "1"})
    assert (await everything(app.storage))["sessions"] == before
    clock.advance(seconds=IDLE.total_seconds() / 4 + 1)
    assert (await lan.client.get("/console/news")).status_code == 303


async def test_the_tone_is_a_short_wav_file(lan: Desk) -> None:
    page = await lan.open()
    path = page.html.split('data-sound="')[1].split('"')[0]
    answer = await lan.client.get(path)
    assert answer.headers["content-type"] == "audio/wav" and answer.content == urgent_tone()
    riff, size, wave = struct.unpack("<4sI4s", urgent_tone()[:12])
    assert (riff, wave, size) == (b"RIFF", b"WAVE", len(urgent_tone()) - 8)
    samples = urgent_tone()[44:]
    assert len(urgent_tone()) < 20_000 and len(samples) < RATE, "shorter than a second"
    assert max(abs(one - 128) for one in samples) in range(LOUDEST - 5, LOUDEST + 1)
    assert samples[0] == 128 and abs(samples[-1] - 128) < 3, "it begins and ends softly"
