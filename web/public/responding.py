"""Public pages as responses that browsers and proxies may keep for a short while, and ask about by a tag."""

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from content.wording import LANGUAGES
from web import rendering
from web.public.reading import Reading, shortened

# A figure that ends at midnight and a notice that is stopped are gone from every copy within five minutes.
FRESH = "public, max-age=300"


def page(request: Request, reading: Reading, template: str, *, title: str, description: str, **values: Any) -> Response:
    """A page of a place."""
    text = rendering.html(
        f"public/{template}",
        reading.words,
        look=reading.look,
        reading=reading,
        name=title,
        description=shortened(description),
        canonical=reading.url(reading.rest),
        alternates=[(lang, reading.url(reading.rest, lang)) for lang in LANGUAGES],
        **values,
    )
    # How it looks, letter size and colours, comes from a cookie; nothing else does.
    return kept(request, text.encode(), "text/html; charset=utf-8", {"Vary": "Cookie"})


def kept(
    request: Request,
    content: bytes,
    media_type: str,
    headers: dict[str, str] | None = None,
    *,
    changed: datetime | None = None,
) -> Response:
    """A response with its tag; an empty 304 for whoever has it already."""
    # Weak: what leaves may be packed, which gives other bytes.
    tag = f'W/"{sha256(content).hexdigest()[:24]}"'
    told = {"ETag": tag, "Cache-Control": FRESH, **(headers or {})}
    if changed is not None:
        told["Last-Modified"] = format_datetime(changed.astimezone(UTC), usegmt=True)
    if _has_it(request, tag, changed):
        return Response(status_code=304, headers=told)
    return Response(content, media_type=media_type, headers=told)


def _has_it(request: Request, tag: str, changed: datetime | None) -> bool:
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or tag.removeprefix("W/") in (
            one.strip().removeprefix("W/") for one in tags.split(",")
        )
    since = _moment(request.headers.get("if-modified-since", ""))
    return changed is not None and since is not None and changed.replace(microsecond=0) <= since


def _moment(text: str) -> datetime | None:
    """A moment as HTTP writes it; None for anything else."""
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found
