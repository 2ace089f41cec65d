"""What the pages ask of storage, on SQLite and on PostgreSQL."""

import asyncio
from contextlib import aclosing

import pytest

from bot.app import App
from core.contacts import URN
from core.delivery import DeliveryStatus
from tests.web.test_chat import QUESTION, rows, statuses
from tests.web.test_public import link, sent
from tests.web.visiting import Visitor
from web.app import Site
from web.stream import Streams, events
from web.visitor import path_of


@pytest.fixture
def database(database_url: str) -> str:
    return database_url


async def test_a_question_sent_twice_is_answered_once_and_confirmed(app: App, visitor: Visitor) -> None:
    page = await visitor.open("/?at=dak-cam")
    data = {**page.fields, "text": QUESTION}
    await asyncio.gather(*(visitor.client.post("/messages", data=data) for _ in range(3)))
    page = await visitor.open()
    assert [one.text for one in page.own] == [QUESTION]
    assert page.answers[-1].source
    assert page.texts["h1"].startswith("Ủy ban nhân dân phường Đăk Cấm")
    assert await rows(app) == (2, 1)
    assert await statuses(app) == {DeliveryStatus.DELIVERED}


async def test_odd_signs_and_files_can_be_kept(visitor: Visitor) -> None:
    await visitor.open("/?at=dak-cam")
    page = await visitor.say("a\x00b \ud83d\udc4d".encode("utf-16", "surrogatepass").decode("utf-16"))
    assert page.own[-1].text == "ab 👍"
    page = await visitor.say("", files=[("a.pdf", b"%PDF-1.7")])
    assert (await visitor.client.get(next(iter(page.own[-1].links.values())))).content == b"%PDF-1.7"


async def test_a_stream_tells_the_answer(site: Site, visitor: Visitor) -> None:
    await visitor.open("/?at=dak-cam")
    await visitor.say(QUESTION)
    urn = URN(account=site.account, path=path_of(visitor.client.cookies["chungtay"]))
    async with asyncio.timeout(10), aclosing(events(site, Streams(), urn, after=0, lang="vi")) as stream:
        told = [await anext(stream) for _ in range(3)]
    assert QUESTION in told[1]
    assert visitor.page.answers[0].text.splitlines()[0] in told[2]


async def test_a_page_larger_than_every_number_is_no_fault(visitor: Visitor) -> None:
    await visitor.open("/?at=dak-cam")
    await visitor.say(QUESTION)
    for odd in ("9" * 30, str(2**63), "1e9", "-1"):
        assert (await visitor.client.get(f"/?waiting={odd}&tries={odd}")).status_code == 200
        assert (await visitor.client.post("/seen", data={"up_to": odd})).status_code == 204


async def test_what_went_to_everybody_of_a_place_is_read_there(app: App, visitor: Visitor) -> None:
    first = await sent(app)
    few = await sent(app, "Tin cho ít nhà.", audience={"localities": ["dak-cam"], "hamlets": ["thôn 3"]})
    right = await sent(app, "Đính chính.", audience={"reached": [str(first)]})
    await sent(app, "Tin của nơi khác.", audience={"localities": ["di-su"]})
    html = (await visitor.open("/dak-cam/tin")).html
    assert [link(one) in html for one in (first, few, right)] == [True, False, True]
    assert "Tin của nơi khác" not in html
