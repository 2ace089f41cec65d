"""task-reminders: duties of the plan with a day; their office sees them before it and after it, until they are done."""

from core.officers import Role
from tests.capabilities.office import Office
from tests.console.desk import Desk

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
