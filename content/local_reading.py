"""What an officer typed about a place, read: every fault is found at once, and named by its field."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from pydantic import TypeAdapter, ValidationError

from content.hamlets import degrees, subject_of
from content.local import FIELDS
from content.locality import LANDLINE, Locality, Phone
from core.local_content import Fields, Kind, Place
from core.private import private
from core.text import clean, fold

# Characters of a field: an address fits the line of a card, an answer a bubble and a half.
MOST: Mapping[str, int] = {
    **dict.fromkeys(("name_vi", "name_en"), 100),
    **dict.fromkeys(("address_vi", "address_en", "hours_vi", "hours_en", "question", "document"), 120),
    **dict.fromkeys(("answer_vi", "answer_en"), 500),
    **dict.fromkeys(("article", "phone"), 60),
    **dict.fromkeys(("dated", "until"), 10),
    "office": 80,
    **dict.fromkeys(("hamlet", "latitude", "longitude"), 60),
}
NEEDED: Mapping[Kind, tuple[str, ...]] = {
    Kind.OFFICE: ("name_vi", "document", "article", "dated"),
    Kind.ANSWER: ("question", "answer_vi", "document", "article", "dated"),
}
DAYS = ("dated", "until")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{2})-(\d{2})")
_PHONE = TypeAdapter[str](Phone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """What is wrong with a field."""

    at: str  # the field; empty: the whole
    kind: str  # empty, long, phone, landline, day, later, over, office, private, same, hamlet, degrees, outside
    number: int = 0  # with `long`: how many characters too many


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the fields mean, as far as nothing is wrong."""

    fields: Fields = field(default_factory=dict, repr=False)
    wrong: tuple[Wrong, ...] = ()


def read(kind: Kind, typed: Mapping[str, str], *, place: Locality, before: Fields, today: date) -> Reading:
    """What was typed into the form of an office or an answer; `before` is what is told now.

    >>> day("5/1/2027"), day("2027-01-05"), day("32/1/2027")
    (datetime.date(2027, 1, 5), datetime.date(2027, 1, 5), None)
    """
    cleaned = {name: _clean(name, typed.get(name, "")) for name in FIELDS[kind]}
    wrong = list(_wrong(kind, cleaned, place, today))
    fields = {name: _plain(name, text) for name, text in cleaned.items() if text}
    if not wrong and fields == dict(before):
        wrong = [Wrong(at="", kind="same")]
    return Reading(fields=fields, wrong=tuple(wrong))


def read_hamlet(about: Place, typed: Mapping[str, str], *, place: Locality, before: Fields) -> Reading:
    """What was typed into the form of a hamlet's place on the map; `before` is what is told now.

    Its name may be written otherwise, as long as it is the same hamlet's; the pack's own name stays.
    """
    known = place.hamlet(about.subject)
    name = known.name if known else " ".join(clean(typed.get("hamlet", "")).split())
    where = degrees(*(clean(typed.get(one, "")) for one in ("latitude", "longitude")))
    wrong = [Wrong(at="hamlet", kind="hamlet")] if subject_of(place, name) != about.subject else []
    wrong += [Wrong(at=at, kind=kind) for at, kind in where.wrong.items()]
    if wrong or where.position is None:
        return Reading(wrong=tuple(wrong))
    north, east = where.position
    fields = {"hamlet": name, "latitude": str(north), "longitude": str(east)}
    return Reading(fields=fields, wrong=(Wrong(at="", kind="same"),) if fields == dict(before) else ())


def day(text: str) -> date | None:
    """A day as officers type it, 05/01/2027, or as machines do, 2027-01-05; None where it is none."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    parts = (found[3], found[2], found[1]) if found[3] else (found[4], found[5], found[6])
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


def _clean(name: str, text: str) -> str:
    text = clean(text)
    if name == "phone":
        return re.sub(r"[ .\-()]", "", text)
    return text if name.startswith("answer") else " ".join(text.split())


def _plain(name: str, text: str) -> str:
    found = day(text) if name in DAYS else None
    return found.isoformat() if found else text


def _wrong(kind: Kind, fields: Fields, place: Locality, today: date) -> Iterator[Wrong]:
    for name, text in fields.items():
        if not text:
            if name in NEEDED[kind]:
                yield Wrong(at=name, kind="empty")
        elif len(text) > MOST[name]:
            yield Wrong(at=name, kind="long", number=len(text) - MOST[name])
        elif what := _unfit(name, text, place, today):
            yield Wrong(at=name, kind=what)


def _unfit(name: str, text: str, place: Locality, today: date) -> str:
    """What is wrong with a field that is filled in and not too long; empty where nothing is."""
    if name in DAYS:
        return _wrong_day(name, text, today)
    if name == "phone":
        try:
            _PHONE.validate_python(text)
        except ValidationError:
            return "landline" if LANDLINE.fullmatch(text) else "phone"
    elif name == "office":
        return "" if any(one.id == text for one in place.offices) else "office"
    elif name == "question" and private(text):
        return "private"
    elif not fold(text):
        return "empty"
    return ""


def _wrong_day(name: str, text: str, today: date) -> str:
    found = day(text)
    if found is None or not 1945 <= found.year <= today.year + 20:
        return "day"
    if name == "dated":
        return "later" if found > today else ""
    return "over" if found < today else ""
