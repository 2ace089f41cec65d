"""`chungtay db upgrade`, and starts on a database that cannot be used."""

from pathlib import Path

import pytest
from sqlalchemy import text

from db import schema
from db.unit_of_work import SqlStorage
from tests.commands.conftest import Command, in_storage, url_in
from tests.support.databases import Databases


def test_a_fresh_folder_is_made_and_brought_up_to_date(command: Command, data_dir: Path) -> None:
    assert command("db", "upgrade").out == f"database: empty -> {schema.HEAD}\n"
    assert command("db", "upgrade").out == f"database: {schema.HEAD} -> {schema.HEAD}\n"
    assert (data_dir / "chungtay.db").is_file()


@pytest.fixture
def empty_postgresql(databases: Databases, postgresql: object, monkeypatch: pytest.MonkeyPatch) -> str:
    """A PostgreSQL database in which nothing is, as the setting."""
    url = databases.new("postgresql", migrated=False)
    monkeypatch.setenv("CHUNGTAY_DATABASE_URL", url)
    return url


@pytest.mark.postgres
def test_postgresql_waits_for_its_operator(command: Command, data_dir: Path, empty_postgresql: str) -> None:
    fault = command("audit", "verify").fault
    assert fault == (
        f"chungtay: database: the database is empty, this program needs {schema.HEAD} -- run: chungtay db upgrade"
    )
    assert command("db", "upgrade").status == 0
    assert command("audit", "verify").status == 0


def test_a_database_of_a_newer_version_stops_every_command(command: Command, url: str) -> None:
    async def make_newer(storage: SqlStorage) -> None:
        async with storage.engine.begin() as connection:
            await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    in_storage(url, make_newer)
    for arguments in (["db", "upgrade"], ["audit", "verify"], ["questions", "list"], ["backup", "copy.tar.gz"]):
        assert "of a newer version (9999) than this program" in command(*arguments).fault


@pytest.mark.parametrize("arguments", [["db", "upgrade"], ["audit", "verify"]])
def test_a_file_that_is_no_database_is_one_line(command: Command, data_dir: Path, arguments: list[str]) -> None:
    url_in(data_dir)
    (data_dir / "chungtay.db").write_text("a letter\n" * 500)
    assert "file is not a database" in command(*arguments).fault


def test_a_server_that_is_away_is_one_line(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHUNGTAY_DATABASE_URL", "postgresql://ward:secret@127.0.0.1:1/chungtay")
    fault = command("audit", "verify").fault
    assert "the database does not answer" in fault and "secret" not in fault


def test_the_data_folder_cannot_be_a_file(command: Command, data_dir: Path) -> None:
    data_dir.write_text("")
    assert "CHUNGTAY_DATA_DIR" in command("audit", "verify").fault
