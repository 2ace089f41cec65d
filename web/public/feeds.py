"""The notices that everybody may read, as RSS 2.0 and Atom (RFC 4287), for readers of news and the ward's own pages."""

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring

from starlette.requests import Request
from starlette.responses import Response

from core.publishing import PublicNotice
from core.records import Published
from core.text import clean
from web.bubbles import VIET_NAM
from web.public.notices import SHOWN, address, title_of
from web.public.published import published
from web.public.reading import Reading, reading_of
from web.public.responding import kept

ATOM = "http://www.w3.org/2005/Atom"
# Scripts of other pages may read them: all of it is public, and no cookie is looked at.
OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
NO_CHARACTER = dict.fromkeys((0xFFFE, 0xFFFF))  # in no XML; what else is not, `clean` takes out


async def show_rss(request: Request) -> Response:
    """GET /{locality}/tin/rss.xml."""
    reading = reading_of(request)
    found = (await published(reading.site.storage, reading.place.id))[:SHOWN]
    return _feed(request, rss(reading, found), "application/rss+xml", found)


async def show_atom(request: Request) -> Response:
    """GET /{locality}/tin/atom.xml."""
    reading = reading_of(request)
    found = (await published(reading.site.storage, reading.place.id))[:SHOWN]
    return _feed(request, atom(reading, found), "application/atom+xml", found)


def _feed(request: Request, root: Element, kind: str, found: Sequence[PublicNotice]) -> Response:
    content = tostring(root, encoding="utf-8", xml_declaration=True)
    changed = max((one.sent.at for one in found), default=None)
    # A stopped notice makes the newest older, or changes words and no date: the tag is what tells.
    return kept(request, content, f"{kind}; charset=utf-8", OPEN | ({"X-Robots-Tag": "noindex"}), changed=changed)


def identity(reading: Reading, sent: Published | None = None) -> UUID:
    """What a feed or an entry is known by for ever, also when the address of the house changes.

    Two houses that serve one place number their notices alike; the moment in it tells them apart.
    """
    about = f"{sent.id}:{sent.at.isoformat()}" if sent else "feed"
    return uuid5(NAMESPACE_URL, f"chungtay:{reading.place.id}:{about}:{reading.lang}")


def _said(reading: Reading, one: PublicNotice) -> tuple[str, str]:
    """Title and words of an entry."""
    text = _plain(one.sent.notice.said(reading.lang))
    told = [text, _plain(one.sent.notice.source)]
    if one.corrected_by is not None:
        told.insert(0, reading.words.text("public.notice.corrected"))
    return title_of(text), "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in told)


def _plain(text: str) -> str:
    return clean(text).translate(NO_CHARACTER)


def rss(reading: Reading, found: Sequence[PublicNotice]) -> Element:
    """RSS 2.0, with the feed's own address as its board of advisers asks for."""
    words = reading.words
    root = Element("rss", {"version": "2.0", "xmlns:atom": ATOM})
    channel = SubElement(root, "channel")
    _add(channel, "title", words.text("public.notices.title", place=reading.named))
    _add(channel, "link", reading.url("/tin"))
    _add(channel, "description", words.text("public.notices.lead", place=reading.named))
    _add(channel, "language", reading.lang)
    SubElement(
        channel, "atom:link", {"href": reading.url("/tin/rss.xml"), "rel": "self", "type": "application/rss+xml"}
    )
    for one in found:
        title, text = _said(reading, one)
        item = SubElement(channel, "item")
        _add(item, "title", title)
        _add(item, "link", reading.url(address(one.sent.id)))
        _add(item, "guid", identity(reading, one.sent).urn, isPermaLink="false")
        _add(item, "pubDate", format_datetime(one.sent.at.astimezone(VIET_NAM)))
        _add(item, "description", text)
    return root


def atom(reading: Reading, found: Sequence[PublicNotice]) -> Element:
    """Atom; a feed without a notice was last changed when its place's texts were checked."""
    words = reading.words
    root = Element("feed", {"xmlns": ATOM, "xml:lang": reading.lang})
    _add(root, "id", identity(reading).urn)
    _add(root, "title", words.text("public.notices.title", place=reading.named))
    checked = datetime.combine(reading.content.plan_checked(reading.place.id), datetime.min.time(), VIET_NAM)
    _add(root, "updated", _moment(max((one.sent.at for one in found), default=checked)))
    author = SubElement(root, "author")
    _add(author, "name", reading.site.offices.get(reading.place.id, reading.named))
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": reading.url("/tin/atom.xml")})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": reading.url("/tin")})
    for one in found:
        title, text = _said(reading, one)
        entry = SubElement(root, "entry")
        _add(entry, "id", identity(reading, one.sent).urn)
        _add(entry, "title", title)
        _add(entry, "published", _moment(one.sent.at))
        _add(entry, "updated", _moment(one.sent.at))
        link = reading.url(address(one.sent.id))
        SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": link})
        _add(entry, "content", text, type="html")
    return root


def _add(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = text


def _moment(at: datetime) -> str:
    """A moment as RFC 3339 writes it, by the clocks of Viet Nam."""
    return at.astimezone(VIET_NAM).isoformat(timespec="seconds")
