"""needs-register: stated in the chat with a code, met by officers, counted as "of those who state a need"."""

import pytest

from core.officers import Role
from tests.capabilities.office import Office
from tests.console.test_targets import row_of
from tests.web.conftest import client_of
from tests.web.visiting import Visitor

LIST = "/console/needs?at=dak-cam"


@pytest.mark.thorough
async def test_thirty_needs_of_which_24_are_met(here: Office) -> None:
    thu = await here.officer("Thu", Role.EDITOR)
    for _ in range(29):
        await thu.open("/console/needs/new?at=dak-cam")
        await thu.send("/new", "Ghi nhu cầu", kind="job", hamlet="thôn 3", words="", agreed="yes")
    citizen = Visitor(client_of(here.app.web))
    await citizen.open("/?at=dak-cam")
    await citizen.say("tôi cần việc làm")
    said = " ".join(one.text for one in (await citizen.say("đồng ý")).answers)
    assert "Mã:" in said, "it has a code"
    for number in range(1, 25):
        await thu.open(f"/console/needs/{number}")
        await thu.send("/met", met_text="Đã nhận vào làm.", met_day="18/11/2026")
    row = row_of(await thu.open(LIST), "kind=job")
    assert "24 trên 30" in row and "80%" in row and "mục II.3.b" in row, "beside what the plan promises"

    await citizen.say("nhu cầu của tôi")
    code = said.partition("Mã: ")[2][:7]
    await citizen.say(f"rút nhu cầu {code}")
    row = row_of(await thu.open(LIST), "kind=job")
    assert "24 trên 29" in row, "what was taken back leaves both"


async def test_why_it_cannot_be_met_is_told_to_whoever_stated_it(here: Office) -> None:
    thu = await here.officer("Thu", Role.ANSWERER)
    citizen = Visitor(client_of(here.app.web))
    await citizen.open("/?at=dak-cam")
    await citizen.say("đăng ký nhu cầu vay vốn")
    await citizen.say("có")
    await thu.open("/console/needs/1")
    await thu.send("/impossible", impossible_text="Hết vốn đợt này, tháng ba có lại.")
    said = " ".join(one.text for one in (await citizen.say("nhu cầu của tôi")).answers)
    assert "chưa giúp được" in said
    async with here.app.storage.read() as uow:
        told = await uow.messages.history((await uow.people.addresses(1))[0])
    assert any("Hết vốn đợt này" in one.message.text for one in told) or "Hết vốn" in said
