"""officer-console: written by one, approved by another, aimed, corrected, withdrawn; citizens see what was approved."""

import asyncio
import csv
import io
from pathlib import Path

import pytest

from core.officers import Role
from scheduler.expansion import Expansion
from tests.capabilities.office import Office
from tests.console.desk import Desk
from tests.support.service import chungtay_here
from tests.web.visiting import Visitor

SAYS, CORRECTS, TAKEN = "Phát gạo sáng thứ Hai.", "Phát gạo sáng thứ Ba.", "Phát gạo sáng Chủ Nhật."
ANSWER = {
    "question": "Có luật sư ở phường vào thứ Bảy không?",
    "answer_vi": "Có, vào sáng thứ Bảy.",
    "office": "phong-vhxh",
    "document": "Thông báo 12/TB-UBND",
    "article": "mục 2",
    "dated": "18/11/2026",
}
NOTICE = {"title": "Phát gạo", "source": "Thông báo 12/TB-UBND", "locality": "dak-cam", "urgent": "1"}


async def written(desk: Desk, text: str, *, correct: str = "") -> str:
    """A notice by this officer, submitted; gives its address."""
    await desk.open(f"/console/notices/new{correct}")
    page = await desk.send("/new", "Gửi duyệt", **{**NOTICE, "text_vi": text})
    assert "Đã gửi duyệt." in page.text, page.alerts
    return str(page.url.path)


async def reads(citizen: Visitor) -> str:
    """What stands in the chat of a citizen."""
    return " ".join(one.text for one in (await citizen.open()).answers)


@pytest.mark.thorough
async def test_a_notice_from_writing_to_withdrawing(here: Office, folder: Path) -> None:
    citizen, elsewhere = await here.citizen(), await here.citizen("di-su")
    for one in (citizen, elsewhere):
        await one.say("nhận tin tất cả")
    lan, duy = await here.officer("Lan", Role.EDITOR), await here.officer("Duy", Role.APPROVER)
    first = await written(lan, SAYS)
    assert "Duyệt và gửi" not in lan.page.text, "who wrote it does not approve it"
    guard = lan.page.form("/stop").fields
    assert (await lan.post(f"{first}/approve", guard)).status == 403
    await here.passes(Expansion)
    assert SAYS not in await reads(citizen)

    async def approved(where: str) -> None:
        await duy.open(where)
        page = await duy.send("/approve")
        assert "Đã duyệt tin." in page.text, page.alerts
        here.clock.advance(seconds=180)
        await here.passes(Expansion)

    await approved(first)
    assert SAYS in await reads(citizen) and SAYS not in await reads(elsewhere), "only where it was aimed"
    second = await written(lan, CORRECTS, correct=f"?correct={first.rpartition('/')[2]}")
    assert CORRECTS not in await reads(citizen)
    await approved(second)
    assert CORRECTS in await reads(citizen)
    third = await written(lan, TAKEN)
    await duy.open(third)
    await duy.send("/approve")
    await duy.open(third)
    await duy.send("/stop")
    here.clock.advance(seconds=180)
    await here.passes(Expansion)
    assert TAKEN not in await reads(citizen), "withdrawn before it began"
    acts = await log(folder)
    cycle = [(row["who"], row["did"], row["what"]) for row in acts if row["what"].startswith("campaign:")]
    for number, *by_duy in (("1", "approve"), ("2", "approve"), ("3", "approve", "stop")):
        did = [("Lan", "drafted"), ("Lan", "submit"), *(("Duy", act) for act in by_duy)]
        wanted = [(f"officer:{who}", f"campaign.{act}", f"campaign:{number}") for who, act in did]
        assert [one for one in wanted if one not in cycle] == [], cycle
    assert any(row["who"] == "officer:Lan" and row["did"] == "refused" and row["at"] for row in acts)


async def test_an_own_chat_is_a_desk_only_where_its_code_was_typed(here: Office) -> None:
    lan, duy = await here.officer("Lan", Role.EDITOR), await here.officer("Duy", Role.APPROVER)
    where = await written(lan, SAYS)
    stranger, own = await here.citizen(), await here.citizen()
    for said in ("nhận tin tất cả", "việc", "Duyệt tin 1", "CB 2222 2222"):
        await stranger.say(said)
    assert SAYS not in await reads(stranger), "nobody else reads or approves what waits"
    await duy.open("/console/account")
    page = await duy.send("/chats", "Tạo mã cho một máy")
    shown = page.html.partition('translate="no">CB ')[2]
    await own.say(f"CB {shown[:9]}")
    await own.say("việc")
    await own.say("Duyệt tin 1")
    assert SAYS in await reads(own), "the whole text first"
    assert "Chờ duyệt" in (await lan.open(where)).text
    await own.press("Duyệt tin 1")
    assert "Chờ duyệt" in (await lan.open(where)).text, "asked once more"
    await own.press("Duyệt gửi tin 1")
    assert "Đã duyệt" in (await lan.open(where)).text


async def test_what_a_place_says_itself_waits_for_a_second_person(here: Office) -> None:
    lan, duy = await here.officer("Lan", Role.EDITOR), await here.officer("Duy", Role.APPROVER)
    await lan.open("/console/content/dak-cam/answer/legal-aid")
    page = await lan.send("/legal-aid", "Đề nghị duyệt", **ANSWER)
    change = str(page.url.path)
    assert "Người khác duyệt thì bà con mới thấy" in page.text, page.alerts
    assert "thứ Bảy" not in await here.asked("trợ giúp pháp lý miễn phí")
    await duy.open(change)
    await duy.send("/approve", "Duyệt và dùng ngay")
    told = await here.asked("trợ giúp pháp lý miễn phí")
    assert "sáng thứ Bảy" in told and "Thông báo 12/TB-UBND, mục 2, ngày 18/11/2026" in told
    assert "thứ Bảy" not in await here.asked("trợ giúp pháp lý miễn phí", "di-su")


async def log(folder: Path) -> list[dict[str, str]]:
    """Who did what, when, as the command lists it."""
    listed = await asyncio.to_thread(chungtay_here, "audit", "list", "--csv", data_dir=folder)
    return list(csv.DictReader(io.StringIO(listed.stdout)))
