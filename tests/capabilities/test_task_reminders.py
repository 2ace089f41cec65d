"""task-reminders: duties of the plan with a day; their office sees them before it and after it, until they are done."""

from pathlib import Path

import pytest

from bot.knowledge import Knowledge
from core.officers import Role
from tests.capabilities.office import Office
from tests.capabilities.office import office as opened
from tests.console.desk import Desk
from tests.support.clock import FixedClock
from tests.web.conftest import client_of
from tests.web.visiting import Visitor

LIST, PLAN = "/console/tasks?at=dak-cam", "/console/tasks/dak-cam/plan"


async def test_each_owner_is_reminded_before_and_after_the_day_and_of_nothing_that_is_done(here: Office) -> None:
    thu = await here.officer("Thu", Role.EDITOR)
    page = await thu.open(PLAN)
    days = {name: "30/11/2026" for name in page.form("/plan").fields if name.startswith("due_")}
    assert len(days) == 23, "every duty of the plan"
    page = await thu.send("/plan", "Giao các việc đã ghi hạn", **days)
    assert "Đang làm: 23." in page.text
    owners = {"phong-kt-ht-dt": 7, "phong-vhxh": 5, "vp-hdnd-ubnd": 2}

    async def of(office: str) -> Desk:
        """Somebody of the office who signs in today."""
        return await here.officer(f"{office} {here.clock.now():%d}", Role.ANSWERER, office=office)

    for office in owners:
        assert "Nhiệm vụ đến hạn" not in (await (await of(office)).open("/console")).text, "ten days before"
    here.clock.advance(days=4)
    for office, many in owners.items():
        page = await (await of(office)).open("/console")
        assert page.text.count("Sắp đến hạn: ") == min(many, 5)
    lawyers = await here.officer("Lan", Role.ANSWERER, office="vp-hdnd-ubnd")
    page = await lawyers.open(LIST)
    first = next(href for text, href in page.links.items() if "luật sư giúp" in text)
    await lawyers.open(first)
    await lawyers.send("/done", done_text="Đã trợ giúp 12 người.", done_document="Báo cáo 4/BC-VP")

    here.clock.advance(days=7)
    page = await (await of("vp-hdnd-ubnd")).open("/console")
    assert page.text.count("Quá hạn: ") == 1 and "luật sư giúp" not in page.text
    chief = await here.officer("Hoa", Role.VIEWER)
    page = await chief.open(LIST)
    assert "Quá hạn: 22." in page.text and "luật sư giúp" not in page.text, "the late list is right"
    assert "Đã trợ giúp 12 người." in (await chief.open(first)).text, "who has answered"


async def chat_of(here: Office, desk: Desk) -> Visitor:
    """A chat that this officer binds with a code from the account page."""
    chat = await here.citizen()
    await desk.open("/console/account")
    await desk.send("/chats", "Tạo mã cho một máy")
    code = desk.page.html.partition('translate="no">CB ')[2][:9]
    page = await chat.say(f"CB {code}")
    assert "bàn làm việc của" in page.answers[-1].text
    return chat


async def told(here: Office, chat: Visitor) -> list[str]:
    """What this chat shows of tasks, after the scheduler looked twice, a minute apart."""
    for _ in range(2):
        here.clock.advance(seconds=60)
        await here.looks_at_tasks()
    page = await chat.open("/")
    return [one.text for one in page.answers if one.text.startswith("Nhiệm vụ đến hạn")]


@pytest.mark.thorough
async def test_its_officers_are_told_in_their_own_chat_once_before_and_once_after_also_past_a_restart(
    folder: Path, knowledge: Knowledge, clock: FixedClock
) -> None:
    async with opened(folder, knowledge, clock) as here:
        own = await chat_of(here, await here.officer("Lan", Role.ANSWERER, office="vp-hdnd-ubnd"))
        other = await chat_of(here, await here.officer("Tâm", Role.ANSWERER, office="phong-vhxh"))
        thu = await here.officer("Thu", Role.EDITOR)
        page = await thu.open(PLAN)
        days = {name: "30/11/2026" for name in page.form("/plan").fields if name.startswith("due_")}
        await thu.send("/plan", "Giao các việc đã ghi hạn", **days)
        assert await told(here, own) == [], "ten days before"
        clock.advance(days=4)
        (before,) = await told(here, own)
        assert before.count("- Sắp đến hạn, còn 6 ngày: ") == 2 and "luật sư giúp" in before
        assert "https://chungtay.example/console/tasks" in before
        (others,) = await told(here, other)
        assert others.count("- Sắp đến hạn") == 5 and "luật sư giúp" not in others, "of no task of another office"
        lawyer = await here.officer("Mai", Role.ANSWERER, office="vp-hdnd-ubnd")
        page = await lawyer.open(LIST)
        await lawyer.open(next(href for text, href in page.links.items() if "luật sư giúp" in text))
        await lawyer.send("/done", done_text="Đã trợ giúp 12 người.", done_document="Báo cáo 4/BC-VP")
        cookies = own.client.cookies
    async with opened(folder, knowledge, clock) as here:
        own = Visitor(client_of(here.app.web))
        own.client.cookies = cookies
        assert await told(here, own) == [before], "once, also by the next process"
        clock.advance(days=5)
        assert clock.now().weekday() == 6 and await told(here, own) == [before], "nothing on a Sunday"
        clock.advance(days=1)
        assert await told(here, own) == [before], "on the day itself"
        clock.advance(days=1)
        assert len(found := await told(here, own)) == 2
        assert found[1].count("- Quá hạn 1 ngày: ") == 1 and "luật sư giúp" not in found[1], "closed tasks are not"
        clock.advance(days=1)
        assert await told(here, own) == found, "once after it"
