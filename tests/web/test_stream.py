"""What a page with script hears: every bubble once, in spite of breaks and of bubbles that come late."""

import asyncio
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.app import App
from bot.channels.webchat import WebChat
from core.contacts import URN, Contact
from core.conversation import Conversation, Person
from core.messages import OutboundMessage
from core.records import Direction, HistoryMessage
from tests.web.conftest import changed, client_of
from tests.web.test_chat import QUESTION
from tests.web.visiting import Page, Visitor
from web.app import Site
from web.stream import OVERLAP, STREAMS_PER_VISITOR, Streams, events
from web.visitor import path_of

HERE = URN(account="webchat.main", path="somewhere")


def bubble(number: int, *, mine: bool = False, text: str = "lời") -> HistoryMessage:
    return HistoryMessage(
        id=number,
        direction=Direction.IN if mine else Direction.OUT,
        at=datetime(2026, 11, 20, tzinfo=UTC),
        message=OutboundMessage(text=text),
    )


class Shelf:
    """A history that grows between two looks; `script` says what is seen at each look."""

    def __init__(self, *script: list[HistoryMessage]) -> None:
        self.script = list(script)
        self.messages = self.people = self

    def read(self) -> "Shelf":
        return self

    async def __aenter__(self) -> "Shelf":
        return self

    async def __aexit__(self, *_: object) -> None:
        return None

    async def history(self, urn: URN, *, after: int | None = None) -> list[HistoryMessage]:
        if after is None:  # the reading at a stream's start is no look of its own
            return self.script[0]
        seen = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        return [one for one in seen if one.id > after]

    async def load(self, urns: list[URN], now: datetime) -> dict[URN, Person]:
        contact = Contact(id=1, locality="dak-cam")
        return {urn: Person(contact=contact, conversation=Conversation()) for urn in urns}


class AtOnce:
    """Arrivals whose time is always over."""

    async def wait(self, path: str, seconds: float) -> bool:
        return False


class OneRing:
    """Arrivals that ring once; from then on the time runs out."""

    def __init__(self, *, rung: bool = False) -> None:
        self._rung = rung

    async def wait(self, path: str, seconds: float) -> bool:
        if self._rung:
            await asyncio.sleep(seconds)
            return False
        self._rung = True
        return True


async def heard(site: Site, shelf: Shelf, *, after: int = 0, events_wanted: int, heartbeat: float = 3600) -> list[str]:
    """The first events of a stream, without its opening line."""
    found: list[str] = []
    quiet = replace(site, storage=shelf, arrivals=AtOnce(), poll_seconds=1)  # type: ignore[arg-type]
    async with (
        asyncio.timeout(5),
        aclosing(events(quiet, Streams(), HERE, after=after, lang="vi", heartbeat=heartbeat)) as stream,
    ):
        assert await anext(stream) == "retry: 3000\n\n"
        while len(found) < events_wanted:
            found.append(await anext(stream))
    return found


def number_of(event: str) -> int:
    return int(event.partition('data-id="')[2].partition('"')[0])


async def test_a_bubble_comes_as_the_page_would_show_it(site: Site, visitor: Visitor) -> None:
    await visitor.open("/?at=dak-cam")
    await visitor.say(QUESTION)
    urn = URN(account=site.account, path=path_of(visitor.client.cookies["chungtay"]))
    async with aclosing(events(site, Streams(), urn, after=0, lang="vi")) as stream:
        await anext(stream)
        async with asyncio.timeout(5):
            texts = [await anext(stream) for _ in (visitor.page.own + visitor.page.answers)]
    html = "".join(
        line.removeprefix("data: ") + "\n" for text in texts for line in text.split("\n") if "data: " in line
    )
    streamed = Page(f"<html lang=vi>{html}")
    assert [one.text for one in streamed.own] == [QUESTION]
    assert [one.text for one in streamed.answers] == [one.text for one in visitor.page.answers]
    assert streamed.answers[-1].buttons == visitor.page.answers[-1].buttons


async def test_a_bubble_that_becomes_visible_late_is_not_missed(site: Site) -> None:
    shelf = Shelf([bubble(1), bubble(3)], [bubble(1), bubble(2), bubble(3)])
    assert [number_of(one) for one in await heard(site, shelf, events_wanted=3)] == [1, 3, 2]


@pytest.mark.parametrize("missed", [False, True])
async def test_a_bubble_recorded_moments_after_its_arrival_was_told_is_seen(site: Site, *, missed: bool) -> None:
    shelf, arrivals = Shelf([], [], [], [bubble(1)]), OneRing(rung=missed)
    late = replace(site, storage=shelf, arrivals=arrivals, poll_seconds=3600)  # type: ignore[arg-type]
    async with asyncio.timeout(5), aclosing(events(late, Streams(), HERE, after=0, lang="vi")) as stream:
        assert await anext(stream) == "retry: 3000\n\n"
        assert number_of(await anext(stream)) == 1


async def test_a_stream_opened_again_repeats_a_few_bubbles(site: Site) -> None:
    all_of_them = [bubble(number) for number in range(1, 21)]
    last = (await heard(site, Shelf(all_of_them), events_wanted=20))[-1]
    resume = int(last.partition("id: ")[2].partition("\n")[0])
    assert OVERLAP >= 3  # an answer in doubt goes out behind what one message led to: up to three bubbles
    assert resume == 20 - OVERLAP
    again = await heard(site, Shelf(all_of_them), after=resume, events_wanted=OVERLAP)
    assert [number_of(one) for one in again] == list(range(21 - OVERLAP, 21))


async def test_what_came_in_without_words_is_not_told(site: Site) -> None:
    """The place or the language of the page's address: learnt, and nothing to show."""
    history = [bubble(1, mine=True, text=""), bubble(2, mine=True), bubble(3)]
    assert [number_of(one) for one in await heard(site, Shelf(history), events_wanted=2)] == [2, 3]


async def test_lines_of_a_text_stay_lines(site: Site) -> None:
    event = (await heard(site, Shelf([bubble(1, text="một\nhai\n\nid: 9")]), events_wanted=1))[0]
    assert [line for line in event.split("\n") if line.startswith("id:")] == ["id: 0"]
    assert '<p class="t">một' in event
    assert "data: hai\ndata: \ndata: id: 9</p>" in event


async def test_silence_is_broken_by_a_sign_of_life(site: Site) -> None:
    assert await heard(site, Shelf([]), events_wanted=2, heartbeat=0) == [":\n\n", ":\n\n"]


async def test_streams_end_when_the_server_stops(site: Site) -> None:
    streams = Streams()
    sleepy = replace(site, poll_seconds=3600)
    async with asyncio.timeout(5):
        stream = events(sleepy, streams, HERE, after=0, lang="vi")
        await anext(stream)
        rest = asyncio.ensure_future(anext(stream, "ended"))
        while not streams.open:  # noqa: ASYNC110 -- the stream has no event for having begun
            await asyncio.sleep(0)
        streams.stop()
        assert await rest == "ended"
    assert streams.open.total() == 0


async def test_a_visitor_has_only_so_many_streams(app: App, visitor: Visitor) -> None:
    await visitor.open()
    app.web.state.streams.open[path_of(visitor.client.cookies["chungtay"])] = STREAMS_PER_VISITOR
    answer = await visitor.client.get("/stream")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "60")


async def test_no_stream_without_a_cookie(site: Site) -> None:
    async with client_of(changed(site)) as client:
        assert (await client.get("/stream")).status_code == 204


async def test_the_channel_wakes_everybody_who_waits_at_an_address() -> None:
    channel = WebChat("webchat.main")
    here = [asyncio.ensure_future(channel.wait("somewhere", 5)) for _ in range(2)]
    elsewhere = asyncio.ensure_future(channel.wait("elsewhere", 0.01))
    await asyncio.sleep(0)
    assert await channel.send(HERE, 12, OutboundMessage(text="x")) == "12"
    assert not any(one.done() for one in here)  # there is nothing to read before it is recorded
    channel.recorded(HERE)
    assert [await one for one in here] == [True, True]
    assert await elsewhere is False
    assert channel._waiting == {}
