"""The real application with officers in it: real storage, a clock that stands still, passwords that cost nothing."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import App, build
from bot.keys import load_key
from bot.knowledge import Knowledge
from bot.passwords import Argon2Passwords
from bot.settings import load_settings
from bot.teaching import Teaching
from content.series.proposing import propose
from content.understanding.corpus import Corpus, Utterance
from core.campaigns import CampaignState, read_notice
from core.officers import Grant, Role
from core.questions import Author, Entry
from core.schedules import Schedule, ScheduleState
from handlers.scheduling import Asked, find
from tests.console.desk import Desk, console_of, signed_in
from tests.support.clock import FixedClock
from tests.support.databases import Databases
from tests.support.rows import make_person, new_question
from tests.web.conftest import changed

WORDS = "Nhà tôi bị dột, có được giúp sửa nhà không?"
TEXT = "Mở lớp may sáng thứ Hai. Học không mất tiền."
KNOWN_ROWS = Corpus(utterances=(Utterance(label="housing", text="xin sửa nhà dột", who="tests"),))
Asks = Callable[..., Awaitable[int]]
Notes = Callable[..., Awaitable[int]]
Plans = Callable[..., Awaitable[Schedule]]


@pytest.fixture
def database() -> str:
    """Where the application keeps its data; empty: SQLite in its own folder."""
    return ""


@pytest.fixture
def data_dir(tmp_path: Path, database: str, databases: Databases) -> Path:
    """The application's folder, as after a first start."""
    load_key(tmp_path)
    if not database:
        databases.put(tmp_path / "chungtay.db")
    return tmp_path


@pytest.fixture
async def app(data_dir: Path, database: str, clock: FixedClock, knowledge: Knowledge) -> AsyncIterator[App]:
    settings = load_settings(data_dir=data_dir, database_url=database, public_url="https://chungtay.example")
    faults: list[str] = []
    async with build(
        settings, clock=clock, knowledge=knowledge, on_fault=lambda where, error: faults.append(f"{where}: {error!r}")
    ) as running:
        console = console_of(running)
        gate = replace(console.gate, passwords=Argon2Passwords(passes=1, kibibytes=8, lanes=1))
        # All rows of the packs take seconds to read; what these tests teach stands in none of them.
        teaching = Teaching(settings=settings, content=console.content, _corpus=KNOWN_ROWS)
        console = replace(console, gate=gate, teaching=teaching)
        yield replace(running, web=changed(running.web.state.site, console=console))
    assert faults == []


def _at_desk(name: str, role: Role, locality: str = "dak-cam") -> Callable[[App], AsyncIterator[Desk]]:
    """A fixture: an officer of that role, signed in."""

    async def desk(app: App) -> AsyncIterator[Desk]:
        signed = await signed_in(app, name, Grant(role=role, locality=locality))
        async with signed.client:
            yield signed

    return pytest.fixture(desk)


lan = _at_desk("Lan", Role.ANSWERER)
minh = _at_desk("Minh", Role.ANSWERER)  # a colleague of Lan's
thu = _at_desk("Thu", Role.EDITOR)
duy = _at_desk("Duy", Role.APPROVER)
chief = _at_desk("Hoa", Role.ADMINISTRATOR, locality="")  # of the whole installation


@pytest.fixture
def notes(app: App) -> Notes:
    """A notice that is there: await notes("Lớp may", CampaignState.SUBMITTED, locality="di-su")."""

    async def note(title: str = "Lớp may", state: CampaignState = CampaignState.DRAFT, **fields: Any) -> int:
        data = {"text": {"vi": TEXT}, "source": "Thông báo 12/TB-UBND", **fields}
        place = data.pop("locality", "dak-cam")
        notice = read_notice({"kind": "notice", "title": title, "audience": {"localities": [place]}, **data})
        async with app.storage.write() as uow:
            number = await uow.campaigns.add(notice, by="Thu", now=app.clock.now())
            if state is not CampaignState.DRAFT:
                await uow.campaigns.step(number, CampaignState.DRAFT, state)
            await uow.commit()
        return number

    return note


@pytest.fixture
def plans(app: App) -> Plans:
    """A schedule that is there: await plans("tet", ScheduleState.SUBMITTED, locality="di-su")."""

    async def plan(
        series: str = "tet", state: ScheduleState = ScheduleState.DRAFT, locality: str = "dak-cam"
    ) -> Schedule:
        now, content = app.clock.now(), app.knowledge.content
        asked = Asked(series=series, locality=locality, first=now.date(), last=now.date() + timedelta(days=120))
        posts, _ = propose(content, content.series(locality=locality)[series], locality, asked.first, asked.last)
        async with app.storage.write() as uow:
            number = await uow.schedules.add(series, locality, posts, by="Hà", now=now)
            if state is not ScheduleState.DRAFT:
                await uow.schedules.step(number, ScheduleState.DRAFT, state)
            await uow.commit()
        return await find(app.storage, str(number))

    return plan


@pytest.fixture
def asks(app: App) -> Asks:
    """Somebody asks an officer something: await asks("K7M4PX", locality="di-su")."""

    async def ask(code: str = "K7M4PX", words: str = WORDS, **fields: object) -> int:
        person = await make_person(app.storage, f"person-{code}")
        new = new_question(code, person.contact.id, **fields)  # type: ignore[arg-type]
        async with app.storage.write() as uow:
            entry = Entry(author=Author.CITIZEN, at=app.clock.now(), text=words)
            number = await uow.questions.open(replace(new, entry=entry))
            await uow.commit()
        return number

    return ask
