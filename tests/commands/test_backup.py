"""`chungtay backup` and `chungtay restore`: one file for everything, good for either database."""

import gzip
import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from core.records import AuditEntry
from db.unit_of_work import SqlStorage
from tests.commands.conftest import Command, in_storage, url_in
from tests.support.clock import MORNING
from tests.support.databases import KINDS, Databases
from tests.support.rows import (
    FILE,
    everything,
    make_account,
    make_person,
    new_delivery,
    new_question,
    new_update,
    queue,
    receive,
    traces,
)

pytestmark = pytest.mark.thorough

KEPT = "ab" * 32


async def fill(storage: SqlStorage) -> None:
    await make_account(storage)
    for path, code in (("ba-tu", "K7M4PX"), ("ong-sau", "HHH222")):
        contact = (await make_person(storage, path)).contact.id
        await queue(storage, new_delivery(path, path, contact=contact, text=f"chào {path}", attachments=(FILE,)))
        await receive(storage, new_update(path, path))
        async with storage.write() as uow:
            await uow.questions.open(new_question(code, contact))
            await uow.audit.append([AuditEntry(at=MORNING, actor="a", action="b", subject="c")])
            await uow.commit()


@pytest.fixture
def installation(command: Command, url: str, data_dir: Path) -> str:
    """Two people with all that belongs to them, a file, and the key; gives the database's URL."""
    in_storage(url, fill)
    command("audit", "verify")  # makes the key
    file = data_dir / "files" / KEPT[:2] / KEPT[2:]
    file.parent.mkdir(parents=True)
    file.write_bytes(b"a picture")
    return url


@pytest.fixture
def backup(command: Command, installation: str, tmp_path: Path) -> Path:
    """A backup of it."""
    path = tmp_path / "copy.tar.gz"
    assert command("backup", str(path)).status == 0
    return path


@pytest.fixture(params=KINDS)
def elsewhere(
    request: pytest.FixtureRequest, databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], str]:
    """Turn to an empty installation of either kind; gives its database's URL."""
    if request.param == "postgresql":
        request.getfixturevalue("postgresql")
    fresh = databases.new("postgresql", migrated=False) if request.param == "postgresql" else ""

    def turn() -> str:
        monkeypatch.setenv("CHUNGTAY_DATA_DIR", str(tmp_path / "new"))
        monkeypatch.setenv("CHUNGTAY_DATABASE_URL", fresh)
        return fresh or url_in(tmp_path / "new")

    return turn


@pytest.fixture
def new_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """Turn to an empty installation on SQLite; gives its database's URL."""

    def turn() -> str:
        monkeypatch.setenv("CHUNGTAY_DATA_DIR", str(tmp_path / "new"))
        monkeypatch.setenv("CHUNGTAY_DATABASE_URL", "")
        return url_in(tmp_path / "new")

    return turn


def test_everything_comes_back(
    command: Command, installation: str, backup: Path, elsewhere: Callable[[], str], data_dir: Path, tmp_path: Path
) -> None:
    """Rows, files and key, from either database into either."""
    before = in_storage(installation, everything)
    assert backup.stat().st_mode & 0o077 == 0  # it holds people's words
    url = elsewhere()
    count = sum(len(rows) for rows in before.values())
    said = command("restore", str(backup)).out
    assert said.startswith(f"{count} rows restored into ")
    assert said.endswith("; 0 people erased again\n")
    assert in_storage(url, everything) == before
    new = tmp_path / "new"
    assert (new / "files" / KEPT[:2] / KEPT[2:]).read_bytes() == b"a picture"
    assert (new / "secret.key").read_bytes() == (data_dir / "secret.key").read_bytes()
    assert (new / "secret.key").stat().st_mode & 0o077 == 0
    assert command("audit", "verify").out.startswith("audit log: 2 entries, unbroken\n")


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_who_was_erased_since_is_erased_again(
    command: Command, backup: Path, data_dir: Path, new_place: Callable[[], str], tmp_path: Path
) -> None:
    command("person", "erase", "K7M4PX", "--yes")
    new_url = new_place()
    said = command("restore", str(backup), "--erased-in", str(data_dir))
    assert said.out.endswith("; 1 people erased again\n")
    rows = in_storage(new_url, everything)
    assert traces(rows, "ba-tu", contacts=[1]) == ["inbound_updates.external_id", "inbound_updates.path"]
    assert len(rows["questions"]) == 2 and len(rows["contacts"]) == len(rows["erasures"]) == 1
    assert "nobody is kept" in command("person", "show", "K7M4PX").fault
    assert command("person", "show", "HHH222").status == 0


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_an_erasure_is_handed_on_to_the_next_restore(
    command: Command,
    backup: Path,
    data_dir: Path,
    new_place: Callable[[], str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Also of somebody who is not in the backup: their address stays on the list."""

    async def come_and_go(storage: SqlStorage) -> None:
        await make_person(storage, "latecomer")

    in_storage(url_in(data_dir), come_and_go)
    command("person", "erase", "contact:3", "--yes")
    new_url = new_place()
    command("restore", str(backup), "--erased-in", str(data_dir))
    assert len(in_storage(new_url, everything)["erasures"]) == 1


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_the_folder_whose_erasures_count_must_be_the_replaced_one(
    command: Command, backup: Path, new_place: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    new_place()
    assert "no installation on SQLite" in command("restore", str(backup), "--erased-in", str(other)).fault
    monkeypatch.setenv("CHUNGTAY_DATA_DIR", str(other))
    command("db", "upgrade")  # makes an installation of its own, with a key of its own
    new_place()
    assert "another installation's" in command("restore", str(backup), "--erased-in", str(other)).fault
    assert command("restore", str(backup)).status == 0  # and nothing of it stands in the way now


def test_a_place_in_use_is_refused(
    command: Command, installation: str, backup: Path, new_place: Callable[[], str]
) -> None:
    before = in_storage(installation, everything)
    assert "this installation is in use" in command("restore", str(backup)).fault
    assert in_storage(installation, everything) == before


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_a_database_in_use_is_refused_and_no_key_is_left(
    command: Command, installation: str, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHUNGTAY_DATA_DIR", str(tmp_path / "new"))
    assert "the database is not empty" in command("restore", str(backup)).fault
    assert not (tmp_path / "new" / "secret.key").exists()


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def flip(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 0xFF]) + content[middle + 1 :]


def no_tar(_: bytes) -> bytes:
    return gzip.compress(b"a letter" * 200)


def no_key(content: bytes) -> bytes:
    return without(content, "secret.key")


def no_rows(content: bytes) -> bytes:
    return without(content, "rows.jsonl")


def without(content: bytes, name: str) -> bytes:
    """The archive without one of its parts."""
    out = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(content)) as old, tarfile.open(fileobj=out, mode="w:gz") as new:
        for member in old.getmembers():
            if member.name != name:
                new.addfile(member, old.extractfile(member) if member.isfile() else None)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("damage", [cut, flip, no_tar, no_key, no_rows, lambda _: b"", lambda _: b"a letter"])
def test_a_damaged_backup_changes_nothing_and_a_good_one_can_follow(
    command: Command, backup: Path, new_place: Callable[[], str], tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    new_place()
    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(damage(backup.read_bytes()))
    fault = command("restore", str(broken)).fault
    assert "is no backup, or damaged" in fault and "take another copy" in fault
    assert not (tmp_path / "new" / "secret.key").exists()
    assert command("restore", str(backup)).status == 0


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_backup_of_another_version_is_refused(
    command: Command, backup: Path, new_place: Callable[[], str], tmp_path: Path
) -> None:
    new_place()
    out = io.BytesIO()
    with tarfile.open(backup) as old, tarfile.open(fileobj=out, mode="w:gz") as new:
        rows = old.extractfile("rows.jsonl")
        assert rows is not None
        text = rows.read().replace(b'{"chungtay": "', b'{"chungtay": "9', 1)
        member = old.getmember("rows.jsonl")
        member.size = len(text)
        new.addfile(member, io.BytesIO(text))
        new.addfile(old.getmember("secret.key"), old.extractfile("secret.key"))
    (tmp_path / "later.tar.gz").write_bytes(out.getvalue())
    assert "not a backup of this version" in command("restore", str(tmp_path / "later.tar.gz")).fault


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_backup_that_cannot_be_written_leaves_nothing(command: Command, installation: str, tmp_path: Path) -> None:
    assert "cannot be written" in command("backup", str(tmp_path / "no" / "such" / "copy.tar.gz")).fault
    old = tmp_path / "old.tar.gz"
    old.write_bytes(b"the last good one")
    (tmp_path / ".old.tar.gz.new").mkdir()  # what stands in the way of the draft
    assert "cannot be written" in command("backup", str(old), "--force").fault
    assert old.read_bytes() == b"the last good one"
