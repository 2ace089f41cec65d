"""labour-survey: who of poor and near-poor households works, confirmed in the chat, entered and listed by officers."""

import re

from core.officers import Role
from tests.capabilities.office import Office
from tests.web.conftest import client_of
from tests.web.visiting import Visitor

LIST = "/console/labour?at=dak-cam"


async def test_of_twenty_households_those_with_nobody_at_work_are_listed(here: Office) -> None:
    thu, lead = await here.officer("Thu", Role.EDITOR), await here.officer("Trưởng thôn", Role.COLLABORATOR)
    idle = {3, 8, 15}
    for number in range(20):
        await lead.open("/console/labour/new?at=dak-cam")
        working = "0" if number in idle else "1"
        fields = {"adults": "2", "stable": working, "unstable": "0", "seeking": "1", "as_of": "01/11/2026"}
        await lead.send("/new", "Lưu hộ này", code=f"DC-{number:03}", hamlet="thôn 3", status="near-poor", **fields)
    page = await thu.open(LIST)
    assert set(re.findall(r"DC-\d{3}", page.html)) == {f"DC-{number:03}" for number in idle}
    assert "17 trên 20 hộ, 85%" in page.text

    await thu.open("/console/labour/4")
    await thu.send("/change", status="near-poor", stable="1")
    history = " ".join((await thu.open("/console/labour/4")).text.split())
    assert re.search(r"Cán bộ nhập: Trưởng thôn, .*Ổn định: 0\. .*Cán bộ nhập: Thu, .*Ổn định: 1\.", history)
    assert "DC-003" not in (await thu.open(LIST)).text


async def test_a_household_confirms_in_the_chat_in_four_questions(here: Office) -> None:
    citizen, thu = Visitor(client_of(here.app.web)), await here.officer("Thu", Role.EDITOR)
    await citizen.open("/?at=dak-cam")
    await citizen.say("xác nhận lao động")
    for answer in ("đồng ý", "2 người", "không có ai", "không có ai"):
        await citizen.say(answer)
    page = await citizen.say("hai người")
    assert "Muốn tìm việc: 2" in " ".join(one.text for one in page.answers)
    await thu.open(LIST)
    await thu.send("/told/1", code="DC-050", status="poor")
    assert "DC-050" in (await thu.open(LIST)).text
    history = (await thu.open("/console/labour/1")).text
    assert "Bà con tự khai" in history
    await citizen.say("xóa khai lao động")
    assert "DC-050" not in (await thu.open(LIST)).text, "what was told goes when it is taken back"
    assert "DC-050" in (await thu.open(f"{LIST}&show=unknown")).text
