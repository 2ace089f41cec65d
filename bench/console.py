"""The officers' pages over a province's worth of rows: how long until the first byte, and in how many statements."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import httpx
from sqlalchemy import event

from bench import people
from bench.figures import Figure
from bot.app import App, build
from bot.keys import load_key
from bot.knowledge import Knowledge
from bot.settings import load_settings
from core.officers import Grant, Role
from db import schema
from db.engine import close_engine, make_engine, sqlite_url
from db.unit_of_work import SqlStorage
from handlers.signing import enrolling
from handlers.signing.enrolling import Filled
from handlers.signing.factors import STEP, code_at
from web.console.cookies import SESSION, cookie_name
from web.console.door import Scope
from web.console.parts import Console
from web.console.routes import ROOMS

GROUP = "Officers' pages"
LOOKS = 5  # at each page; the median is told, after one that is not counted
AIM = 200  # ms
PASSWORD = "con trâu đi trước cái cày"
WITH_NUMBERS = (
    "/console/questions/20",
    "/console/questions?show=all",
    "/console/notices?show=all",
    "/console/notices/1",
    "/console/notices/190",  # waits for its approval: who is meant is counted anew
    "/console/notices/1/ledger",
    "/console/notices/1/doubts",
    "/console/reports?place=dak-cam",
    "/console/reports?place=dak-cam&period=2026",
    "/console/reports/rows?place=dak-cam&period=2026&figure=asked",
    "/console/content/dak-cam/topics/legal-aid",
    "/console/targets/dak-cam/rates",
    "/console/tasks/1",
    "/console/tasks/dak-cam/new",
    "/console/learning/1",
)
FILES = ("docx", "pdf", "xlsx", "sheet", "csv")


def measure(knowledge: Knowledge, folder: Path) -> list[Figure]:
    """Every page that needs no number, and some with one, by an administrator of all places, on SQLite."""
    data = folder / "console"
    data.mkdir(parents=True)
    load_key(data)
    return asyncio.run(_measure(knowledge, data))


async def _measure(knowledge: Knowledge, folder: Path) -> list[Figure]:
    await prepare(knowledge, folder)
    return await look(knowledge, folder)


async def prepare(knowledge: Knowledge, folder: Path) -> None:
    """All these rows in a data folder that has its key."""
    engine = make_engine(sqlite_url(folder / "chungtay.db"))
    try:
        await schema.upgrade(engine)
        await people.fill(engine, knowledge.content, datetime.now(UTC))
    finally:
        await close_engine(engine)


async def look(knowledge: Knowledge, folder: Path) -> list[Figure]:
    """Look at each page."""
    about = f"{people.PEOPLE:,} people, {people.QUESTIONS:,} questions, {people.NOTICES} notices"
    found = []
    async with build(load_settings(data_dir=folder), knowledge=knowledge) as app, _signed_in(app) as browser:
        for path in (*pages(), *WITH_NUMBERS):
            took, worked, statements = await _look(app.storage, browser, path)
            name = f"{path}: {statements} statements, {worked:.0f} ms of the processor"
            found.append(Figure(group=GROUP, name=name, value=took, unit="ms", below=AIM))
    slowest = max(one.value for one in found)
    return [Figure(group=GROUP, name=f"the slowest of {len(found)}; {about}", value=slowest, unit="ms"), *found]


def pages() -> list[str]:
    """The addresses of all pages that need no number; files are made, and not begun before they are done."""
    rooms = (room for room in ROOMS if room.method == "GET" and room.scope is not Scope.OPEN)
    return [room.path for room in rooms if "{" not in room.path and not room.path.endswith(FILES)]


@asynccontextmanager
async def _signed_in(app: App) -> AsyncIterator[httpx.AsyncClient]:
    console, now = app.web.state.site.console, app.clock.now()
    if not isinstance(console, Console):
        raise TypeError("this product has no console")
    async with app.storage.write() as uow:
        number = await uow.officers.add("Lan", now)
        await uow.officers.grant(number, [Grant(role=Role.ADMINISTRATOR)])
        await uow.commit()
    token = await enrolling.new_link(console.gate, "Lan", by="operator", now=now)
    secret = (await enrolling.opened(console.gate, token, now=now)).secret
    code = code_at(secret, int(now.timestamp()) // STEP)
    filled = Filled(name="Lan", password=PASSWORD, code=code, browser="bench")
    done = await enrolling.enrol(console.gate, token, filled, now=now)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app.web), base_url="http://127.0.0.1") as client:
        for secure in (True, False):
            client.cookies.set(cookie_name(SESSION, secure=secure), done.token)
        yield client


async def _look(storage: SqlStorage, browser: httpx.AsyncClient, path: str) -> tuple[float, float, int]:
    """Milliseconds until the first byte, by the clock and of the processor, both medians; and the statements.

    Raises ValueError where the page is refused. What the product does besides, at the same time, counts along: of
    statements the fewest are told.

    A page is made whole before its first byte leaves.
    """
    waits, works, statements = [], [], []
    for _ in range(LOOKS + 1):
        with _counting(storage) as counted:
            started, worked = time.perf_counter(), time.process_time()
            answer = await browser.get(path)
            waits.append((time.perf_counter() - started) * 1000)
            works.append((time.process_time() - worked) * 1000)
        if answer.status_code != httpx.codes.OK:
            raise ValueError(f"{path}: {answer.status_code}")
        statements.append(len(counted))
    return median(waits[1:]), median(works[1:]), min(statements)


@contextmanager
def _counting(storage: SqlStorage) -> Iterator[list[str]]:
    found: list[str] = []

    def note(*told: object) -> None:
        if not str(told[2]).startswith("BEGIN"):
            found.append(str(told[2]))

    event.listen(storage.engine.sync_engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(storage.engine.sync_engine, "before_cursor_execute", note)
