"""An officer at the command line: whom they can answer, with what, under which name, and what is marked for them."""

import os
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.knowledge import Knowledge
from bot.rooms import open_room
from core.questions import Author, Entry, Question, QuestionState
from db.unit_of_work import SqlStorage
from handlers.answers import MAX_ANSWER
from handlers.context import LOCAL
from tests.commands.conftest import Command, in_storage
from tests.support.chance import SeededChance
from tests.support.clock import MORNING, FixedClock
from tests.support.rows import ask, everything

PDF = b"%PDF-1.7\n"
MEGABYTE = 1024 * 1024


@pytest.fixture
def asked(started: str) -> str:
    """One question, K7M 4PX, number 1; gives the database's URL."""
    in_storage(started, ask)
    return started


def with_questions(url: str, act: Callable[..., Awaitable[None]]) -> None:
    async def run(storage: SqlStorage) -> None:
        async with storage.write() as uow:
            await act(uow.questions)
            await uow.commit()

    in_storage(url, run)


def test_a_question_that_was_taken_back_is_not_answered(command: Command, asked: str) -> None:
    with_questions(asked, lambda questions: questions.set_state(1, QuestionState.WITHDRAWN))
    fault = command("questions", "answer", "K7M4PX", "--text", "a").fault
    assert fault == "chungtay: question K7M4PX: the person took this question back"
    rows = in_storage(asked, everything)
    assert rows["deliveries"] == [] and len(rows["question_entries"]) == 1


@pytest.mark.parametrize("text", ["á" * MAX_ANSWER, f" {'a' * MAX_ANSWER}\n"])
def test_an_answer_may_be_long(command: Command, asked: str, text: str) -> None:
    assert command("questions", "answer", "1", "--text", text).status == 0


def test_but_not_without_end(command: Command, asked: str) -> None:
    fault = command("questions", "answer", "1", "--text", "a" * (MAX_ANSWER + 1)).fault
    assert "the answer has 4,001 characters, more than 4,000" in fault
    assert in_storage(asked, everything)["deliveries"] == []


@pytest.mark.parametrize(
    "arguments",
    [["questions", "answer", "1", "--text", "a"], ["person", "show", "1"], ["person", "erase", "1", "--yes"]],
)
def test_names_that_would_spoil_the_log(command: Command, data_dir: Path, arguments: list[str]) -> None:
    for name in ("", "  ", "a" * 61, "lan\nhoa", "lan\x1b[31m", "\u202elan", "lan\u200b", "a\tb"):
        fault = command(*arguments, "--as", name).fault
        assert fault == "chungtay: --as: a name has 1 to 60 printable characters on one line"
    assert not data_dir.exists()


def test_each_look_at_a_person_is_in_the_log(command: Command, asked: str) -> None:
    command("person", "show", "K7M4PX", "--as", " chị Lan ")
    command("person", "export", "K7M4PX")
    command("person", "show", "ZZZ222", "--as", "lan")
    command("person", "erase", "K7M4PX", "--yes", "--as", "a" * 60)
    rows = in_storage(asked, everything)["audit_log"]
    assert [(row["actor"], row["action"], row["subject"]) for row in rows] == [
        ("officer:chị Lan", "data.shown", "contact:1"),
        ("officer:operator", "data.exported", "contact:1"),
        (f"officer:{'a' * 60}", "data.erased", "contact:1"),
    ]
    assert command("audit", "verify").status == 0


def test_files_up_to_the_limit_go_along(command: Command, asked: str, tmp_path: Path) -> None:
    file = tmp_path / "giấy hẹn.pdf"
    file.write_bytes(PDF.ljust(5 * MEGABYTE, b"\0"))
    assert command("questions", "answer", "1", "--text", "a", "--attach", str(file)).status == 0


def test_others_do_not(command: Command, asked: str, tmp_path: Path) -> None:
    large, pipe = tmp_path / "large.pdf", tmp_path / "pipe"
    large.write_bytes(PDF.ljust(5 * MEGABYTE + 1, b"\0"))
    os.mkfifo(pipe)
    for path, told in (
        (large, "larger than 5 MB"),
        (pipe, "is no file"),
        (Path("/dev/zero"), "is no file"),
        (tmp_path, "is no file"),
        (tmp_path / "nowhere.pdf", "cannot be read (No such file or directory)"),
    ):
        assert f"{path}: {told}" in command("questions", "answer", "1", "--text", "a", "--attach", str(path)).fault
    assert in_storage(asked, everything)["deliveries"] == []


def test_questions_nobody_asked(command: Command, asked: str) -> None:
    for key in ("-1", "0", "9" * 18, "9" * 19, "9" * 40, "K7M4PY", "١"):
        assert f"{key}: no such question" in command("questions", "show", key).fault
    assert "-1: no such question" in command("questions", "answer", "-1", "--text", "a").fault


def test_people_nobody_knows(command: Command, asked: str) -> None:
    for number in ("9" * 18, "9223372036854775808", "9" * 40, "-1"):
        assert "nobody is kept under this code" in command("person", "show", f"contact:{number}").fault


def test_a_place_that_is_not_served_is_told_with_those_that_are(
    command: Command, asked: str, knowledge: Knowledge
) -> None:
    fault = command("questions", "list", "--locality", "nowhere").fault
    assert 'no locality "nowhere" -- there are: ' in fault
    assert all(one in fault for one in knowledge.content.localities)
    said = command("questions", "list", "--locality", "muong-lay")
    assert said.status == 0 and said.err.startswith("no question is waiting in ")


def test_who_asks_again_is_marked(command: Command, asked: str) -> None:
    def state() -> str:
        return command("questions", "list", "--all").out.split("\t")[2]

    async def ask_again(questions: object) -> None:
        entry = Entry(author=Author.CITIZEN, at=MORNING, text="Chưa rõ.")
        await questions.add_entry(1, entry, state=QuestionState.OPEN, due_at=MORNING + timedelta(days=9))  # type: ignore[attr-defined]

    assert state() == "open"
    command("questions", "answer", "1", "--text", "a")
    assert state() == "answered"
    with_questions(asked, ask_again)
    assert state() == "open, asked again"
    assert command("questions", "show", "1").out.split("\t")[2:4] == ["open, asked again", "29/11/2026 09:00"]


@pytest.mark.parametrize("button", ["add", "disagree", "withdraw"])
async def test_who_asks_again_is_owed_an_answer_from_that_day(knowledge: Knowledge, button: str) -> None:
    """After the answer, after a disagreement, and when words come to a question that had been taken back."""
    clock = FixedClock()
    async with open_room(knowledge, clock=clock, chance=SeededChance(7)) as room:

        async def question() -> Question:
            async with room.storage.read() as uow:
                (found,) = await uow.questions.list(states=list(QuestionState))
            return found

        for payload, words in (("start:dak-cam", ""), ("officer", ""), (None, "Nhà tôi dột."), ("handover", "")):
            await room.hear(words, payload=payload)
        first = await question()
        if button != "withdraw":
            await room.answer("Mời bà con đến phường.")
        clock.advance(days=10)
        if button == "withdraw":
            await room.hear(payload=f"question-withdraw:{first.id}")
        await room.hear(payload=f"question-{'add' if button == 'withdraw' else button}:{first.id}")
        await room.hear("Vẫn chưa rõ.")
        again = await question()
    # From Friday 20 November three working days end on Wednesday 25; from Monday 30 November on Thursday 3 December.
    assert [one.due_at.astimezone(LOCAL).isoformat()[:16] for one in (first, again)] == [
        "2026-11-25T17:00",
        "2026-12-03T17:00",
    ]
    assert again.state is QuestionState.OPEN


async def test_words_to_a_question_that_still_waits_do_not_put_it_off(knowledge: Knowledge) -> None:
    clock = FixedClock()
    async with open_room(knowledge, clock=clock, chance=SeededChance(7)) as room:
        for payload, words in (("start:dak-cam", ""), ("officer", ""), (None, "Nhà tôi dột."), ("handover", "")):
            await room.hear(words, payload=payload)
        clock.advance(days=2)
        await room.hear(payload="question-add:1")
        await room.hear("Dột nặng.")
        async with room.storage.read() as uow:
            (found,) = await uow.questions.list(states=[QuestionState.OPEN])
    assert found.due_at.astimezone(LOCAL).isoformat()[:16] == "2026-11-25T17:00"
