"""Server-Sent Events for a page with script: every bubble as it comes, in spite of breaks."""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from content.wording import wording
from core.contacts import URN
from core.errors import StorageError
from core.records import HistoryMessage
from web import rendering
from web.bubbles import bubble_of
from web.site import Site
from web.talk import has_words, position
from web.visitor import visitor_of
from web.waiting import looks

HEARTBEAT_SECONDS = 15.0  # proxies cut silent connections, commonly after 30 to 60 seconds
# A stream that is opened again repeats so many bubbles; the page skips those it has. A bubble may become visible
# after a later one: an answer whose sending was in doubt goes out once more, behind its successors.
OVERLAP = 6
STREAMS_PER_VISITOR = 8
STREAMS_IN_ALL = 2000


class Streams:
    """The open streams of this process."""

    def __init__(self) -> None:
        self.open: Counter[str] = Counter()  # by address path
        self.stopping = asyncio.Event()

    def stop(self) -> None:
        """Let all streams end, so that the server can stop without waiting for its visitors."""
        self.stopping.set()

    def has_room(self, path: str) -> bool:
        """Whether one more may be opened for this address."""
        return self.open[path] < STREAMS_PER_VISITOR and self.open.total() < STREAMS_IN_ALL


class Feed:
    """What one stream has told of a conversation, and what it leaves out."""

    def __init__(self, *, after: int) -> None:
        self._told: set[int] = set()
        self._recent: deque[int] = deque([after], maxlen=OVERLAP + 1)

    def news(self, bubbles: Sequence[HistoryMessage]) -> list[HistoryMessage]:
        """Those of the bubbles after the stream's beginning that were not told yet."""
        return [one for one in bubbles if one.id not in self._told and has_words(one)]

    def tell(self, message: HistoryMessage) -> int:
        """Note that a bubble was told; gives where a stream that is opened again begins."""
        self._told.add(message.id)
        self._recent.append(message.id)
        return self._recent[0]


async def open_stream(request: Request) -> Response:
    """GET /stream: bubbles after Last-Event-ID or ?after= as they come, each as the HTML of the page's own template."""
    site: Site = request.app.state.site
    streams: Streams = request.app.state.streams
    visitor = visitor_of(request, site.account, site.new_token)
    if not visitor.known:
        return Response(status_code=204)  # tells an EventSource not to come back
    if not streams.has_room(visitor.urn.path):
        return PlainTextResponse("", status_code=429, headers={"Retry-After": "60"})
    after = position(request.headers.get("last-event-id") or request.query_params.get("after", ""))
    return StreamingResponse(
        events(
            site,
            streams,
            visitor.urn,
            after=after,
            lang=request.query_params.get("lang", ""),
        ),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def events(
    site: Site,
    streams: Streams,
    urn: URN,
    *,
    after: int,
    lang: str,
    heartbeat: float = HEARTBEAT_SECONDS,
) -> AsyncGenerator[str, None]:
    """The events of one stream, and a sign of life after `heartbeat` seconds with nothing to tell."""
    clock = asyncio.get_running_loop().time
    spoke = clock()
    streams.open[urn.path] += 1
    try:
        yield "retry: 3000\n\n"
        feed = Feed(after=after)
        pause = min(site.poll_seconds, heartbeat)
        async with aclosing(looks(site, urn, streams.stopping, after=after, pause=pause)) as all_looks:
            async for bubbles in all_looks:
                for one in feed.news(bubbles):
                    spoke = clock()
                    yield event(site, one, resume=feed.tell(one), lang=lang)
                if clock() - spoke >= heartbeat:
                    spoke = clock()
                    yield ":\n\n"
    except StorageError:
        return  # the page opens the stream again by itself
    finally:
        streams.open[urn.path] -= 1
        streams.open += Counter()  # drops addresses with no stream left


def event(site: Site, message: HistoryMessage, *, resume: int, lang: str) -> str:
    """One bubble as a Server-Sent Event; its id is where a stream that is opened again begins."""
    words = wording(lang)
    bubble = bubble_of(message, words=words, link=site.files.link, now=site.clock.now())
    lines = rendering.html("bubble.html", words, bubble=bubble).strip().splitlines()
    return "".join([f"id: {resume}\n", *(f"data: {line}\n" for line in lines), "\n"])
