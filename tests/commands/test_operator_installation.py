"""An installation: made by few commands, closed to others, served by one process, and never quietly replaced."""

import os
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.commands import run as run_module
from bot.installation import alone
from bot.settings import load_settings
from core.errors import StorageError
from core.records import AuditEntry
from db.unit_of_work import SqlStorage
from tests.commands.conftest import Command, in_storage, url_in
from tests.support.clock import MORNING
from tests.support.rows import ask, make_account, make_person, new_question
from tests.support.service import free_port, running

pytestmark = pytest.mark.thorough

OPEN_FILES = ("chungtay.db", "secret.key", "files/ab/cdef")


@pytest.fixture
def installation(command: Command, url: str) -> str:
    """An installation in which nobody has written yet; gives its database's URL."""
    assert command("db", "upgrade").status == 0
    return url


def modes(folder: Path) -> set[int]:
    return {one.stat().st_mode & 0o077 for one in (folder, *folder.rglob("*"))}


@pytest.mark.parametrize(
    "arguments",
    [
        ["questions", "list"],
        ["questions", "answer", "1", "--text", "a"],
        ["audit", "verify"],
        ["person", "show", "K7M4PX"],
        ["backup", "copy.tar.gz"],
    ],
)
def test_most_commands_make_none(command: Command, data_dir: Path, arguments: list[str]) -> None:
    assert command(*arguments).fault == f"chungtay: no installation in {data_dir} -- set CHUNGTAY_DATA_DIR"
    assert list(data_dir.parent.iterdir()) == []


def test_what_was_looked_at_is_named(command: Command, installation: str, data_dir: Path, tmp_path: Path) -> None:
    place = str(data_dir)
    assert place in command("questions", "list").err
    assert place in command("audit", "verify").err
    assert place in command("backup", str(tmp_path / "copy.tar.gz")).out


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_nobody_else_may_look_into_it(command: Command, installation: str, data_dir: Path) -> None:
    assert modes(data_dir) == {0}
    (data_dir / "files" / "ab").mkdir(parents=True)
    for name in OPEN_FILES:
        (data_dir / name).touch()
        (data_dir / name).chmod(0o644)
    (data_dir / "files" / "ab").chmod(0o755)
    data_dir.chmod(0o755)  # as an older program, or the operator's mkdir, left it
    assert command("audit", "verify").status == 0
    assert modes(data_dir) == {0}


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_key_that_is_gone_is_not_replaced(command: Command, installation: str, data_dir: Path) -> None:
    in_storage(installation, make_account)
    (data_dir / "secret.key").unlink()
    for arguments in (["questions", "list"], ["run"], ["db", "upgrade"]):
        assert "the key of this database is missing" in command(*arguments).fault
    assert not (data_dir / "secret.key").exists()


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_a_key_that_is_elsewhere_is_not_replaced_either(command: Command, installation: str, data_dir: Path) -> None:
    in_storage(installation, make_account)
    (data_dir / "secret.key").unlink()
    assert "the key of this database is missing" in command("db", "upgrade").fault
    assert command("audit", "verify").fault.startswith("chungtay: no installation in ")
    assert not (data_dir / "secret.key").exists()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_database_that_is_gone_is_told(command: Command, installation: str, data_dir: Path) -> None:
    (data_dir / "chungtay.db").unlink()
    said = command("questions", "list").fault
    assert said.startswith(f"chungtay: {data_dir / 'chungtay.db'}: the database is missing -- restore the backup")
    assert not (data_dir / "chungtay.db").exists()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_database_that_is_damaged_is_named(command: Command, installation: str, data_dir: Path) -> None:
    (data_dir / "chungtay.db").write_bytes(b"a letter" * 1000)
    fault = command("questions", "list").fault
    assert f"{data_dir / 'chungtay.db'}: is damaged or no database" in fault and "restore the backup" in fault


def test_a_demonstration_keeps_away_from_real_people(
    command: Command, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHUNGTAY_INBOX_URL", "https://tinh.example")  # fetched is gone there
    served: list[tuple[bool, str]] = []
    monkeypatch.setattr(
        run_module, "serve", lambda settings, prepare: served.append((settings.demo, settings.inbox_url))
    )
    command("db", "upgrade")
    assert "not a demonstration's" in command("demo", "--data-dir", str(data_dir)).fault
    for _ in range(2):  # its own folder it knows again
        assert command("demo", "--data-dir", str(data_dir.parent / "made-up")).status == 0
        (data_dir.parent / "made-up" / "secret.key").touch()
    assert served == [(True, "")] * 2
    assert "is empty" in command("demo", "--data-dir", "").fault


def test_who_serves_it_serves_it_alone(command: Command, data_dir: Path, tmp_path: Path) -> None:
    command("db", "upgrade")
    command("backup", str(tmp_path / "copy.tar.gz"))
    with alone(load_settings()):
        with pytest.raises(StorageError, match="is running on this installation already"), alone(load_settings()):
            pass
        assert command("questions", "list").status == 0
    with alone(load_settings(data_dir=tmp_path / "new")):
        (tmp_path / "new.toml").write_text(f'data_dir = "{tmp_path / "new"}"')
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("CHUNGTAY_DATA_DIR")
            patch.setenv("CHUNGTAY_CONFIG", str(tmp_path / "new.toml"))
            assert "is running on this installation already" in command("restore", str(tmp_path / "copy.tar.gz")).fault
    with alone(load_settings()):
        pass


@pytest.mark.parametrize("sign", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.thorough)])
def test_it_stops_quietly_and_another_run_is_refused_meanwhile(
    command: Command, data_dir: Path, monkeypatch: pytest.MonkeyPatch, sign: signal.Signals
) -> None:
    with running(data_dir) as service:
        monkeypatch.setenv("CHUNGTAY_PORT", str(free_port()))
        assert "is running on this installation already -- stop it first" in command("run").fault
        service.process.send_signal(sign)
        _, err = service.process.communicate(timeout=60)
        assert (service.process.returncode, err) == (0, "")


def test_erased_words_leave_the_disk(command: Command, data_dir: Path) -> None:
    """While the service holds the database open, its write-ahead log is not emptied by itself."""
    command("db", "upgrade")

    with closing(sqlite3.connect(data_dir / "chungtay.db")) as service:
        service.execute("SELECT count(*) FROM contacts").fetchall()
        in_storage(url_in(data_dir), ask)
        word = "dột".encode()
        assert word in written(data_dir) or rb"d\u1ed9t" in written(data_dir)
        said = command("person", "erase", "K7M4PX", "--yes")
        assert (said.status, said.err) == (0, "")
        assert word not in written(data_dir) and rb"d\u1ed9t" not in written(data_dir)
        assert (data_dir / "chungtay.db-wal").stat().st_size == 0


def written(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("chungtay.db*"))


def test_readers_are_not_waited_for_long(command: Command, data_dir: Path) -> None:
    command("db", "upgrade")

    async def write_and_settle(storage: SqlStorage) -> bool:
        await make_person_after_account(storage)
        return await storage.settle()

    with closing(sqlite3.connect(data_dir / "chungtay.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM contacts").fetchall()
        assert in_storage(url_in(data_dir), write_and_settle) is False
        reader.execute("COMMIT")
        assert in_storage(url_in(data_dir), write_and_settle) is True


async def make_person_after_account(storage: SqlStorage) -> None:
    await make_account(storage)
    await make_person(storage)


def test_arguments_that_are_no_text_are_refused(command: Command, data_dir: Path) -> None:
    command("db", "upgrade")
    fault = command("questions", "answer", "1", "--text", os.fsdecode(b"ch\xe0o")).fault
    assert fault == "chungtay: argument 5: is not written in UTF-8 -- type it again"


def test_rows_with_half_a_pair_of_signs_are_shown_and_kept(command: Command, data_dir: Path, tmp_path: Path) -> None:
    """Nothing of ours writes them any more; whoever has them must not be stuck with them."""
    command("db", "upgrade")

    async def ask_oddly(storage: SqlStorage) -> None:
        await make_account(storage)
        contact = (await make_person(storage)).contact.id
        async with storage.write() as uow:
            await uow.questions.open(new_question("K7M4PX", contact))
            await uow.audit.append([AuditEntry(at=MORNING, actor="a", action="b", subject="c", detail={"d": "\udce0"})])
            await uow.commit()
        async with storage.engine.begin() as connection:
            await connection.exec_driver_sql(
                "UPDATE question_entries SET body = ?", ('{"text": "ch\\udce0o", "attachments": []}',)
            )

    in_storage(url_in(data_dir), ask_oddly)

    async def read(storage: SqlStorage) -> str:
        async with storage.read() as uow:
            found = await uow.questions.get("1")
        assert found is not None
        return found.thread[0].text

    assert in_storage(url_in(data_dir), read) == "ch?o"  # so a page can write it too
    assert "ch?o" in command("questions", "show", "1").out
    assert "ch?o" in command("person", "export", "K7M4PX").out
    assert command("audit", "verify").status == 0
    assert command("backup", str(tmp_path / "copy.tar.gz")).status == 0


def test_a_mistake_of_the_program_is_one_line_without_values(
    command: Command, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    fault = command("person", "erase", "bà Tư").fault
    assert "a fault of the program (AttributeError, people.py:" in fault and "bà Tư" not in fault


def test_a_backup_is_not_written_over(command: Command, data_dir: Path, tmp_path: Path) -> None:
    command("db", "upgrade")
    old = tmp_path / "copy.tar.gz"
    old.write_bytes(b"the last good one")
    assert "is there already" in command("backup", str(old)).fault
    assert old.read_bytes() == b"the last good one"
    assert command("backup", str(old), "--force").status == 0
    assert old.stat().st_mode & 0o077 == 0 and old.read_bytes()[:2] == b"\x1f\x8b"


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_backup_can_be_put_where_only_the_key_was_made(
    command: Command, installation: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """From SQLite to PostgreSQL, with `db upgrade` before it or not."""
    request.getfixturevalue("postgresql")
    command("backup", str(tmp_path / "copy.tar.gz"))
    fresh = request.getfixturevalue("databases").new("postgresql")
    monkeypatch.setenv("CHUNGTAY_DATABASE_URL", fresh)
    assert "this installation is in use" in command("restore", str(tmp_path / "copy.tar.gz")).fault
    monkeypatch.setenv("CHUNGTAY_DATA_DIR", str(tmp_path / "new"))
    assert command("db", "upgrade").status == 0
    assert command("restore", str(tmp_path / "copy.tar.gz")).status == 0
    assert command("audit", "verify").status == 0


@pytest.mark.parametrize("duties", [["--worker"], ["--web", "--scheduler"]])
def test_on_sqlite_one_process_does_everything(command: Command, data_dir: Path, duties: list[str]) -> None:
    told = f"chungtay: {' '.join(sorted(duties))}: on SQLite one process does everything"
    assert command("run", *duties).fault.startswith(told)
    assert not data_dir.exists()
