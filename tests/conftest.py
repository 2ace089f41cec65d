"""What all tests share: an event loop, time and chance, and real databases of their own."""

import gc
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, nullcontext
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from bot.knowledge import Knowledge, load_knowledge
from db.engine import close_engine, make_engine
from db.unit_of_work import SqlStorage
from tests.support.chance import SeededChance
from tests.support.clock import FixedClock
from tests.support.compiled import compile_once
from tests.support.databases import (
    KINDS,
    Databases,
    NoServerError,
    Server,
    never_wait_for_the_disk,
    postgresql_server,
)
from tests.support.examples import examples
from tests.support.packs import read_once
from tests.support.rows import SEAL
from tests.support.straight import asked_straight
from tests.support.watching import Played, play_all

# A slow machine is no fault, and a test that fails must fail again: no deadline, and the same examples every time.
settings.register_profile("chungtay", deadline=None, derandomize=True, database=None, max_examples=examples())
settings.load_profile("chungtay")

# What is tried with the driver as it is.
WHOLE = ("browser", "outside", "trial", "witness")
# Of a test with many cases, each of which starts the product or a database, `make test` tries so many.
STARTED, A_FEW = {"app", "storage"}, 4


def pytest_addoption(parser: pytest.Parser) -> None:
    """A slice of what is chosen."""
    parser.addoption("--every", type=int, default=1, metavar="N", help="of the tests chosen, run each Nth only")
    parser.addoption("--from", type=int, default=0, metavar="K", dest="begin", help="of these, those beginning with K")


def pytest_configure(config: pytest.Config) -> None:
    """Tests and fixtures that are coroutines run by themselves, without a mark on each."""
    config.option.anyio_mode = "auto"
    gc.disable()  # while the tests are imported, next to nothing becomes garbage


def pytest_collection_finish() -> None:
    """What has been imported stays: a tenth of the whole time went into looking through it for garbage."""
    gc.enable()
    gc.collect()
    gc.freeze()


def beyond_a_few(items: list[pytest.Item]) -> Iterator[pytest.Item]:
    """The cases of one test that start the product and that `make test` leaves to `make thorough`: it tries a few.

    All cases of a capability are tried: they are what `make audit-tests` counts.
    """
    cases: dict[tuple[Path, str, object], list[pytest.Item]] = {}
    for item in items:
        callspec = getattr(item, "callspec", None)
        quick = "capabilities" not in item.path.parts and not any(map(item.get_closest_marker, (*WHOLE, "thorough")))
        if quick and callspec is not None and STARTED.intersection(item.fixturenames):
            key = (item.path, item.originalname, callspec.params.get("kind"))
            cases.setdefault(key, []).append(item)
    for each in cases.values():
        # Spread evenly, with the first and the last among them.
        tried = {round(number * (len(each) - 1) / (A_FEW - 1)) for number in range(A_FEW)}
        yield from (item for number, item in enumerate(each) if number not in tried)


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """What runs on both databases can be chosen by its mark: `-m postgres`, `-m "not postgres"`.

    What is the same on either, as the tests of the storage show, runs on PostgreSQL in `make thorough` alone.
    """
    for item in items:
        callspec = getattr(item, "callspec", None)
        if callspec is not None and "postgresql" in callspec.params.values():
            item.add_marker(pytest.mark.postgres)
            if item.get_closest_marker("either"):
                item.add_marker(pytest.mark.thorough)
    for item in beyond_a_few(items):
        item.add_marker(pytest.mark.thorough)
    yield
    if (every := config.getoption("every")) > 1:
        chosen = items[config.getoption("begin") :: every]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
        items[:] = chosen


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """One event loop of asyncio: what the product runs on."""
    return "asyncio"


@pytest.fixture(scope="session", autouse=True)
def nobody_leaves_the_machine() -> Iterator[None]:
    """A test that reaches for another machine fails: all it needs is here."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test reached for {address[0]}")
        real(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        yield


@pytest.fixture(scope="session", autouse=True)
def nothing_is_made_twice(request: pytest.FixtureRequest) -> Iterator[None]:
    """Reading our packs takes a second, compiling all statements a part of it: too long for each test."""
    whole = any(item.get_closest_marker(mark) for item in request.session.items for mark in WHOLE)
    with pytest.MonkeyPatch.context() as patch, nullcontext() if whole else asked_straight():
        read_once(patch)
        compile_once(patch)
        never_wait_for_the_disk(patch)
        yield


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The packs we ship."""
    read = load_knowledge()
    gc.freeze()
    return read


@pytest.fixture(scope="session")
def played(knowledge: Knowledge) -> Played:
    """Every golden conversation, played once."""
    return play_all(knowledge)


@pytest.fixture
def clock() -> FixedClock:
    """Nine in the morning of 20 November 2026, until the test moves it."""
    return FixedClock()


@pytest.fixture
def chance() -> SeededChance:
    """Chance that comes out the same."""
    return SeededChance()


@pytest.fixture(scope="session")
def postgresql(databases: Databases) -> Iterator[Server]:
    """The session's PostgreSQL server; where none can be started, what needs it is left out aloud."""
    with ExitStack() as stack:
        try:
            databases.server = stack.enter_context(postgresql_server())
        except NoServerError as error:
            pytest.skip(str(error))
        yield databases.server
        databases.clear()


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """Where tests get their databases from."""
    return Databases(tmp_path_factory.mktemp("databases"))


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Both kinds of database, one after the other."""
    if request.param == "postgresql":
        request.getfixturevalue("postgresql")
    return str(request.param)


@pytest.fixture
def database_url(kind: str, databases: Databases) -> Iterator[str]:
    """A fresh database of the current version."""
    url = databases.new(kind)
    yield url
    databases.give_back(url)


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[SqlStorage]:
    """Storage on a fresh database."""
    engine = make_engine(database_url)
    yield SqlStorage(engine, SEAL)
    await close_engine(engine)
