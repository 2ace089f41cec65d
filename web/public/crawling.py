"""What search engines ask first: where they may go, and which pages there are."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, tostring

from starlette.requests import Request
from starlette.responses import Response

from content.event_words import page_path
from web.public.notices import SHOWN, address
from web.public.published import published
from web.public.responding import kept
from web.site import Site

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
# Talks, files behind links, officers and other machines; the chat itself may be found, not each way into it.
NOT_FOR_SEARCH = ("/console", "/files/", "/hooks/", "/inbox/", "/messages", "/stream", "/health", "/?", "/*/phieu")


async def show_robots(request: Request) -> Response:
    """GET /robots.txt. Where everything is made up nothing shall be found."""
    site: Site = request.app.state.site
    closed = ("/",) if site.demo else NOT_FOR_SEARCH
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    if not site.demo:
        lines += ["", f"Sitemap: {_root(site)}/sitemap.xml"]
    return kept(request, ("\n".join(lines) + "\n").encode(), "text/plain; charset=utf-8")


async def show_sitemap(request: Request) -> Response:
    """GET /sitemap.xml: the pages of every place; two questions to storage for each place."""
    site: Site = request.app.state.site
    root = Element("urlset", {"xmlns": SITEMAP})
    for place in site.content.localities:
        for path in _standing(site, place):
            _entry(root, f"{_root(site)}{path}")
        for one in (await published(site.storage, place))[:SHOWN]:
            _entry(root, f"{_root(site)}/{place}{address(one.sent.id)}", one.sent.at.isoformat(timespec="seconds"))
        async with site.storage.read() as uow:
            coming = await uow.events.coming(place, site.clock.now(), SHOWN)
        for fair in coming:
            _entry(root, f"{_root(site)}{page_path(fair)}", fair.changed_at.isoformat(timespec="seconds"))
    return kept(request, tostring(root, encoding="utf-8", xml_declaration=True), "application/xml; charset=utf-8")


def _standing(site: Site, place: str) -> Iterator[str]:
    """The pages of a place that are always there."""
    yield f"/{place}"
    yield f"/{place}/chu-de"
    yield from (f"/{place}/chu-de/{topic.address}" for topic in site.content.topics.values())
    yield f"/{place}/tin"
    yield f"/{place}/tuyen-dung"
    yield f"/{place}/ngay-hoi"


def _entry(root: Element, url: str, changed: str | None = None) -> None:
    entry = SubElement(root, "url")
    SubElement(entry, "loc").text = url
    if changed:
        SubElement(entry, "lastmod").text = changed


def _root(site: Site) -> str:
    return site.public_url.rstrip("/")
