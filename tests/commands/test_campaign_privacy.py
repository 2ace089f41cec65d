"""Whoever is picked by what they lack is never one of a few: no small number is told, and no notice goes to them."""

from pathlib import Path

import pytest

from bot.commands.campaigns.drafts import told
from core.audience import Field, asks_for, parse
from core.contacts import Consent, Purpose
from core.records import LeftOut, NewContact, Reach
from db.unit_of_work import SqlStorage
from tests.commands.conftest import Command, in_storage
from tests.support.clock import MORNING
from tests.support.rows import everything, make_account, urn

pytestmark = pytest.mark.either

FILE = """
kind = "notice"
title = "Sửa nhà"
source = "Kế hoạch"
text.vi = "Phường hỗ trợ sửa nhà."
[audience]
localities = ["dak-cam"]
{condition}
"""


@pytest.fixture
def people(command: Command, url: str) -> str:
    """Seven people of Đăk Cấm: four lack housing, six lack schooling; Lan writes, Minh approves."""

    async def make(storage: SqlStorage) -> None:
        await make_account(storage)
        listed = [
            NewContact(
                urn=urn(str(n)),
                name="",
                phone="",
                locality="dak-cam",
                hamlet=None,
                status="poor",
                language="vi",
                household="",
                topics=(),
            )
            for n in range(7)
        ]
        consent = Consent(
            purpose=Purpose.NOTICES, granted_at=MORNING, expires_at=MORNING.replace(year=2099), wording="ward list"
        )
        async with storage.write() as uow:
            await uow.lists.enrol(listed, consent, MORNING)
            ids = [row.contact.id for row in (await uow.people.load([urn(str(n)) for n in range(7)], MORNING)).values()]
            for number, one in enumerate(ids):
                lacking = [*(["housing"] if number < 4 else []), *(["education"] if number < 6 else [])]
                await uow.people.keep_needs(one, lacking)
            await uow.commit()

    in_storage(url, make)
    command("officer", "add", "Lan", "--role", "editor", "--locality", "dak-cam")
    command("officer", "add", "Minh", "--role", "approver", "--locality", "dak-cam")
    return url


def made(command: Command, tmp_path: Path, condition: str) -> tuple[str, str]:
    file = tmp_path / "notice.toml"
    file.write_text(FILE.format(condition=condition))
    said = command("campaign", "new", str(file), "--as", "Lan")
    assert said.status == 0, said
    return said.out.strip(), said.err


FEW = "fewer than 5 people are meant, fewer than 5 of them can be written to"
REFUSED = "too few: a notice to fewer than 5 by what they lack would show who they are -- write to them through"


@pytest.mark.parametrize("condition", ['lacking = ["housing"]', 'not = { not = { lacking = ["housing"] } }'])
def test_a_few_are_neither_told_nor_written_to(command: Command, people: str, tmp_path: Path, condition: str) -> None:
    number, err = made(command, tmp_path, condition)
    assert err.strip() == FEW  # and nothing that they would read
    assert REFUSED in command("campaign", "submit", number, "--as", "Lan").fault
    assert in_storage(people, everything)["campaigns"][0]["state"] == "draft"


def test_five_or_more_are_written_to(command: Command, people: str, tmp_path: Path) -> None:
    number, err = made(command, tmp_path, 'lacking = ["education"]')
    assert "6 people are meant, 6 of them can be written to" in err and "Phường hỗ trợ sửa nhà." in err
    assert command("campaign", "submit", number, "--as", "Lan").status == 0


def test_who_became_a_few_meanwhile_are_not_approved(command: Command, people: str, tmp_path: Path) -> None:
    number, _ = made(command, tmp_path, 'lacking = ["education"]')
    command("campaign", "submit", number, "--as", "Lan")

    async def fewer(storage: SqlStorage) -> None:
        async with storage.write() as uow:
            for person in (await uow.people.load([urn("0"), urn("1")], MORNING)).values():
                await uow.people.keep_needs(person.contact.id, [])
            await uow.commit()

    in_storage(people, fewer)
    assert REFUSED in command("campaign", "approve", number, "--as", "Minh").fault


def test_of_nobody_nothing_is_shown_and_others_may_be_few(command: Command, people: str, tmp_path: Path) -> None:
    number, err = made(command, tmp_path, 'lacking = ["health"]')
    assert err.strip() == FEW  # that there is nobody is a small number too
    assert command("campaign", "submit", number, "--as", "Lan").status == 0
    number, err = made(command, tmp_path, 'languages = ["en"]')
    assert err.splitlines()[0] == "0 people are meant, 0 of them can be written to" and err.count("\n") == 3
    # Of nobody nothing is shown; but an approver must know that everybody will be able to read it.
    assert err.splitlines()[2].startswith("PUBLIC once it is sent")
    for narrow in ('household_status = ["poor"]', 'topics = ["tuition"]'):
        assert "PUBLIC" not in made(command, tmp_path, narrow)[1]


@pytest.mark.parametrize(
    ("meant", "reached", "lines"),
    [
        (20, 20, ["20 people are meant, 20 of them can be written to"]),
        # The one that is missing from the whole would be known: no part is told.
        (20, 19, ["20 people are meant, 5 or more of them can be written to", "left out: fewer than 5 (stopped)"]),
        (20, 3, ["20 people are meant, fewer than 5 of them can be written to", "left out: 5 or more (stopped)"]),
        (20, 10, ["20 people are meant, 10 of them can be written to", "left out: 10 (stopped)"]),
        (4, 4, [FEW]),
    ],
)
def test_what_is_told_of_those_who_lack_something(meant: int, reached: int, lines: list[str]) -> None:
    left_out = {LeftOut.STOPPED: meant - reached} if meant > reached else {}
    assert list(told(Reach(meant=meant, reached=reached, left_out=left_out), guarded=True)) == lines


def test_what_is_told_of_all_others() -> None:
    reach = Reach(meant=3, reached=2, left_out={LeftOut.STOPPED: 1})
    assert list(told(reach, guarded=False)) == [
        "3 people are meant, 2 of them can be written to",
        "left out: 1 (stopped)",
    ]


@pytest.mark.parametrize(
    ("data", "asks"),
    [
        ({"lacking": ["housing"]}, True),
        ({"localities": ["dak-cam"], "not": {"lacking": ["housing"]}}, True),
        ({"any": [{"localities": ["dak-cam"]}, {"all": [{"lacking": ["housing"]}]}]}, True),
        ({"localities": ["lacking"], "hamlets": ["Thôn 3"]}, False),
    ],
)
def test_wherever_it_is_asked_for(data: object, asks: bool) -> None:
    assert asks_for(parse(data), Field.LACKING) is asks
