"""The account page binds a chat: a code, shown once, and what is bound."""

import pytest

from bot.app import App
from core.officer_chats import CHAT_CODE_FOR
from core.records import NewUpdate
from tests.console.desk import Desk
from tests.db.test_statements import counting
from tests.support.rows import everything, make_person, urn

MOST = 12  # statements: who it is, and what they look at


async def says(app: App, text: str, path: str = "phone") -> None:
    """Somebody writes in the web chat, and is answered."""
    await app.intake.receive(
        [
            NewUpdate(
                account="webchat.main", external_id=text, path=path, raw={"text": text}, received_at=app.clock.now()
            )
        ]
    )
    await app.intake.drain()


def code_on(desk: Desk) -> str:
    """The code that the page shows."""
    return desk.page.html.partition('translate="no">CB ')[2][:9]


async def test_a_code_is_shown_once_and_the_chat_stands_there_until_it_is_ended(app: App, lan: Desk) -> None:
    await lan.open("/console/account")
    assert "Chưa có máy nào." in lan.page.text
    await lan.send("/chats", "Tạo mã cho một máy")
    code = code_on(lan)
    assert "trong 15 phút" in lan.page.text
    assert code not in (await lan.open("/console/account")).html, "shown once"
    await says(app, f"CB {code}")
    assert "Máy dùng trang web" in (await lan.open("/console/account")).text
    await lan.send("/end", "Thôi nhận ở đây")
    assert lan.page.statuses[0] == "✓ Máy đó thôi nhận câu hỏi." and "Chưa có máy nào." in lan.page.text


@pytest.mark.thorough
async def test_the_same_form_twice_makes_one_code_and_five_an_hour_are_enough(app: App, lan: Desk) -> None:
    await lan.open("/console/account")
    form = lan.page.form("/account/chats")
    for _ in range(2):
        await lan.post(form.action, form.fields)
    assert len((await everything(app.storage))["officer_chat_codes"]) == 1
    for _ in range(4):
        await lan.open("/console/account")
        assert (await lan.send("/account/chats", "Tạo mã cho một máy")).status == 200
    await lan.open("/console/account")
    assert (await lan.send("/account/chats", "Tạo mã cho một máy")).status == 422
    assert lan.page.alerts == ["■ Tạo nhiều mã quá. Một giờ nữa hãy tạo thêm."]


@pytest.mark.thorough
async def test_anothers_chat_is_not_there(app: App, lan: Desk, minh: Desk) -> None:
    await lan.open("/console/account")
    await lan.send("/account/chats", "Tạo mã cho một máy")
    await says(app, f"CB {code_on(lan)}")
    (chat,) = (await everything(app.storage))["officer_chats"]
    await minh.open("/console/account")
    form = minh.page.form("/account/chats")
    assert (await minh.post(f"/console/account/chats/{chat['address_id']}/end", form.fields)).statuses == []
    assert (await everything(app.storage))["officer_chats"] == [chat]


@pytest.mark.thorough
async def test_the_account_costs_few_statements_however_many_chats(app: App, lan: Desk) -> None:
    assert lan.officer is not None
    await lan.open("/console/account")
    with counting(app.storage) as counter:
        await lan.open("/console/account")
        few = counter.take()
    now = app.clock.now()
    for number in range(20):
        person = await make_person(app.storage, f"phone {number}")
        code = bytes([number]) * 32
        async with app.storage.write() as uow:
            await uow.chats.offer(code, lan.officer.id, now=now, expires_at=now + CHAT_CODE_FOR)
            assert await uow.chats.bind(code, urn(f"phone {number}"), now) and person
            await uow.commit()
    with counting(app.storage) as counter:
        assert (await lan.open("/console/account")).text.count("Máy dùng trang web") == 40  # each said to the ear too
        assert counter.take() == few <= MOST
