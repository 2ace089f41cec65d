"""`chungtay person`: showing, exporting and erasing one person at the counter."""

import io
import json
import sys

import pytest

from db.unit_of_work import SqlStorage
from tests.commands.conftest import Command, in_storage
from tests.support.rows import everything, make_account, make_person, new_delivery, new_question, queue, traces

pytestmark = pytest.mark.either

ADDRESS = "dia-chi-cua-ba-tu"


@pytest.fixture
def contact(url: str) -> int:
    """Somebody with a question, K7M 4PX."""

    async def make(storage: SqlStorage) -> int:
        await make_account(storage)
        number = (await make_person(storage, ADDRESS)).contact.id
        await queue(storage, new_delivery("1", ADDRESS, contact=number, text="chào bà Tư"))
        async with storage.write() as uow:
            await uow.questions.open(new_question("K7M4PX", number))
            await uow.commit()
        return number

    return in_storage(url, make)


def test_in_short(command: Command, contact: int) -> None:
    for who in ("K7M 4PX", "k7m4px", f"contact:{contact}"):
        out = command("person", "show", who).out
        assert out.startswith("locality: -   hamlet: -   vi\n")
        assert "messages: 1\n" in out and "questions: 1\n" in out and ADDRESS not in out


def test_everything(command: Command, contact: int) -> None:
    copy = json.loads(command("person", "export", "K7M4PX").out)
    assert copy["addresses"][0]["path"] == ADDRESS
    assert copy["messages"][0]["body"]["text"] == "chào bà Tư"
    assert copy["questions"][0]["thread"][0]["body"]["text"] == "Nhà tôi dột."


@pytest.mark.parametrize("who", ["ZZZ ZZZ", "contact:4711", "contact:", "contact:x", "", "contact:٣"])
@pytest.mark.parametrize("what", ["show", "export"])
def test_nobody(command: Command, contact: int, who: str, what: str) -> None:
    assert "nobody is kept under this code" in command("person", what, who).fault


def test_without_a_terminal_nothing_is_asked_and_nothing_deleted(
    command: Command, contact: int, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    assert command("person", "erase", "K7M4PX").fault.endswith("nothing was deleted -- add --yes")
    assert command("person", "show", "K7M4PX").status == 0


def test_everything_is_deleted_and_the_log_says_so(command: Command, contact: int, url: str) -> None:
    assert command("person", "erase", "K7M4PX", "--yes").out == "everything about this person was deleted\n"
    rows = in_storage(url, everything)
    assert traces(rows, ADDRESS, "bà Tư", "dột", contacts=[contact]) == []
    (entry,) = rows["audit_log"]
    assert (entry["action"], entry["subject"]) == ("data.erased", f"contact:{contact}")
    assert len(rows["erasures"]) == len(rows["questions"]) == 1
    assert "nobody is kept" in command("person", "show", "K7M4PX").fault
    assert command("audit", "verify").status == 0
