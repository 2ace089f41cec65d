"""The first page of a locality: where to ask, what to read, what was told lately."""

from starlette.requests import Request
from starlette.responses import Response

from web.public.notices import lines_of
from web.public.published import published
from web.public.reading import reading_of
from web.public.responding import page

NEWEST = 3  # notices
WORK = "job-connection"  # the topic below which the vacancies stand


async def show_front(request: Request) -> Response:
    """GET /{locality}."""
    reading = reading_of(request)
    words = reading.words
    found = await published(reading.site.storage, reading.place.id)
    return page(
        request,
        reading,
        "front.html",
        title=words.text("public.front.title", place=reading.named),
        description=words.text("public.front.lead", place=reading.named),
        office=reading.content.office("contact", locality=reading.place.id, on=reading.today, lang=reading.lang)
        if "contact" in reading.content.topics
        else None,
        notices=lines_of(reading, found[:NEWEST]),
        work=reading.chat(WORK) if WORK in reading.content.topics else "",
    )
