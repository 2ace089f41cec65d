"""The notices that everybody may read: the newest as a list, each as a page, and a list to put into another page."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.authenticity import coded, notice_code
from core.publishing import PublicNotice
from core.text import clean
from web.public.published import published
from web.public.reading import Reading, reading_of, shortened
from web.public.responding import page
from web.security import CONTENT_SECURITY_POLICY

SHOWN = 30  # notices of a list and of a feed
FRAMED = 5  # notices in another page
LONGEST_TITLE = 80  # characters of a notice's first words, which stand for its title
# A list without a form and without anything of the reader: whoever frames it gains nothing by that.
FRAMED_POLICY = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A notice as a list and a page tell it."""

    link: str
    title: str
    text: str
    lang: str  # of its words: Vietnamese where it has no others
    day: str
    moment: str  # for machines
    source: str
    code: str
    files: int
    corrected_by: str | None  # the link to the notice that corrects it
    corrects: tuple[tuple[str, str], ...]  # link and code of those that it corrects


def address(number: int) -> str:
    """A notice's address behind its place: by its code, which people have in their hands.

    >>> address(15)
    '/tin/15l'
    """
    return f"/tin/{notice_code(number).lower()}"


def lines_of(reading: Reading, notices: Sequence[PublicNotice]) -> list[Line]:
    """Notices in the reader's language. Its title, which is written for officers, is not told."""
    return [_line(reading, one) for one in notices]


def _line(reading: Reading, one: PublicNotice) -> Line:
    notice, words = one.sent.notice, reading.words
    text = clean(notice.said(reading.lang))
    code = notice_code(one.sent.id)
    return Line(
        link=reading.link(address(one.sent.id)),
        title=title_of(text),
        text=text,
        lang=reading.lang if reading.lang in notice.text else "vi",
        day=reading.day(one.sent.at),
        moment=one.sent.at.isoformat(timespec="seconds"),
        source=words.text("notice.source", source=clean(notice.source).rstrip("."), code=code),
        code=code,
        files=len(notice.attachments),
        corrected_by=reading.link(address(one.corrected_by)) if one.corrected_by is not None else None,
        corrects=tuple((reading.link(address(number)), notice_code(number)) for number in one.corrects),
    )


def title_of(text: str) -> str:
    """The first words of a notice.

    >>> title_of("Phường mở lớp may.\\nHọc không mất tiền.")
    'Phường mở lớp may'
    """
    return shortened(text.strip().split("\n")[0], LONGEST_TITLE).rstrip(".")


async def show_notices(request: Request) -> Response:
    """GET /{locality}/tin: the newest ones."""
    reading = reading_of(request)
    words = reading.words
    found = await published(reading.site.storage, reading.place.id)
    return page(
        request,
        reading,
        "notices.html",
        title=words.text("public.notices.title", place=reading.named),
        description=words.text("public.notices.lead", place=reading.named),
        notices=lines_of(reading, found[:SHOWN]),
        frame=reading.url("/tin/khung"),
    )


async def show_notice(request: Request) -> Response:
    """GET /{locality}/tin/{code}: one of them; stopped, paused, meant for few or of another place, it is not there."""
    reading = reading_of(request)
    asked = request.path_params["code"]
    number = coded(asked)
    found = await published(reading.site.storage, reading.place.id) if number is not None else ()
    one = next((each for each in found if each.sent.id == number), None)
    if one is None:
        raise HTTPException(404)
    if (right := address(one.sent.id)) != f"/tin/{asked}":
        return RedirectResponse(reading.link(right), status_code=301)
    line = _line(reading, one)
    return page(
        request,
        reading,
        "notice.html",
        title=f"{line.title} · {reading.named}",
        description=f"{line.text} {line.source}",
        notice=line,
    )


async def show_framed(request: Request) -> Response:
    """GET /{locality}/tin/khung: a short list that any page of the ward's may show within itself."""
    reading = reading_of(request)
    words = reading.words
    found = await published(reading.site.storage, reading.place.id)
    response = page(
        request,
        reading,
        "framed.html",
        title=words.text("public.notices.title", place=reading.named),
        description=words.text("public.notices.lead", place=reading.named),
        notices=lines_of(reading, found[:FRAMED]),
    )
    response.headers["Content-Security-Policy"] = FRAMED_POLICY
    return response
