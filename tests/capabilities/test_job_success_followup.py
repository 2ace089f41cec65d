"""job-success-followup: one question some days after, one tap, no more than the set number; 20 of 25 are 80 %."""

from pathlib import Path

import pytest
from sqlalchemy import update

from core.leads import MOST_ASKED
from core.officers import Role
from db.models import contacts
from scheduler.reminding import Reminding
from tests.capabilities.office import Office
from tests.capabilities.vacancies import HEAD, put_in
from tests.web.visiting import Visitor

pytestmark = pytest.mark.thorough

ROW = ("HL-1", "Công nhân may", "", "Công ty May Sao Mai", "phường Đức Thuận", "7tr", "40", "31/12/2026", "0912345678")
QUESTION = "đã nhận việc Công nhân may ở Công ty May Sao Mai chưa?"
SHARE = "/console/work/share?at=hong-linh"


async def interested(here: Office) -> Visitor:
    """Somebody who tells what they look for, and wants the first vacancy."""
    citizen = await here.citizen("hong-linh")
    for said in ("tìm việc", "đồng ý", "may", "may", "Sáng đi, tối về", "lúc nào cũng được", "không vướng gì"):
        await citizen.say(said)
    page = await citizen.say("Tôi quan tâm")
    assert "Đã ghi" in page.answers[-2].text
    return citizen


async def days(here: Office, number: int) -> None:
    """So many days go by, each morning with its questions."""
    for _ in range(number):
        here.clock.advance(days=1)
        await here.passes(Reminding)


async def test_twenty_of_twenty_five_are_eighty_percent(here: Office, folder: Path) -> None:
    await put_in(here, folder, HEAD, ROW, locality="hong-linh")
    citizens = [await interested(here) for _ in range(25)]
    async with here.app.storage.write() as uow:  # the ward's list says so; it cannot name browsers
        await uow.connection.execute(update(contacts).values(household_status="poor"))
        await uow.commit()
    await days(here, 7)
    for number, citizen in enumerate(citizens):
        page = await citizen.open()
        assert QUESTION in page.answers[-1].text
        if number < 20:
            page = await citizen.press("Đã nhận việc")
            assert "Mừng cho bà con" in page.answers[-1].text
        elif number < 22:
            await citizen.press("Chưa, còn chờ")
    await days(here, 23)
    for number, citizen in enumerate(citizens):
        page = await citizen.open()
        asked = sum(QUESTION in one.text for one in page.answers)
        assert asked == (1 if number < 20 else MOST_ASKED)
    chief = await here.officer("Hoa", Role.VIEWER, "hong-linh")
    page = await chief.open(SHARE)
    assert "20 trên 25 người, là 80 %" in page.text and "● Đạt" in page.text


async def test_who_says_stop_is_asked_no_more(here: Office, folder: Path) -> None:
    await put_in(here, folder, HEAD, ROW, locality="hong-linh")
    citizen = await interested(here)
    await days(here, 7)
    await citizen.open()
    page = await citizen.press("Đừng hỏi nữa")
    assert "không hỏi thêm" in page.answers[-1].text
    await days(here, 100)
    page = await citizen.open()
    assert sum(QUESTION in one.text for one in page.answers) == 1
