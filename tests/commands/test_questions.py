"""`chungtay questions`: what citizens ask and what an officer answers."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from core.contacts import Refusal
from db.models import addresses
from db.unit_of_work import SqlStorage
from tests.commands.conftest import Command, in_storage
from tests.support.clock import MORNING
from tests.support.rows import everything, make_account, make_person, new_question, urn

pytestmark = pytest.mark.either

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 30


def test_nothing_is_told_as_nothing(command: Command, url: str) -> None:
    assert command("questions", "list").err.startswith("no question is waiting in ")
    assert command("questions", "list", "--all").err.startswith("no question yet in ")


def test_the_list(command: Command, asked: str) -> None:
    lines = [line.split("\t") for line in command("questions", "list").out.splitlines()]
    assert [(line[0], line[1], line[2]) for line in lines] == [("2", "HHH 222", "KHẨN open"), ("1", "K7M 4PX", "open")]
    assert lines[1][3:] == ["23/11/2026 09:00", "dak-cam", "-", "housing"]
    assert len(command("questions", "list", "--all").out.splitlines()) == 3
    assert command("questions", "list", "--locality", "dak-cam").out.startswith("1\t")


def test_one_with_its_thread(command: Command, asked: str) -> None:
    for key in ("1", "K7M 4PX"):
        assert command("questions", "show", key).out.endswith("\n20/11/2026 09:00 citizen:\nNhà tôi dột.\n")
    assert "no such question" in command("questions", "show", "99").fault


def test_an_answer_is_kept_queued_and_logged(command: Command, asked: str, data_dir: Path, tmp_path: Path) -> None:
    picture = tmp_path / "giấy mời.png"
    picture.write_bytes(PNG)
    said = command(
        "questions", "answer", "K7M4PX", "--text", "Mời bà con đến xã.", "--as", "lan", "--attach", str(picture)
    )
    assert said.out == "answered: question 1\n"
    assert command("questions", "list", "--locality", "dak-cam").out == ""
    assert "officer lan: [giấy mời.png (1 kB)]\nMời bà con đến xã." in command("questions", "show", "1").out
    told = command("questions", "show", "1", "--save", str(tmp_path / "ra")).out
    (saved,) = (tmp_path / "ra").iterdir()
    assert saved.name == "K7M4PX-1-giấy mời.png" and saved.read_bytes() == PNG and f"saved: {saved}" in told
    where = tmp_path / "một tệp"
    where.touch()
    assert "cannot be written" in command("questions", "show", "1", "--save", str(where)).fault
    rows = in_storage(asked, everything)
    (delivery,) = rows["deliveries"]
    (message,) = rows["messages"]
    assert (delivery["status"], delivery["message_id"]) == ("queued", message["id"])
    assert "Mời bà con đến xã." in message["body"]["text"] and "K7M 4PX" in message["body"]["text"]
    (file,) = message["body"]["attachments"]
    assert (data_dir / "files" / file["sha256"][:2] / file["sha256"][2:]).read_bytes() == PNG
    assert [(row["actor"], row["action"]) for row in rows["audit_log"]] == [("officer:lan", "question.answered")]


def test_several_files_go_along_with_one_answer(command: Command, asked: str, tmp_path: Path) -> None:
    files = [tmp_path / "1.png", tmp_path / "2.png"]
    for one in files:
        one.write_bytes(PNG + one.name.encode())
    attached = [word for one in files for word in ("--attach", str(one))]
    command("questions", "answer", "1", "--text", "Đây là hai trang.", *attached)
    (message,) = in_storage(asked, everything)["messages"]
    assert [one["name"] for one in message["body"]["attachments"]] == ["1.png", "2.png"]


def test_that_somebody_has_blocked_us_is_told_to_the_officer(command: Command, asked: str) -> None:
    async def block(storage: SqlStorage) -> None:
        async with storage.write() as uow:
            await uow.people.refuse(urn(), Refusal.BLOCKED, MORNING)
            await uow.commit()

    in_storage(asked, block)
    assert "\topen, has blocked us\t" in command("questions", "list").out
    assert "\topen, has blocked us\t" in command("questions", "show", "1").out
    said = command("questions", "answer", "1", "--text", "a")
    assert said.out == "answered: question 1\n"
    assert "the person has blocked us: the answer is kept for a week" in said.err


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("arguments", "why"),
    [(["99", "--text", "a"], "no such question"), (["1", "--text", "  "], "the answer is empty")],
)
def test_what_cannot_be_answered(command: Command, asked: str, arguments: list[str], why: str) -> None:
    assert why in command("questions", "answer", *arguments).fault
    assert in_storage(asked, everything)["deliveries"] == []


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_file_that_phones_may_not_open_is_refused(command: Command, asked: str, tmp_path: Path) -> None:
    program = tmp_path / "program.exe"
    program.write_bytes(b"MZ" + b"\0" * 60)
    fault = command("questions", "answer", "1", "--text", "a", "--attach", str(program)).fault
    assert "not a picture, PDF, DOCX or sound" in fault
    assert in_storage(asked, everything)["deliveries"] == []


def test_somebody_who_is_gone_cannot_be_answered(command: Command, asked: str) -> None:
    command("person", "erase", "K7M4PX", "--yes")
    assert "had their data erased" in command("questions", "answer", "K7M4PX", "--text", "a").fault


def test_an_answer_to_somebody_who_has_been_silent_says_that_it_waits(command: Command, url: str) -> None:
    """Their channel lets nobody write after a week without a word."""

    async def silent(storage: SqlStorage) -> None:
        await make_account(storage, "zalo.main")
        contact = (await make_person(storage, "z", "zalo.main")).contact.id
        async with storage.write() as uow:
            await uow.connection.execute(update(addresses).values(interacted_at=datetime.now(UTC) - timedelta(days=8)))
            await uow.questions.open(new_question("K7M4PX", contact))
            await uow.commit()

    in_storage(url, silent)
    told = "has been silent for so long that their channel lets nobody write"
    assert told in command("questions", "list").out and told in command("questions", "show", "1").out
    said = command("questions", "answer", "1", "--text", "Mời bà con đến.")
    assert f"the person {told}: the answer is kept for a week and sent when that ends" in said.err

    async def heard(storage: SqlStorage) -> None:
        async with storage.write() as uow:
            await uow.connection.execute(update(addresses).values(interacted_at=datetime.now(UTC)))
            await uow.commit()

    in_storage(url, heard)
    assert told not in command("questions", "list", "--all").out
