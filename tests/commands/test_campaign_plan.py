"""`chungtay campaign plan`: what a notice costs is told before a yes, and what the month does not hold is refused."""

import json
import tomllib
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, update

from core.campaigns import CampaignState, Step, read_notice
from core.errors import SendError, SendErrorKind
from core.planning import AccountPlan, Bill, asked
from core.tariff import Tariff, Used
from core.windows import Way
from db.channel_tables import channel_use
from db.models import addresses, contacts
from db.unit_of_work import SqlStorage
from tests.commands.conftest import Command, in_storage
from tests.support.rows import enrol, everything, listed, make_account
from tests.support.zalo_like import PRICES

pytestmark = pytest.mark.either

FILE = """
kind = "notice"
title = "Mở lớp may"
source = "Kế hoạch của phường"
text.vi = "Phường mở lớp may miễn phí."
[audience]
localities = ["dak-cam"]
{more}
"""
TEMPLATE = '[zalo]\ntemplate = "203972"\n[zalo.fields]\nten = "Lớp may"\n'
URGENT = "[sending]\nurgent = true\n"
HOUR = timedelta(hours=1)
HEARD = {"free": 1, "charged": 50, "charged too": 100, "silent": 24 * 8, "never": None}


async def enrolled(storage: SqlStorage, heard: dict[str, int | None]) -> None:
    now = datetime.now(UTC)
    await make_account(storage, "zalo.main")
    await enrol(storage, [listed(path, "zalo.main") for path in heard], now)
    async with storage.write() as uow:
        for path, hours in heard.items():
            moment = None if hours is None else now - hours * HOUR
            await uow.connection.execute(update(addresses).where(addresses.c.path == path).values(interacted_at=moment))
        await uow.commit()


@pytest.fixture
def staff(command: Command, url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Lan writes, Minh approves; at the account five people, of whom one is free and two are charged."""

    async def make(storage: SqlStorage) -> None:
        await enrolled(storage, HEARD)

    in_storage(url, make)
    command("officer", "add", "Lan", "--role", "editor", "--locality", "dak-cam")
    command("officer", "add", "Minh", "--role", "approver", "--locality", "dak-cam")
    monkeypatch.setenv("CHUNGTAY_ZALO_MONTH_BUDGET", "1000")
    monkeypatch.setenv("CHUNGTAY_ZALO_MONTH_QUOTA", "10")
    return url


Draft = Callable[..., str]


@pytest.fixture
def draft(command: Command, staff: str, tmp_path: Path) -> Draft:
    """Makes a draft with these lines at the end of its file; gives its number."""

    def make(more: str = "", condition: str = "") -> str:
        file = tmp_path / "campaign.toml"
        file.write_text(FILE.replace("{more}", condition + more))
        said = command("campaign", "new", str(file), "--as", "Lan")
        assert said.status == 0, said
        return said.out.splitlines()[-1]

    return make


def planned(command: Command, number: str) -> dict[str, Any]:
    said = command("campaign", "plan", number, "--json", "--as", "Lan")
    assert said.status == 0, said
    told: dict[str, Any] = json.loads(said.out)
    return told


def test_who_is_reached_on_what_terms_is_told(command: Command, draft: Draft) -> None:
    told = planned(command, draft())
    (zalo,) = told.pop("accounts")
    assert told == {"id": 1, "urgent": False, "fits": True}
    assert zalo["people"] == {"free": 1, "charged": 2, "template": 0, "closed": 2}
    assert zalo["cost"] == {"package": 2, "dong": 0} and zalo["messages_each"] == 1
    # Everybody: two of the package, and a template each for the two who are silent.
    assert zalo["reserve"] == {"package": 2, "dong": 400} and zalo["budget"] == {"total": 1000, "free": 600}
    assert zalo["package"] == {"total": 10, "left": 10, "told_by_provider": False}
    assert zalo["prices"] == {"message": 55, "template": 200, "since": "2026-10-01"} and zalo["over"] == 0


def test_in_words_and_when_it_is_submitted_and_approved(command: Command, draft: Draft) -> None:
    number = draft(TEMPLATE)
    said = command("campaign", "plan", number, "--as", "Minh").out
    for line in (
        "Gửi không mất tiền: 1 người",
        "Trừ vào gói, hết gói thì tính tiền: 2 người",
        "Phải gửi bằng mẫu tin: 2 người",
        "Chưa gửi được, chờ họ nhắn trước: 0 người",
        "Gói còn: 10 tin",
        "Tin này cần: 2 tin trong gói, 400 đồng",
        "Ngân sách tháng của kênh này: 1.000 đồng",
        "Tin này được dùng nhiều nhất: 600 đồng",
        "Phần đó để dành cho tin gấp.",
        "Giá xem ngày 01/10/2026: một tin 55 đồng, một mẫu tin 200 đồng",
        "Đủ, trình duyệt được.",
    ):
        assert line in said.splitlines()
    assert "It fits: it can be submitted." in command("campaign", "plan", number, "--lang", "en").out
    submitted = command("campaign", "submit", number, "--as", "Lan")
    assert submitted.out == "1: submitted\n" and "Tin này cần: 2 tin trong gói, 400 đồng" in submitted.err
    approved = command("campaign", "approve", number, "--as", "Minh")
    assert approved.out == "1: approved\n" and "Tin này cần: 2 tin trong gói, 400 đồng" in approved.err


def test_that_nobody_is_reached_is_told(command: Command, draft: Draft, staff: str) -> None:
    async def silenced(storage: SqlStorage) -> None:
        async with storage.write() as uow:
            await uow.connection.execute(update(addresses).values(interacted_at=None))
            await uow.commit()

    number = draft()
    in_storage(staff, silenced)
    said = command("campaign", "plan", number).out
    assert "Ở kênh này chưa ai nhận được tin. Tin vẫn trình duyệt được." in said
    assert "At this channel it would reach nobody yet." in command("campaign", "plan", number, "--lang", "en").out


def test_reach_and_plan_say_the_same(command: Command, draft: Draft) -> None:
    draft()
    said = command("campaign", "show", "1", "--as", "Minh")
    assert "5 people are meant, 3 of them can be written to" in said.err and "left out: 2 (window)" in said.err
    draft(TEMPLATE)
    shown = command("campaign", "show", "2", "--as", "Minh")
    assert "5 people are meant, 5 of them can be written to" in shown.err
    assert 'zalo\t{"template": "203972", "fields": {"ten": "Lớp may"}}' in shown.out


def test_what_is_over_the_budget_is_neither_submitted_nor_approved(
    command: Command, draft: Draft, monkeypatch: pytest.MonkeyPatch, staff: str
) -> None:
    number = draft(TEMPLATE)
    command("campaign", "submit", number, "--as", "Lan")
    monkeypatch.setenv("CHUNGTAY_ZALO_MONTH_BUDGET", "799")
    fault = command("campaign", "approve", number, "--as", "Minh").fault
    assert "campaign 1: over the budget of" in fault and "at zalo.main by 1 đồng" in fault
    assert "less what is kept back for urgent notices" in fault and "vượt ngân sách tháng, thiếu 1 đồng" in fault
    assert "raise CHUNGTAY_ZALO_MONTH_BUDGET, or drop [zalo] template" in fault
    assert command("campaign", "submit", draft(TEMPLATE), "--as", "Lan").status == 1
    assert command("campaign", "submit", draft(), "--as", "Lan").status == 0, "without the template it fits"
    assert planned(command, number)["fits"] is False
    assert "Vượt ngân sách 1 đồng, chưa trình duyệt được." in command("campaign", "plan", number).out
    states = [row["state"] for row in in_storage(staff, everything)["campaigns"]]
    assert states == ["submitted", "draft", "submitted"]


def test_the_reserve_is_for_what_is_urgent(command: Command, draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHUNGTAY_ZALO_MONTH_BUDGET", "400")
    ordinary, urgent = draft(TEMPLATE), draft(URGENT + TEMPLATE)
    assert "by 400 đồng" in command("campaign", "submit", ordinary, "--as", "Lan").fault
    said = command("campaign", "submit", urgent, "--as", "Lan")
    assert said.status == 0 and "Tin này gấp: được dùng phần để dành." in said.err


def test_what_was_used_and_what_is_approved_already_counts(command: Command, draft: Draft, staff: str) -> None:
    first, second = draft(TEMPLATE), draft(TEMPLATE)
    month = planned(command, first)["accounts"][0]["month"]

    async def use(storage: SqlStorage) -> None:
        async with storage.write() as uow:
            for way, messages, dong in (("charged", 4, 0), ("template", 1, 150)):
                row = {"account": "zalo.main", "month": month, "way": way, "messages": messages, "dong": dong}
                await uow.connection.execute(insert(channel_use).values(row))
            await uow.commit()

    in_storage(staff, use)
    (zalo,) = planned(command, first)["accounts"]
    assert zalo["used"] == {"charged": 4, "template": 1, "dong": 150} and zalo["package"]["left"] == 6
    assert zalo["budget"]["free"] == 450
    for step, who in ((Step.SUBMIT, "Lan"), (Step.APPROVE, "Minh")):
        assert command("campaign", step, first, "--as", who).status == 0
    (zalo,) = planned(command, second)["accounts"]
    assert zalo["held"] == {"package": 2, "dong": 400} and zalo["budget"]["free"] == 50 and zalo["over"] == 350
    assert command("campaign", "submit", second, "--as", "Lan").status == 1

    async def sending(storage: SqlStorage) -> None:
        async with storage.write() as uow:
            await uow.campaigns.step(
                int(first), CampaignState.APPROVED, CampaignState.SENDING, expanded_at=datetime.now(UTC)
            )
            await uow.commit()

    in_storage(staff, sending)
    assert planned(command, second)["accounts"][0]["held"] == {"package": 0, "dong": 0}, "all of it was sent"


def test_where_no_channel_charges_nothing_is_asked(command: Command, url: str, tmp_path: Path) -> None:
    in_storage(url, lambda storage: make_account(storage, "telegram.main"))
    file = tmp_path / "campaign.toml"
    file.write_text(FILE.replace("{more}", ""))
    command("officer", "add", "Lan", "--role", "editor", "--locality", "dak-cam")
    command("campaign", "new", str(file), "--as", "Lan")
    assert command("campaign", "plan", "1", "--as", "Lan").out == "Không có kênh nào tính tiền.\n"
    assert planned(command, "1") == {"id": 1, "urgent": False, "fits": True, "accounts": []}
    assert command("campaign", "submit", "1", "--as", "Lan").err == ""
    assert "no such campaign" in command("campaign", "plan", "9").fault


def test_few_left_of_the_package_is_said(command: Command, draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHUNGTAY_ZALO_MONTH_QUOTA", "3")
    assert (
        "Gói còn ít: ai bị trừ gói thì nhận lúc 18 giờ, chung với tin khác." in command("campaign", "plan", draft()).out
    )
    soon = (datetime.now(UTC) + timedelta(minutes=1)).isoformat()
    late = draft(f'[sending]\nnot_after = "{soon}"\n')
    assert "Gói còn ít, nhưng chờ đến 18 giờ thì quá hạn: tin đi ngay." in command("campaign", "plan", late).out
    assert "Gói còn ít" not in command("campaign", "plan", draft(URGENT)).out


def test_no_small_number_of_people_picked_by_what_they_lack_is_told(
    command: Command, draft: Draft, staff: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lacking(storage: SqlStorage) -> None:
        await enrolled(storage, {f"more {n}": 50 for n in range(7)})
        async with storage.write() as uow:
            rows = (await uow.connection.execute(contacts.select())).all()
            for row in rows:
                await uow.people.keep_needs(row.id, ["housing"])
            await uow.commit()

    in_storage(staff, lacking)
    monkeypatch.setenv("CHUNGTAY_ZALO_MONTH_QUOTA", "99")
    number = draft(TEMPLATE, condition='lacking = ["housing"]\n')
    (zalo,) = planned(command, number)["accounts"]
    assert zalo["people"] == {"free": "<5", "charged": "*", "template": "<5", "closed": "<5"}
    assert zalo["cost"] is None and zalo["over"] is None and zalo["fits"] is True
    said = command("campaign", "plan", number).out
    assert "Phải gửi bằng mẫu tin: dưới 5 người" in said and "Tin này cần" not in said
    monkeypatch.setenv("CHUNGTAY_ZALO_MONTH_BUDGET", "1")
    fault = command("campaign", "submit", number, "--as", "Lan").fault
    assert "by some đồng" in fault and "400" not in fault and "399" not in fault


WRONG = (
    ("[zalo]\n", 'zalo.template: is the number of an approved template in quotes, such as "203972"'),
    ("[zalo]\ntemplate = 203972\n", "zalo.template: is the number of an approved template in quotes"),
    ('[zalo]\ntemplate = "20x"\n', "zalo.template: is the number"),
    (f'[zalo]\ntemplate = "{"1" * 26}"\n', "zalo.template: is the number"),
    ('[zalo]\ntemplate = "1"\nphone = "1"\n', "zalo: knows fields, template"),
    ('[zalo]\ntemplate = "1"\ntitle = "1"\n', "title: stands below [zalo]: write it above"),
    ('[zalo]\ntemplate = "1"\nfields = 1\n', "zalo.fields: is a table of at most 20 lines"),
    ('[zalo]\ntemplate = "1"\n[zalo.fields]\nten = 1\n', "zalo.fields.ten: is one line of 1 to 200 characters"),
    ('[zalo]\ntemplate = "1"\n[zalo.fields]\nten = " "\n', "zalo.fields.ten: is one line"),
    ('[zalo]\ntemplate = "1"\n[zalo.fields]\nten = "a\\nb"\n', "zalo.fields.ten: is one line"),
    (f'[zalo]\ntemplate = "1"\n[zalo.fields]\nten = "{"a" * 201}"\n', "zalo.fields.ten: is one line"),
    ('[zalo]\ntemplate = "1"\n[zalo.fields]\n"tên" = "a"\n', "zalo.fields.tên: a name has 1 to 60"),
    (
        '[zalo]\ntemplate = "1"\n[zalo.fields]\n' + "".join(f'a{n} = "1"\n' for n in range(21)),
        "zalo.fields: is a table of at most 20 lines",
    ),
)


@pytest.mark.parametrize(("lines", "why"), WRONG)
def test_what_is_no_template(lines: str, why: str) -> None:
    with pytest.raises(ValueError) as error:
        read_notice(tomllib.loads(FILE.replace("{more}", lines)))
    assert why in str(error.value)


def test_an_approval_is_bound_to_the_template() -> None:
    def read(lines: str) -> Any:
        return read_notice(tomllib.loads(FILE.replace("{more}", lines)))

    one = read(TEMPLATE)
    assert read_notice({"kind": "notice", **one.plain()}) == one
    others = [read(""), read(TEMPLATE.replace("203972", "203973")), read(TEMPLATE.replace("Lớp may", "Lớp mộc"))]
    assert len({one.hash(), *(each.hash() for each in others)}) == 4


class Looks:
    """A provider that says something of its package, or nothing, or cannot be asked."""

    def __init__(self, said: tuple[int, int] | SendError | None) -> None:
        self._said = said

    async def quota(self) -> tuple[int, int] | None:
        if isinstance(self._said, SendError):
            raise self._said
        return self._said


async def test_who_says_nothing_of_a_package_corrects_no_setting() -> None:
    away = SendError(SendErrorKind.UNREACHABLE)
    looks = {"zalo.a": Looks((7, 500)), "zalo.b": Looks(None), "zalo.c": Looks(away)}
    assert await asked(looks) == {"zalo.a": (7, 500)}


def test_a_live_look_is_told_as_such(command: Command, draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = nullcontext({"zalo.main": Looks((3, 500))})
    monkeypatch.setattr("bot.terms.quota_looks", lambda *_: looks)
    said = command("campaign", "plan", draft()).out
    assert "Gói còn, kênh vừa báo: 3 tin" in said
    assert planned(command, "1")["accounts"][0]["package"] == {"total": 10, "left": 3, "told_by_provider": True}


def test_the_three_that_come_off_the_month() -> None:
    """By hand: ten of the package and a thousand đồng, less what is held and kept back."""
    plan = AccountPlan(
        account="zalo.main",
        month="2026-11",
        tariff=Tariff(kind="zalo", message=55, template=200, quota=10, budget=1000, since=PRICES.since),
        people={Way.FREE: 9, Way.CHARGED: 4, Way.TEMPLATE: 1, Way.CLOSED: 3},
        each=2,
        used=Used(dong=100),
        package=10,
        told=False,
        held=Bill(package=2, dong=50),
        reserve=Bill(package=5, dong=400),
    )
    assert (plan.package_free, plan.budget_free) == (3, 450)
    assert plan.cost == Bill(package=3, dong=5 * 55 + 200) and plan.over == 25
