"""Somebody reads a public page: of which place, in which language, on which day; and what that page is called."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from starlette.requests import Request

from content.catalogue import Catalogue
from content.formatting import date_text
from content.locality import Locality
from content.wording import LANGUAGES, Wording, wording
from web.bubbles import VIET_NAM
from web.site import Site
from web.visitor import Look, look_of

LONGEST_DESCRIPTION = 300  # characters: more is cut by whoever shows it


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One look at a page of one place. Nothing in it is about the reader but how the page shall look."""

    site: Site
    place: Locality
    lang: str  # by the address alone: two languages are two addresses
    look: Look
    now: datetime
    rest: str = ""  # what follows the place in the address: "/chu-de/hoc-nghe"

    @property
    def content(self) -> Catalogue:
        """What is true."""
        return self.site.content

    @cached_property
    def words(self) -> Wording:
        """The sentences of the language."""
        return wording(self.lang)

    @property
    def today(self) -> date:
        """The day where people live."""
        return self.now.astimezone(VIET_NAM).date()

    def day(self, moment: datetime) -> str:
        """The day of a moment where people live, as they write it."""
        return date_text(moment.astimezone(VIET_NAM).date(), self.lang)

    @property
    def named(self) -> str:
        """The place as it is chosen by: "phường Đăk Cấm"."""
        return self.place.place.get(self.lang)

    def link(self, rest: str = "") -> str:
        """A page of this place, in the language that is read."""
        return in_language(f"/{self.place.id}{rest}", self.lang)

    def chat(self, topic: str | None = None) -> str:
        """The chat, with the place known; with a topic, its question offered as a button."""
        asked = f"&ask={topic}" if topic else ""
        told = f"&lang={self.lang}" if self.lang != LANGUAGES[0] else ""
        return f"/?at={self.place.id}{asked}{told}"

    def url(self, rest: str, lang: str | None = None) -> str:
        """The same with the whole address, for those who are elsewhere."""
        return self.site.public_url.rstrip("/") + in_language(f"/{self.place.id}{rest}", lang or self.lang)


def in_language(path: str, lang: str) -> str:
    """An address in a language; the first language needs no telling.

    >>> in_language("/dak-cam", "vi"), in_language("/dak-cam", "en")
    ('/dak-cam', '/dak-cam?lang=en')
    """
    return path if lang == LANGUAGES[0] else f"{path}?lang={lang}"


def reading_of(request: Request) -> Reading:
    """Who reads what; the route has seen that the place is here."""
    site: Site = request.app.state.site
    name = request.path_params["locality"]
    lang = request.query_params.get("lang", "")
    return Reading(
        site=site,
        place=site.content.localities[name],
        lang=lang if lang in LANGUAGES else LANGUAGES[0],
        look=look_of(request),
        now=site.clock.now(),
        rest=request.url.path.removeprefix(f"/{name}"),
    )


def shortened(text: str, longest: int = LONGEST_DESCRIPTION) -> str:
    """A text on one line, cut between words.

    >>> shortened("Phường mở lớp may\\n cho bà con.", 12)
    'Phường mở …'
    """
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rsplit(' ', 1)[0].rstrip('.,;:')} …"
