"""The disk is full, another program holds the database, or its server goes away, while a notice goes out."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from time import monotonic

import httpx
from sqlalchemy import func, select

from db.engine import sqlite_file
from db.models import inbound_updates
from tests.support import small_disk
from tests.support.databases import Restarted
from tests.support.service import Service, say
from tests.support.telegram import faults
from tests.trials.faults_base import HURRIED, WITHIN, Line, Ward, until

MEGABYTES = 4
BATCH = 5  # people in one transaction of the expansion: a full disk interrupts it in the middle
STEP = 80_000  # bytes of room that are given until the notice has begun
STILL = 1.5  # seconds in which nothing happens: longer than anything here waits before it tries again
WORDS = "tro giup phap ly mien phi o dau " * 30
MOST_WORDS = 200  # messages said to a service that soon has no room
SLOW = 0.5  # seconds until the server answers: so messages are on their way when the database is gone
HELD = 3.0  # seconds in which another program holds the database: several times as long as a writer waits
SOME = 8
LEASE = 4.0  # seconds: what was leased when the server died, without our hearing of it, is found by then
QUESTION = "menu"


async def full(ward: Ward, disk: Path) -> Line:
    """The disk becomes full while the notice is expanded and sent; then there is room again."""
    text, ballast = "Tin khi đĩa đầy.", disk / "ballast"
    service = ward.service
    assert service is not None
    number = await ward.notice(text, hold_back=1)
    cursor, sent = await _stuck_half_way(ward, number, text, ballast)
    small_disk.fill(ballast)
    stored, refused = await asyncio.to_thread(_talk_until_full, service)
    health = await asyncio.to_thread(_health, service)
    asked = [one for one in ward.people[-3:] if one.says(QUESTION)]
    kept = await _stored(ward, "webchat.main")
    alive = service.process.poll() is None
    ballast.unlink()
    await ward.finished(number)
    await ward.telegram.quiet(within=WITHIN)
    await until(lambda: all(len(one.shown) > 1 for one in asked), "who wrote to a full disk is answered")
    verdict = await ward.judged(number, text)
    said = await ward.kill()
    verdict.expect(0 < cursor < max(ward.contacts.values()), f"the expansion was at {cursor} of {len(ward.people)}")
    verdict.expect(alive, "the service ended")
    verdict.expect(refused > 0 and kept >= stored, f"{stored} acknowledged, {kept} stored, {refused} refused")
    verdict.expect("the disk is full" in said, "the log does not tell of the full disk")
    verdict.expect(health == (503, "down", "0 MB"), f"the health page shows {health}")
    shown = (
        f"full at person {cursor} of the expansion, {sent} had it then; {stored} messages acknowledged "
        f"and stored, {refused} refused; the health page says so ({health[0]})"
    )
    return Line("disk full, then room", f"{verdict}; {shown}", verdict.faults)


async def _stuck_half_way(ward: Ward, number: int, text: str, ballast: Path) -> tuple[int, int]:
    """Give room in small steps until the notice has begun and stands still: how far it was expanded and sent."""
    left = STEP
    small_disk.fill(ballast, leave=left)
    while True:
        seen, since = await _how_far(ward, number, text), monotonic()
        while monotonic() - since < STILL:
            await asyncio.sleep(0.1)
            if (now := await _how_far(ward, number, text)) != seen:
                seen, since = now, monotonic()
        if all(seen):
            return seen
        left += STEP
        small_disk.shrink(ballast, leave=left)


async def _how_far(ward: Ward, number: int, text: str) -> tuple[int, int]:
    async with ward.storage.read() as uow:
        one = await uow.campaigns.get(number)
    assert one is not None
    return one.cursor, ward.arrived(text)


def _talk_until_full(service: Service) -> tuple[int, int]:
    """Somebody writes in the web chat: how many messages were acknowledged, and how many refused."""
    stored = refused = 0
    with service.browser() as browser:
        while refused < 2 and stored < MOST_WORDS:
            try:
                say(browser, WORDS)
                stored += 1
            except httpx.HTTPStatusError:
                refused += 1
    return stored, refused


def _health(service: Service) -> tuple[int, str, str]:
    """Status of the page, and what it says of the disk."""
    with service.browser() as browser:
        answer = browser.get("/health?format=json")
    disk = next(one for one in answer.json()["checks"] if one["name"] == "disk")
    return answer.status_code, disk["state"], disk["detail"]


async def _stored(ward: Ward, account: str) -> int:
    async with ward.storage.read() as uow:
        found = await uow.connection.execute(
            select(func.count()).select_from(inbound_updates).where(inbound_updates.c.account == account)
        )
        return int(found.scalar_one())


async def locked(ward: Ward) -> Line:
    """Another program holds SQLite's file for longer than anybody waits."""
    text = "Tin khi cơ sở dữ liệu bị giữ."
    file = sqlite_file(str(ward.storage.engine.url))
    assert file is not None
    ward.telegram.faults.add(faults.slow(SLOW * HURRIED, method="sendMessage", times=None))
    number = await ward.notice(text)
    await ward.some_have(text, SOME)
    with closing(sqlite3.connect(file, isolation_level=None, timeout=WITHIN, check_same_thread=False)) as holder:
        await asyncio.to_thread(holder.execute, "BEGIN IMMEDIATE")
        before, confirmed = ward.arrived(text), len(ward.telegram.confirmed)
        asked = _ask(ward)
        await asyncio.sleep(HELD)
        meanwhile, acknowledged = ward.arrived(text) - before, len(ward.telegram.confirmed) - confirmed
        holder.execute("ROLLBACK")
    ward.telegram.faults.clear()
    await ward.finished(number)
    await _answered(ward, asked)
    verdict = await ward.judged(number, text)
    verdict.expect(before < len(ward.meant), f"{before} had it when the file was taken")
    verdict.expect(not acknowledged, f"{acknowledged} messages were acknowledged that nobody could store")
    verdict.expect(not verdict.doubts, "what was sent is recorded once the file is free")
    shown = f"held {HELD:g} s after {before}, {meanwhile} more meanwhile; {len(asked)} questions stored afterwards"
    return Line("database locked", f"{verdict}; {shown}", verdict.faults)


async def restarted(ward: Ward, server: Restarted) -> Line:
    """PostgreSQL dies at once in the middle and comes back."""
    text = "Tin khi máy chủ dữ liệu khởi động lại."
    service = ward.service
    assert service is not None
    ward.telegram.faults.add(faults.slow(SLOW * HURRIED, method="sendMessage", times=None))
    number = await ward.notice(text)
    await ward.some_have(text, SOME)
    await asyncio.to_thread(server.crash)
    before, confirmed = ward.arrived(text), len(ward.telegram.confirmed)
    asked = _ask(ward)
    health = await asyncio.to_thread(_database, service)
    acknowledged = len(ward.telegram.confirmed) - confirmed
    ward.telegram.faults.clear()
    await asyncio.to_thread(server.start)
    await ward.finished(number)
    await _answered(ward, asked)
    verdict = await ward.judged(number, text)
    verdict.expect(before < len(ward.meant), f"{before} had it when the server died")
    verdict.expect(not acknowledged, f"{acknowledged} messages were acknowledged that nobody could store")
    verdict.expect(health == (503, "down"), f"the health page shows {health}")
    shown = f"died after {before}; {len(asked)} questions stored afterwards; the health page said so (503)"
    return Line("PostgreSQL dies and comes back", f"{verdict}; {shown}", verdict.faults, database="PostgreSQL")


def _ask(ward: Ward) -> list[tuple[int, int]]:
    """Three people write; gives who, and how much each had heard."""
    asked = [(at, len(ward.people[at].shown)) for at in range(len(ward.people) - 3, len(ward.people))]
    for at, _ in asked:
        ward.people[at].says(QUESTION)
    return asked


async def _answered(ward: Ward, asked: list[tuple[int, int]]) -> None:
    await ward.telegram.quiet(within=WITHIN)
    # The notice and the answer; where the notice came before, the answer alone.
    await until(lambda: all(len(ward.people[at].shown) > heard for at, heard in asked), "everybody is answered")


def _database(service: Service) -> tuple[int, str]:
    with service.browser() as browser:
        answer = browser.get("/health?format=json")
    return answer.status_code, next(one["state"] for one in answer.json()["checks"] if one["name"] == "database")
