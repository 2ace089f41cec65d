"""The rates of poor and near-poor households of a place, year by year: entered by one officer, published by another."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from starlette.responses import Response

from content.figure_doubts import rate_doubts, year_doubts
from content.locality import Locality
from content.targets import RATE_UNITS, rate_year, short_text
from core.errors import StaleError
from core.officers import Right
from core.progress import RATES, NewReported, Reported, Standing
from handlers import reported
from handlers.reported import Acting, day_fault, document_fault, number_fault, read_day, read_number
from web.bubbles import time_text
from web.console.access import access_place
from web.console.days import with_days
from web.console.figures.target import EntryLine, Trouble, doubted, entry_line, fault_text, seen_of, sure_of
from web.console.figures.targets import PAGE, today
from web.console.kept import Typed, forget, kept
from web.console.visit import Visit

RATES_PAGE = f"{PAGE}/{{place}}/rates"
NUMBERS = {name: name.replace("-", "_") for name in RATE_UNITS}  # the field of each
TYPED = ("year", *NUMBERS.values(), "document", "document_day")
FIRST_YEAR = 2015
SHOWN = 60  # entries, of all years together


async def show_rates(visit: Visit) -> Response:
    """GET /console/targets/{place}/rates."""
    place = await access_place(visit, visit.request.path_params["place"], Right.READ_TOTALS)
    return await rates_page(visit, place, typed=await kept(visit, _page(place)))


def _page(place: Locality) -> str:
    return RATES_PAGE.format(place=place.id)


async def rates_page(
    visit: Visit,
    place: Locality,
    *,
    typed: Typed,
    trouble: Trouble | None = None,
    doubts: Sequence[str] = (),
) -> Response:
    """Every year with what was published, and the form for the next one."""
    words = visit.words
    async with visit.site.storage.read() as uow:
        entries = await uow.progress.rates(place.id, SHOWN)
    published: dict[int, Reported] = {}
    for one in sorted(entries, key=lambda each: each.nth):
        year = rate_year(one)
        if year is not None and one.standing is Standing.APPROVED:
            published[year] = one
    return visit.page(
        "rates.html",
        status=trouble.status if trouble else 200,
        href=_page(place),
        back=f"{PAGE}?at={place.id}",
        place=place.place.get(words.lang),
        years=[_year_line(visit, year, published[year]) for year in sorted(published, reverse=True)],
        lines=[(rate_year(one), entry_line(visit, one, _told(visit, one))) for one in entries],
        seen=max([one.id for one in entries], default=0),
        may_enter=visit.officer.may(Right.WRITE_FIGURES, localities=[place.id]),
        numbers=list(NUMBERS.items()),
        typed=typed,
        typed_at=time_text(typed.at, now=visit.now, words=words) if typed.at else "",
        trouble=trouble,
        doubts=doubts,
        sure=sure_of([typed.get(field) for field in ("year", *NUMBERS.values())]),
    )


def _year_line(visit: Visit, year: int, one: Reported) -> tuple[int, list[str], EntryLine]:
    cells = [short_text(one.numbers[name], unit, visit.words) for name, unit in RATE_UNITS.items()]
    return year, cells, entry_line(visit, one, "")


def _told(visit: Visit, one: Reported) -> str:
    """The four figures of an entry in one line."""
    told = {NUMBERS[name]: short_text(one.numbers[name], unit, visit.words) for name, unit in RATE_UNITS.items()}
    return visit.words.text("console.rates.told", **told)


async def post_enter(visit: Visit) -> Response:
    """POST …/rates/enter: a year's rates with the document that publishes them."""
    place = await access_place(visit, visit.request.path_params["place"], Right.WRITE_FIGURES)
    fields = {name: visit.form.get(name) for name in TYPED}
    wrong = with_days(visit, {name: fault_text(visit, fault) for name, fault in _faults(visit, fields).items()}, fields)
    typed = Typed(fields=fields)
    if wrong:
        trouble = Trouble(text=visit.words.text("console.figure.wrong"), faults=wrong)
        return await rates_page(visit, place, typed=typed, trouble=trouble)
    year = int(fields["year"].strip())
    numbers = {name: value for name, field in NUMBERS.items() if (value := read_number(fields[field])) is not None}
    doubts = await _doubts(visit, place, year, numbers)
    if doubts and visit.form.get("sure") != sure_of([fields[field] for field in ("year", *NUMBERS.values())]):
        return await rates_page(visit, place, typed=typed, trouble=doubted(visit), doubts=doubts)
    new = NewReported(
        locality=place.id,
        subject=f"{RATES}{year}",
        numbers=numbers,
        as_of=date(year, 12, 31),
        document=fields["document"].strip(),
        document_day=read_day(fields["document_day"]),
    )
    acting = Acting(officer=visit.officer.name, now=visit.now, once=visit.once)
    try:
        await reported.enter(visit.site.storage, new, acting, seen=seen_of(visit))
    except StaleError:
        trouble = Trouble(text=visit.words.text("console.figure.stale"), status=409)
        return await rates_page(visit, place, typed=typed, trouble=trouble, doubts=doubts)
    await forget(visit, _page(place))
    return visit.go(_page(place), done="figure-entered")


async def _doubts(visit: Visit, place: Locality, year: int, numbers: Mapping[str, Decimal]) -> list[str]:
    """What looks wrong, in sentences: the writer looks again."""
    async with visit.site.storage.read() as uow:
        published = await uow.progress.published(place.id)
    found = rate_doubts(numbers, visit.words, place=place.place.get(visit.words.lang))
    return [*found, *year_doubts(year, numbers, published, visit.words)]


def _faults(visit: Visit, fields: Mapping[str, str]) -> dict[str, str]:
    """What is wrong, by field, each as the end of its sentence's name."""
    faults = {"year": _year_fault(fields["year"], today(visit).year)}
    for name, field in NUMBERS.items():
        faults[field] = number_fault(fields[field], RATE_UNITS[name])
    for one in ("poor", "near_poor"):
        households, rate = read_number(fields[f"{one}_households"]), read_number(fields[f"{one}_rate"])
        both = households is not None and rate is not None and not faults[f"{one}_rate"]
        if both and bool(households) is not bool(rate):
            faults[f"{one}_rate"] = "zero"
    found = {name: f"value.{fault}" for name, fault in faults.items() if fault}
    if faults["year"]:
        found["year"] = f"year.{faults['year']}"
    if fault := document_fault(fields["document"]):
        found["document"] = f"document.{fault}"
    if fault := day_fault(fields["document_day"], visit.now):
        found["document_day"] = f"document-day.{fault}"
    return found


def _year_fault(typed: str, this_year: int) -> str:
    text = typed.strip()
    if not text:
        return "empty"
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        return "year"
    return "future" if int(text) > this_year else "old" if int(text) < FIRST_YEAR else ""
