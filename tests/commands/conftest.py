"""Commands as an operator types them, on a data folder of their own."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest

from bot.__main__ import main
from bot.keys import load_key
from core.questions import QuestionState
from db import schema
from db.engine import close_engine, make_engine, sqlite_url
from db.unit_of_work import SqlStorage
from tests.support.databases import Databases
from tests.support.rows import make_account, make_person, new_question

T = TypeVar("T")
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What commands store is shown on both databases with the storage."""
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(pytest.mark.either)


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def fault(self) -> str:
        """The one line in which a command that failed says why."""
        assert self.status == 1 and self.err.count("\n") == 1, self
        assert self.err.startswith("chungtay: ")
        return self.err.strip()


Command = Callable[..., Said]


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the commands of this test use; nothing of the machine's own settings counts."""
    for name in [one for one in os.environ if one.startswith("CHUNGTAY_") and not one.startswith("CHUNGTAY_TEST_")]:
        monkeypatch.delenv(name)
    folder = tmp_path / "data"
    monkeypatch.setenv("CHUNGTAY_DATA_DIR", str(folder))
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def command(data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command to its end: command("questions", "list")."""

    def run(*arguments: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["chungtay", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return Said(int(ended.value.code or 0), out, err)

    return run


def in_storage(url: str, act: Callable[[SqlStorage], Awaitable[T]]) -> T:
    """Do something with the database behind the commands' back; a SQLite file is made when it is missing."""

    async def run() -> T:
        engine = make_engine(url)
        try:
            await schema.prepare(engine)
            return await act(SqlStorage(engine))
        finally:
            await close_engine(engine)

    return asyncio.run(run())


def url_in(folder: Path) -> str:
    """The database that a data folder has by itself."""
    folder.mkdir(parents=True, exist_ok=True)
    return sqlite_url((folder / "chungtay.db").absolute())


@pytest.fixture
def started(data_dir: Path, databases: Databases) -> str:
    """An installation on SQLite that has been started once; gives its database's URL."""
    load_key(data_dir)
    return databases.put(data_dir / "chungtay.db")


@pytest.fixture
def url(kind: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> str:
    """The database of an installation that has been started once, of either kind."""
    if kind == "sqlite":
        return str(request.getfixturevalue("started"))
    load_key(data_dir)
    chosen = str(request.getfixturevalue("database_url"))
    monkeypatch.setenv("CHUNGTAY_DATABASE_URL", chosen)
    return chosen


@pytest.fixture
def asked(url: str) -> str:
    """Three questions of one person: an ordinary one (1), an urgent one (2), a closed one (3)."""

    async def make(storage: SqlStorage) -> None:
        await make_account(storage)
        contact = (await make_person(storage)).contact.id
        async with storage.write() as uow:
            await uow.questions.open(new_question("K7M4PX", contact))
            await uow.questions.open(new_question("HHH222", contact, urgent=True, locality="muong-lay"))
            await uow.questions.set_state(
                await uow.questions.open(new_question("KKK222", contact)), QuestionState.CLOSED
            )
            await uow.commit()

    in_storage(url, make)
    return url
