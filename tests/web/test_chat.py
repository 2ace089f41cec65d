"""The web chat as a visitor without script meets it."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest
from httpx import AsyncClient

from bot.app import App
from core.delivery import DeliveryStatus
from core.errors import StorageError
from core.records import NewUpdate
from tests.web.conftest import changed, client_of
from tests.web.visiting import Page, Visitor
from web.app import Site
from web.visitor import path_of

QUESTION = "Thẻ bảo hiểm y tế của hộ nghèo làm ở đâu?"


async def rows(app: App) -> tuple[int, int]:
    """Updates stored and contacts known."""
    from sqlalchemy import func, select

    from db.models import contacts, inbound_updates

    async with app.storage.engine.connect() as connection:
        updates = await connection.scalar(select(func.count()).select_from(inbound_updates))
        people = await connection.scalar(select(func.count()).select_from(contacts))
    return updates or 0, people or 0


async def test_a_first_look_greets_and_stores_nothing(app: App, visitor: Visitor) -> None:
    page = await visitor.open("/?at=dak-cam")
    assert page.texts["h1"].startswith("Ủy ban nhân dân phường Đăk Cấm")
    assert page.greeting[0].hidden == "Chung Tay:"
    assert page.greeting[0].buttons
    assert page.answers == []
    assert await rows(app) == (0, 0)


async def test_the_cookie_is_random_hidden_from_scripts_and_kept_a_year(app: App, client: AsyncClient) -> None:
    response = await client.get("/")
    cookie = response.headers["set-cookie"]
    assert cookie.startswith("chungtay=")
    for part in ("HttpOnly", "SameSite=lax", "Secure", "Max-Age=31536000", "Path=/"):
        assert part in cookie
    again = await client.get("/")
    assert "set-cookie" not in again.headers


async def test_a_question_is_answered_on_the_next_page(visitor: Visitor) -> None:
    await visitor.open("/?at=dak-cam")
    page = await visitor.say(QUESTION)
    assert visitor.response is not None
    assert visitor.response.history[0].status_code == 303
    assert visitor.response.history[0].headers["location"] == "/#last"
    assert [one.text for one in page.own] == [QUESTION]
    assert page.own[0].hidden == "Bà con:"
    assert page.own[0].time == "9 giờ 00"
    assert page.answers[-1].source
    assert page.answers[-1].buttons
    assert page.refresh is None


async def test_the_stored_address_is_not_the_cookie(app: App, visitor: Visitor) -> None:
    from sqlalchemy import select

    from db.models import addresses

    await visitor.open()
    await visitor.say("menu")
    token = visitor.client.cookies["chungtay"]
    async with app.storage.engine.connect() as connection:
        stored = (await connection.execute(select(addresses.c.path))).scalars().all()
    assert stored == [path_of(token)]
    assert token not in stored[0]


async def test_two_browsers_are_two_conversations(app: App, visitor: Visitor) -> None:
    await visitor.open()
    await visitor.say(QUESTION)
    async with client_of(app.web) as other:
        assert Page((await other.get("/")).text).own == []


async def test_a_form_sent_twice_is_one_update(app: App, visitor: Visitor) -> None:
    page = await visitor.open("/?at=dak-cam")
    fields = dict(page.fields)
    await visitor.post({**fields, "text": QUESTION})
    once = await rows(app)
    page = await visitor.post({**fields, "text": QUESTION})
    assert len(page.own) == 1
    assert await rows(app) == once
    assert page.refresh is None


async def test_two_posts_of_one_form_at_the_same_time_are_one_update(app: App, visitor: Visitor) -> None:
    await visitor.open("/?at=dak-cam")
    data = {**visitor.page.fields, "text": QUESTION}
    both = await asyncio.gather(*(visitor.client.post("/messages", data=data) for _ in range(2)))
    assert [one.headers["location"] for one in both] == ["/#last", "/#last"]
    assert len((await visitor.open()).own) == 1


async def test_a_page_brought_back_with_new_words_is_a_new_message(visitor: Visitor) -> None:
    page = await visitor.open("/?at=dak-cam")
    used = dict(page.fields)
    await visitor.post({**used, "text": QUESTION})
    page = await visitor.post({**used, "text": "Tiền điện thì sao?"})
    assert [one.text for one in page.own] == [QUESTION, "Tiền điện thì sao?"]


async def test_a_press_shows_what_the_button_said(visitor: Visitor) -> None:
    await visitor.open("/?at=dak-cam")
    page = await visitor.say(QUESTION)
    label = next(iter(page.answers[-1].buttons))
    page = await visitor.press(label)
    assert page.own[-1].text == label


async def test_a_press_on_the_greeting_shows_what_the_button_said(visitor: Visitor) -> None:
    page = await visitor.open("/?at=dak-cam")
    label = next(iter(page.greeting[-1].buttons))
    page = await visitor.press(label)
    assert page.own[-1].text == label


async def test_an_old_button_still_stands_and_answers(visitor: Visitor) -> None:
    await visitor.open("/?at=dak-cam")
    old = (await visitor.say(QUESTION)).answers[-1].buttons
    page = await visitor.say("menu")
    assert old in [one.buttons for one in page.answers[:-1]]
    label = next(one for one in old if one not in page.answers[-1].buttons)
    answers = len(page.answers)
    page = await visitor.post({"payload": old[label]})
    assert page.own[-1].text == label
    assert len(page.answers) > answers


async def test_words_in_the_box_outlive_a_press(visitor: Visitor) -> None:
    await visitor.open("/?at=dak-cam")
    page = await visitor.say(QUESTION)
    page = await visitor.press(next(iter(page.answers[-1].buttons)), typed="Tôi đang viết dở")
    assert page.draft == "\nTôi đang viết dở"
    assert "Tôi đang viết dở" not in [one.text for one in page.own]


async def test_the_place_of_the_address_goes_along_with_the_first_message(app: App, visitor: Visitor) -> None:
    page = await visitor.open("/?at=dak-cam")
    assert page.fields["at"] == "dak-cam"
    page = await visitor.say(QUESTION)
    assert page.texts["h1"].startswith("Ủy ban nhân dân phường Đăk Cấm")
    assert [one.text for one in page.own] == [QUESTION]
    assert "at" not in page.fields


async def test_the_greeting_is_not_said_twice(visitor: Visitor) -> None:
    greeting = (await visitor.open("/?at=dak-cam")).greeting[0].text
    page = await visitor.say(QUESTION)
    assert [one.text for one in page.bubbles].count(greeting) == 1
    assert page.bubbles[1].text == QUESTION
    page = await visitor.say("bắt đầu")  # asked for, it is said
    assert page.answers[-1].text == greeting


async def test_an_unknown_place_is_passed_over(visitor: Visitor) -> None:
    page = await visitor.open('/?at="><script>')
    assert "at" not in page.fields
    assert "<script>" not in page.html.replace('<script src="/static/', "")


async def test_another_place_is_offered_to_somebody_with_a_history(visitor: Visitor) -> None:
    await visitor.open("/?at=dak-cam")
    await visitor.say(QUESTION)
    page = await visitor.open("/?at=muong-lay")
    offered = [label for label, payload in page.buttons.items() if payload == "start:muong-lay"]
    assert len(offered) == 1
    assert page.texts["h1"].startswith("Ủy ban nhân dân phường Đăk Cấm")
    page = await visitor.press(offered[0])
    assert page.own[-1].text == offered[0]
    assert "start:dak-cam" not in (await visitor.open("/?at=dak-cam")).buttons.values()


async def test_english_from_the_address_to_the_answer(visitor: Visitor) -> None:
    page = await visitor.open("/?at=dak-cam&lang=en")
    assert page.lang == "en"
    greeting = page.greeting[0].text
    page = await visitor.say("health insurance card")
    assert page.lang == "en"
    assert [one.text for one in page.bubbles].count(greeting) == 1
    assert "Chào bà con" not in page.html
    assert page.own[0].hidden == "You:"
    assert page.own[0].time == "9.00 am"
    page = await visitor.press("Tiếng Việt")
    assert page.lang == "vi"
    assert page.own[-1].text == "Tiếng Việt"


async def test_an_answer_that_takes_long_is_waited_for_politely(site: Site) -> None:
    held: list[NewUpdate] = []

    async def hold_back(updates: Sequence[NewUpdate]) -> int:
        held.extend(updates)
        return len(updates)

    async with client_of(changed(site, receive=hold_back, answer_seconds=0.05)) as client:
        slow = Visitor(client)
        await slow.open("/?at=dak-cam")
        page = await slow.say(QUESTION)
        assert "Đã nhận tin" in page.texts["waiting"]
        assert page.refresh == "/?waiting=0&tries=1#last"
        page = await slow.open("/?waiting=0&tries=40")
        assert page.refresh is None
        assert "Đã nhận tin" in page.texts["waiting"]
        await site.receive(held)
        async with client_of(changed(site)) as usual:
            usual.cookies = client.cookies
            await Visitor(usual).say("menu")  # answered behind what was held back
        page = await slow.open("/?waiting=0&tries=3")
    assert page.own[0].text == QUESTION
    assert page.answers
    assert "waiting" not in page.texts


async def test_what_a_page_showed_counts_as_delivered(app: App, visitor: Visitor) -> None:
    await visitor.open("/?at=dak-cam")
    await visitor.say(QUESTION)
    assert DeliveryStatus.SENT not in await statuses(app)
    assert DeliveryStatus.DELIVERED in await statuses(app)


async def statuses(app: App) -> set[DeliveryStatus]:
    from sqlalchemy import select

    from db.models import deliveries

    async with app.storage.engine.connect() as connection:
        return {DeliveryStatus(one) for one in (await connection.execute(select(deliveries.c.status))).scalars()}


async def test_a_page_fetched_in_advance_confirms_nothing(app: App, visitor: Visitor) -> None:
    await visitor.open("/?at=dak-cam")
    data = {**visitor.page.fields, "text": QUESTION}
    answer = await visitor.client.post("/messages", data=data)
    assert answer.status_code == 303
    await visitor.client.head("/")
    await visitor.client.get("/", headers={"Sec-Purpose": "prefetch"})
    assert await statuses(app) == {DeliveryStatus.SENT}
    page = await visitor.open("/")
    assert await statuses(app) == {DeliveryStatus.DELIVERED}
    assert page.answers


async def test_a_script_confirms_what_it_showed(app: App, visitor: Visitor) -> None:
    await visitor.open()
    script = {"X-Requested-With": "fetch"}
    stored = await visitor.client.post("/messages", data={**visitor.page.fields, "text": QUESTION}, headers=script)
    assert (stored.status_code, stored.text) == (204, "")
    in_advance = {"Sec-Purpose": "prefetch"}  # looks without confirming
    shown = Page((await visitor.client.get("/", headers=in_advance)).text)
    while not shown.answers:
        shown = Page((await visitor.client.get("/", headers=in_advance)).text)
    for odd in ("", "x", "-5", "0"):
        assert (await visitor.client.post("/seen", data={"up_to": odd})).status_code == 204
    assert await statuses(app) == {DeliveryStatus.SENT}
    await visitor.client.post("/seen", data={"up_to": str(shown.answers[-1].id)})
    assert await statuses(app) == {DeliveryStatus.DELIVERED}


async def test_nobody_confirms_for_somebody_else(app: App, visitor: Visitor) -> None:
    await visitor.open("/?at=dak-cam")
    await visitor.client.post("/messages", data={**visitor.page.fields, "text": QUESTION})
    async with client_of(app.web) as other:
        await other.get("/")
        await other.post("/seen", data={"up_to": "9" * 30})
    assert await statuses(app) == {DeliveryStatus.SENT}


async def test_without_a_cookie_nothing_is_stored_and_nothing_typed_is_lost(app: App, client: AsyncClient) -> None:
    answer = await client.post("/messages", data={"text": QUESTION, "nonce": "n" * 22})
    page = Page(answer.text)
    assert answer.status_code == 409
    assert "set-cookie" in answer.headers
    assert page.draft == f"\n{QUESTION}"
    assert page.fields["nonce"] == "n" * 22
    assert await rows(app) == (0, 0)
    again = Visitor(client)
    again.page = page
    assert (await again.say(QUESTION)).own[0].text == QUESTION


async def test_a_full_disk_is_said_and_what_was_typed_stays(app: App, site: Site) -> None:
    async def full(_: object) -> int:
        raise StorageError("the disk is full", where="database")

    async with client_of(changed(site, receive=full)) as client:
        visitor = Visitor(client)
        nonce = (await visitor.open("/?at=dak-cam")).fields["nonce"]
        page = await visitor.say(QUESTION)
        assert visitor.response is not None
        assert visitor.response.status_code == 503
        assert page.draft == f"\n{QUESTION}"
        assert "chưa được giữ lại" in page.texts["problem"]
        assert page.fields["nonce"] == nonce
        assert page.fields["at"] == "dak-cam"
        script = await client.post("/messages", data={"text": "x"}, headers={"X-Requested-With": "fetch"})
    assert (script.status_code, "chưa được giữ lại" in script.text) == (503, True)
    assert await rows(app) == (0, 0)


async def test_storage_that_is_away_gives_a_kind_page(app: App, site: Site, visitor: Visitor) -> None:
    class Away:
        def read(self) -> None:
            raise StorageError("the database does not answer", where="database")

        write = read

    await visitor.open()
    await visitor.say("menu")
    async with client_of(changed(site, storage=Away())) as client:
        client.cookies = visitor.client.cookies
        page = await client.get("/")
        posted = await client.post("/messages", data={"text": "còn đây"})
    assert page.status_code == 503
    assert "database" not in page.text
    assert (posted.status_code, Page(posted.text).draft) == (503, "\ncòn đây")


async def test_a_demonstration_says_so_on_its_page(site: Site) -> None:
    async with client_of(changed(site, demo=True)) as client:
        assert "không có thật" in (await client.get("/")).text
    async with client_of(changed(site)) as client:
        assert "không có thật" not in (await client.get("/")).text


async def test_particulars_of_the_office_stand_beside_the_talk(site: Site) -> None:
    given = [("Điện thoại", "0260 000 000")]
    async with client_of(changed(site, particulars=lambda locality, _: given if locality else [])) as client:
        assert "0260 000 000" in (await client.get("/?at=dak-cam")).text
        assert "<aside" not in (await client.get("/")).text


async def test_the_look_is_kept_in_the_browser(visitor: Visitor) -> None:
    await visitor.open()
    for change in ("theme:dark", "size:up", "size:up", "contrast", "nonsense", "theme:neon"):
        answer = await visitor.client.post("/look", data={"set": change})
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
    html = (await visitor.open()).html
    assert '<html lang="vi" data-theme="dark" data-percent="150" data-contrast>' in html
    script = await visitor.client.post("/look", data={"set": "size:plain"}, headers={"X-Requested-With": "fetch"})
    assert script.json() == {"theme": "dark", "percent": 100, "contrast": True}
    visitor.client.cookies.set("look", "neon.9.x.klingon", domain="chungtay.example")
    assert 'data-theme="auto" data-percent="100">' in (await visitor.open()).html


async def test_the_answer_is_told_apart_from_its_source(visitor: Visitor) -> None:
    await visitor.open("/?at=dak-cam")
    answer = (await visitor.say(QUESTION)).answers[-1]
    assert answer.source.startswith("Theo ")
    assert answer.source not in answer.text


async def test_a_site_is_a_value(site: Site) -> None:
    assert replace(site, demo=True).demo
    with pytest.raises(AttributeError):
        site.demo = True  # type: ignore[misc]
