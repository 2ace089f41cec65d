"""What a poster says that leads people of a place to the chat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from content.catalogue import Catalogue
from content.formatting import capital, date_text
from content.locality import Hamlet, Locality
from content.offices import telephone
from content.wording import Wording, wording
from core.errors import ContentError
from core.papers import Poster, PosterCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way into the chat that can stand on a poster."""

    channel: str  # web, telegram or zalo
    link: str
    knows_place: bool = True  # whether who comes this way is taken for somebody of the place
    search_name: str = ""  # under which it is found in the channel itself


def poster_of(
    content: Catalogue, locality: str, hamlet: Hamlet | None, ways: Sequence[Way], *, on: date, lang: str = "vi"
) -> Poster:
    """The poster of a hamlet, or of the whole place.

    Raises NotFoundError on an unknown locality, and ContentError on one that ended without anybody in its place.
    """
    place, words = content.locality(locality), wording(lang)
    if place.valid_to is not None and on > place.valid_to and place.successor is None:
        raise ContentError(
            f"ended on {place.valid_to.isoformat()}: no office would stand behind the poster",
            where=locality,
            mend="say in its locality.yaml which ward or commune took its place (successor)",
        )
    printed = words.text("poster.printed", date=date_text(on, lang))
    slogan = content.slogan(locality)
    first = [_to_write(way, place, hamlet, words) for way in ways]
    alike = len(set(first)) == 1  # then it is said once, and larger
    return Poster(
        office=capital(content.committee(locality=locality, on=on, lang=lang)),
        place=hamlet.name if hamlet else "",
        heading=tuple(words.text("poster.heading").splitlines()),
        main=tuple(words.text("poster.main").splitlines()),
        lines=(words.text("poster.what"), words.text("poster.who"), words.text("poster.scan")),
        codes=tuple(_code(way, () if alike else said, words) for way, said in zip(ways, first, strict=True)),
        after=first[0] if alike else (),
        hint=words.text("poster.hint"),
        phone=_phone(place, on, words),
        footer=(f"“{slogan.text}”", printed) if slogan else (printed,),
    )


def _to_write(way: Way, place: Locality, hamlet: Hamlet | None, words: Wording) -> tuple[str, ...]:
    """What to write first, where the chat cannot know it: the place, and then its hamlet, as they are understood."""
    said = [] if way.knows_place else [place.short.get(words.lang)]
    said += [hamlet.name] if hamlet else []
    return tuple(words.text(f"poster.write.{number}", text=text) for number, text in enumerate(said, 1))


def _code(way: Way, first: tuple[str, ...], words: Wording) -> PosterCode:
    search = (words.text("poster.search", name=way.search_name),) if way.search_name else ()
    return PosterCode(
        name=words.text(f"poster.channel.{way.channel}"),
        link=way.link,
        shown=way.link.removeprefix("https://").removeprefix("http://"),
        lines=(*search, *first),
    )


def _phone(place: Locality, on: date, words: Wording) -> tuple[str, str] | None:
    found = telephone(place, on, words)
    return (words.text("poster.phone", phone=found[0]), found[1]) if found else None
