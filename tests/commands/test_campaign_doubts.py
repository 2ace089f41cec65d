"""`chungtay campaign doubts`, `settle`, `list`, `status`: who may, what is told, and what is refused."""

import json

import pytest
from sqlalchemy import update

from bot.commands.campaigns import progress
from core.campaigns import CampaignState, read_notice
from db.engine import close_engine, make_engine
from db.models import contacts, deliveries
from db.unit_of_work import SqlStorage
from tests.commands.conftest import Command, in_storage
from tests.support.clock import MORNING
from tests.support.rows import ACCOUNT, everything, make_account, make_person, new_delivery

pytestmark = pytest.mark.either

NOTICE = read_notice(
    {
        "kind": "notice",
        "title": "Lớp may",
        "source": "Kế hoạch",
        "text": {"vi": "Mở lớp may."},
        "audience": {"localities": ["dak-cam"]},
    }
)


@pytest.fixture
def doubtful(url: str) -> str:
    """A campaign (1) being sent with two messages in doubt, a draft (2) of another place."""

    async def make(storage: SqlStorage) -> None:
        await make_account(storage)
        people = [(await make_person(storage, path)).contact.id for path in ("a", "b")]
        elsewhere = read_notice({"kind": "notice", **NOTICE.plain(), "audience": {"localities": ["di-su"]}})
        async with storage.write() as uow:
            await uow.connection.execute(update(contacts).values(name="Chị Hoa", hamlet="Thôn 3"))
            number = await uow.campaigns.add(NOTICE, by="Lan", now=MORNING)
            await uow.campaigns.add(elsewhere, by="Lan", now=MORNING)
            await uow.campaigns.step(
                number,
                CampaignState.DRAFT,
                CampaignState.SENDING,
                approved_hash=NOTICE.hash(),
                starts_at=MORNING,
            )
            await uow.outbox.add([new_delivery(f"n{one}", "ab"[one - 1], contact=one) for one in people])
            await uow.connection.execute(update(deliveries).values(campaign_id=number))
            await uow.campaigns.went_on(number, cursor=2, queued=2, out=[], before=0)
            await uow.campaigns.expanded(number, MORNING)
            await uow.outbox.lease([ACCOUNT], worker="w", now=MORNING, until=MORNING, limit=9)
            await uow.outbox.rescue(now=MORNING.replace(hour=MORNING.hour + 1))
            await uow.commit()

    in_storage(url, make)
    return url


def test_they_are_listed_and_settled(command: Command, doubtful: str) -> None:
    said = command("campaign", "doubts", "1")
    first, second = (line.split("\t") for line in said.out.splitlines())
    assert first[:5] == ["1", "Chị Hoa", "Thôn 3", ACCOUNT, "1"] and second[0] == "2"
    assert first[6:] == ["the process that was sending it died", "not again: wants no notices any more"]
    assert said.err == "2 messages are in doubt\n"
    assert command("campaign", "settle", "1", "1", "--not-arrived").out == "1 settled: not-arrived\n"
    assert "contact 1 of campaign 1: is not in doubt" in command("campaign", "settle", "1", "1", "--arrived").fault
    again = command("campaign", "settle", "1", "--all", "--again")
    assert again.out == "0 settled: again\n"
    assert "contact 2 is still in doubt, and not sent again: wants no notices any more" in again.err
    assert command("campaign", "settle", "1", "--all", "--arrived", "--as", "operator").out == "1 settled: arrived\n"
    assert command("campaign", "doubts", "1").err == "no messages are in doubt\n"
    log = in_storage(doubtful, everything)["audit_log"]
    assert [(row["action"], row["detail"]["contact"], row["detail"]["as"]) for row in log] == [
        ("campaign.settled", 1, "not-arrived"),
        ("campaign.settled", 2, "arrived"),
    ]
    told = json.loads(command("campaign", "status", "1", "--json").out)
    assert told["counts"] == {"failed": 1, "sent": 1} and told["rate"] > 0 and told["left"] is None


@pytest.mark.parametrize("arguments", [("1", "1"), ("1", "--arrived"), ("1", "1", "--all", "--arrived")])
def test_what_cannot_be_said(command: Command, doubtful: str, arguments: tuple[str, ...]) -> None:
    assert command("campaign", "settle", *arguments).status == 2
    assert "is no number" in command("campaign", "settle", "1", "x", "--arrived").fault


# ✓ may, . may not, in the place of the campaign. Written by hand on purpose.
TABLE = """
            viewer answerer editor approver administrator collaborator supervisor employer
list        ✓      ✓        ✓      ✓        ✓             ✓            ✓          .
status      ✓      ✓        ✓      ✓        ✓             ✓            ✓          .
doubts      ✓      ✓        ✓      ✓        ✓             ✓            ✓          .
names       .      .        ✓      ✓        ✓             .            .          .
ledger      .      .        ✓      ✓        ✓             .            .          .
answers     .      .        ✓      ✓        ✓             .            .          .
settle      .      .        ✓      ✓        ✓             .            .          .
"""
_HEAD, *_ROWS = (line.split() for line in TABLE.strip().splitlines())


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("role", _HEAD)
def test_who_may_what(command: Command, doubtful: str, role: str) -> None:
    added = command("officer", "add", "Lan", "--role", role, "--locality", "dak-cam")
    assert added.status == 0, added
    commands = {
        "list": ("list",),
        "status": ("status", "1"),
        "doubts": ("doubts", "1"),
        "ledger": ("ledger", "1"),
        "answers": ("answers", "1"),
        "settle": ("settle", "1", "1", "--arrived"),
    }
    said = {name: command("campaign", *words, "--as", "Lan") for name, words in commands.items()}
    may = {name: one.status == 0 for name, one in said.items()}
    may["names"] = "Chị Hoa" in said["doubts"].out
    at = _HEAD.index(role) + 1
    assert may == {row[0]: row[at] == "✓" for row in _ROWS}
    refused = [row["actor"] for row in in_storage(doubtful, everything)["audit_log"] if row["action"] == "refused"]
    assert refused == ["officer:Lan"] * [one.status for one in said.values()].count(1)


def test_everybody_sees_the_campaigns_of_their_places(command: Command, doubtful: str) -> None:
    command("officer", "add", "Lan", "--role", "viewer", "--locality", "dak-cam")
    command("officer", "add", "Minh", "--role", "viewer", "--locality", "di-su")
    command("officer", "add", "Hoa", "--role", "viewer")
    listed = {
        name: [line.split("\t")[0] for line in command("campaign", "list", "--as", name).out.splitlines()]
        for name in ("Lan", "Minh", "Hoa", "operator")
    }
    assert listed == {"Lan": ["1"], "Minh": ["2"], "Hoa": ["2", "1"], "operator": ["2", "1"]}
    assert "may not do this (campaigns.read) in dak-cam" in command("campaign", "status", "1", "--as", "Minh").fault
    command("officer", "add", "An", "--role", "employer")
    assert "may not do this (campaigns.read) in any place" in command("campaign", "list", "--as", "An").fault


@pytest.mark.parametrize("how", ["ends", "ctrl+c"])
def test_a_bar_follows_the_counts(command: Command, doubtful: str, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    looks: list[int] = []

    async def look() -> None:
        looks.append(1)
        if len(looks) < 3:
            return
        if how == "ctrl+c":
            raise KeyboardInterrupt
        engine = make_engine(doubtful)
        async with SqlStorage(engine).write() as uow:
            await uow.campaigns.step(1, CampaignState.SENDING, CampaignState.FINISHED, finished_at=MORNING)
            await uow.commit()
        await close_engine(engine)

    monkeypatch.setattr(progress, "pause", look)
    said = command("campaign", "status", "1", "--watch")
    assert said.status == 0 and len(looks) == 3 and said.out.startswith("1: sending")
    assert ("1: finished: Lớp may" in said.out) is (how == "ends")


def test_a_bar_is_not_for_programs(command: Command, doubtful: str) -> None:
    assert command("campaign", "status", "1", "--watch", "--json").status == 2
