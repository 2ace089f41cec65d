"""The examples of docs/vi/can-bo.md work as they stand there: an officer copies them."""

import re
from pathlib import Path

import pytest

from db.unit_of_work import SqlStorage
from tests.architecture.conftest import ROOT
from tests.commands.conftest import Command, in_storage
from tests.support.rows import everything, make_account

pytestmark = pytest.mark.either

PAGE = (ROOT / "docs" / "vi" / "can-bo.md").read_text("utf-8")
LATER = "2099"  # the days of the examples are over some day


def blocks(kind: str) -> list[str]:
    """The fenced blocks of a kind, in order."""
    return [one.replace("/2026", f"/{LATER}") for one in re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)]


@pytest.fixture
def office(command: Command, url: str, tmp_path: Path) -> str:
    """The officers of the page, and the people of its list."""

    async def make(storage: SqlStorage) -> None:
        await make_account(storage, "telegram.main")

    in_storage(url, make)
    command("officer", "add", "Chị Lan", "--role", "editor", "--locality", "dak-cam")
    command("officer", "add", "Anh Minh", "--role", "approver", "--locality", "dak-cam")
    (table,) = blocks("csv")
    (tmp_path / "danh-sach.csv").write_text(table, "utf-8-sig")
    (tmp_path / "to-roi.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    said = command("contacts", "import", "danh-sach.csv", "--as", "Chị Lan")
    assert said.out == "2 new, 0 brought up to date, 0 left out\n" and said.err.startswith(
        "columns that are not read: STT\n"
    )
    return url


def test_the_list(office: str) -> None:
    rows = in_storage(office, everything)
    assert [row["household_status"] for row in rows["contacts"]] == ["poor", "newly-escaped"]
    assert {row["topic"] for row in rows["subscriptions"]} == {"vocational-training", "housing"}
    assert all(row["status_since"] for row in rows["contacts"])


@pytest.mark.thorough
def test_every_notice_goes_from_a_draft_to_its_approval(command: Command, office: str, tmp_path: Path) -> None:
    whole = [text for text in blocks("toml") if text.startswith("kind")]
    (template,) = set(blocks("toml")) - set(whole)
    notices = [*whole, f"{whole[0]}\n{template}"]
    assert len(notices) == 4
    for number, text in enumerate(notices, 1):
        (tmp_path / "tin.toml").write_text(text, "utf-8")
        made = command("campaign", "new", "tin.toml", "--as", "Chị Lan")
        assert made.out == f"{number}\n", made.err
        assert command("campaign", "submit", str(number), "--as", "Chị Lan").status == 0
        assert command("campaign", "approve", str(number), "--as", "Anh Minh").out == f"{number}: approved\n"


def test_every_reason_that_the_ledger_gives_is_on_the_page() -> None:
    from core.report import WHYS

    assert not [why for why in WHYS if f"| `{why}` |" not in PAGE]


def test_every_reason_that_a_calendar_gives_is_on_the_page() -> None:
    from core.schedules import Skipped

    assert not [why for why in Skipped if f"| `not sent: {why}` |" not in PAGE]


def test_every_column_of_a_list_is_on_the_page() -> None:
    from content.contact_list import COLUMNS

    assert not [name for name in COLUMNS if f"`{name}`" not in PAGE]
