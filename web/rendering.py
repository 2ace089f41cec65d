"""Templates and static files: read once, static files named by their content."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.background import BackgroundTask
from starlette.responses import HTMLResponse

from content.wording import Wording
from web.bell import urgent_tone
from web.visitor import Look

HERE = Path(__file__).parent
# Files that begin with others: colours and letters are written once, and fetched once.
# "public.css" is what public pages have beside "chat.css".
BEGIN_WITH = {"chat.css": "tokens.css", "console.css": "tokens.css"}
BELL = "urgent.wav"
MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A static file; its name changes with its content, so that a browser may keep it for ever."""

    name: str  # "chat.1f3a9c02b7d4.css"
    media_type: str
    content: bytes


@cache
def assets() -> dict[str, Asset]:
    """The static files by the names they have on disk."""
    found = (path for path in sorted((HERE / "static").iterdir()) if path.suffix in MEDIA_TYPES)
    written = {path.name: _asset(path) for path in found if path.name not in BEGIN_WITH.values()}
    return {**written, BELL: _named(BELL, "audio/wav", urgent_tone())}


def _asset(path: Path) -> Asset:
    first = BEGIN_WITH.get(path.name)
    content = (path.with_name(first).read_bytes() if first else b"") + path.read_bytes()
    return _named(path.name, MEDIA_TYPES[path.suffix], content)


def _named(name: str, media_type: str, content: bytes) -> Asset:
    stem, _, ending = name.rpartition(".")
    return Asset(name=f"{stem}.{sha256(content).hexdigest()[:12]}.{ending}", media_type=media_type, content=content)


def static_url(name: str) -> str:
    """Where the browser gets a static file."""
    return f"/static/{assets()[name].name}"


@cache
def environment() -> Environment:
    """The templates; a value that is missing is an error, not an empty place."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.globals["static_url"] = static_url
    return made


def html(template: str, words: Wording, **values: Any) -> str:
    """A template filled in; `t` in it is a sentence of the catalogue."""
    return environment().get_template(template).render(t=words.text, lang=words.lang, **values)


def page(
    template: str,
    words: Wording,
    *,
    status: int = 200,
    look: Look | None = None,
    background: BackgroundTask | None = None,
    **values: Any,
) -> HTMLResponse:
    """A whole page that no browser and no proxy keeps."""
    return HTMLResponse(
        html(template, words, look=look or Look(), **values),
        status_code=status,
        headers={"Cache-Control": "no-store"},
        background=background,
    )
