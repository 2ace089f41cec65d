"""Supply, demand, wages and interest by groups of trades in a quarter: pictures, their table, and a spreadsheet."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from content.formatting import capital, date_text, number_text
from content.monitoring.page import Bar, Drawing, told
from content.monitoring.times import period_text
from core.errors import NotFoundError
from core.labour_market import ANY, TREND_LEAST, WAGE_LEAST, WAGES, LabourPicture, TradeLine, Trend
from core.officers import Right
from core.periods import FIRST_YEAR, Period, PeriodKind, period_of, read_period
from core.tally import LEAST
from core.work import Paid
from handlers import labour_market
from web.console.drawing import Drawn, drawn
from web.console.figures.targets import places, today
from web.console.lines import place_name
from web.console.visit import Visit
from web.workbook import Cell, download, workbook

PAGE = "/console/work/picture"
OFFERED = 6  # quarters to choose from
MOST_BARS = 6  # of a picture


# A page is not as wide as a sheet: its columns as some tables. What is paid by the hour stands by month in the sheet.
COLUMNS = {
    "demand": (0, 1, 2, 3, 4, 10),
    "people": (5, 6, 7, 8, 9),
    "people-months": (11, 12, 13),
    "wage-months": (14, 15, 16),
    "day-months": (17, 18, 19),
}
FOLDED = ("people-months", "wage-months", "day-months")
BY_MONTH = ("people", *(f"wage.{paid}" for paid in WAGES))  # each three columns of the sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Groups of trades with some of their figures."""

    id: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    folded: bool  # on a phone all of them would be a long way down


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address asks for."""

    place: str
    quarter: Period


def asked_for(visit: Visit) -> Asked | None:
    """Which place and quarter; None where this officer may read the totals of no place.

    Raises NotFoundError for a place that is not theirs.
    """
    query, mine = visit.request.query_params, [one for one, _ in places(visit, Right.READ_TOTALS)]
    if not mine:
        return None
    place = query.get("place", "")
    if place and place not in mine:
        raise NotFoundError("no such place", where=place)
    return Asked(place=place or mine[0], quarter=_quarter(visit, query.get("quarter", "")))


def _quarter(visit: Visit, typed: str) -> Period:
    """The quarter; the one that runs where none that has begun is meant."""
    current = period_of(visit.now, PeriodKind.QUARTER)
    try:
        period = read_period(typed)
    except ValueError:
        return current
    fits = period.kind is PeriodKind.QUARTER and period.begins <= visit.now and period.year > FIRST_YEAR
    return period if fits else current


async def show_picture(visit: Visit) -> Response:
    """GET /console/work/picture?place=&quarter=."""
    asked, words = asked_for(visit), visit.words
    if asked is None:
        return visit.page("picture.html", asked=None)
    found = await _found(visit, asked)
    quarters = [period_of(visit.now, PeriodKind.QUARTER)]
    while len(quarters) < OFFERED:
        quarters.append(quarters[-1].before)
    quarters += [] if asked.quarter in quarters else [asked.quarter]
    return visit.page(
        "picture.html",
        asked=asked,
        here=PAGE,
        sheet=f"{PAGE}/sheet?place={asked.place}&quarter={asked.quarter.key}",
        places=places(visit, Right.READ_TOTALS),
        quarters=[(one.key, period_text(words, one)) for one in quarters],
        place=place_name(visit, asked.place),
        period=period_text(words, asked.quarter),
        until=date_text(min(asked.quarter.last, today(visit)), words.lang),
        runs=asked.quarter.ends > visit.now,
        facts=_facts(visit, found),
        drawings=_drawings(visit, found, asked),
        tables=[_table(visit, found, asked.quarter, id_) for id_ in COLUMNS],
        notes=_notes(visit),
        empty=not found.lines,
    )


async def show_sheet(visit: Visit) -> Response:
    """GET /console/work/picture/sheet?place=&quarter=: the table, with numbers that can be added up."""
    asked, words = asked_for(visit), visit.words
    if asked is None:
        raise NotFoundError("no place of theirs")
    found = await _found(visit, asked)
    rows: list[tuple[Cell, ...]] = [(capital(_name(visit, one)), *_numbers(visit, one)) for one in found.lines]
    total: list[Cell] = [words.text("console.picture.total"), *found.seats, sum(found.seats), found.offers]
    people = [_plain(visit, cell) for cell in (found.seekers, found.interest)]
    blank = [None] * (len(WAGES) + 1)
    rows.append((*total, *people, *blank, *(_plain(visit, cell) for cell in found.seekers_in)))
    rows += [(note,) for note in _notes(visit)]
    until = date_text(min(asked.quarter.last, today(visit)), words.lang)
    rows.append((words.text("console.picture.until", day=until),))
    header = [words.text("console.picture.trade"), *_heads(visit, asked.quarter)]
    name = f"lao-dong-{asked.place}-{asked.quarter.key.lower()}"
    return download(name, workbook(words.text("console.nav.picture"), header, _squared(rows, len(header))))


def _squared(rows: Sequence[Sequence[Cell]], width: int) -> list[tuple[Cell, ...]]:
    """Every row as wide as the head."""
    return [(*row, *([None] * (width - len(row)))) for row in rows]


async def _found(visit: Visit, asked: Asked) -> LabourPicture:
    storage, content = visit.site.storage, visit.console.content
    officer, now = visit.officer.name, visit.now
    return await labour_market.picture(storage, content, asked.place, asked.quarter, officer=officer, now=now)


def _name(visit: Visit, one: TradeLine) -> str:
    words = visit.words
    if one.group == ANY:
        return words.text("console.picture.any")
    return visit.console.content.trades.title(one.group, words.lang)


def _heads(visit: Visit, quarter: Period) -> list[str]:
    """What stands above the columns: three months, the quarter, offers, people, interest, three wages, the trend.

    Then people and each kind of wage by month.
    """
    words, numbers = visit.words, [int(one[5:]) for one in quarter.months]
    months = [words.text("console.picture.month", number=one) for one in numbers]
    names = ("quarter", "offers", "seekers", "interest", *(f"wage.{paid}" for paid in WAGES), "trend")
    later = [words.text(f"console.picture.in-month.{name}", number=one) for name in BY_MONTH for one in numbers]
    return [*months, *(words.text(f"console.picture.{name}") for name in names), *later]


def _table(visit: Visit, found: LabourPicture, quarter: Period, id_: str) -> Table:
    words, heads, shown = visit.words, _heads(visit, quarter), COLUMNS[id_]
    rows = []
    for one in found.lines:
        cells = [number_text(cell, words.lang) if isinstance(cell, int) else cell for cell in _numbers(visit, one)]
        rows.append((capital(_name(visit, one)), tuple(cells[at] for at in shown)))
    title = words.text(f"console.picture.table.{id_}", period=period_text(words, quarter))
    return Table(id=id_, title=title, heads=tuple(heads[at] for at in shown), rows=tuple(rows), folded=id_ in FOLDED)


def _numbers(visit: Visit, one: TradeLine) -> list[int | str]:
    """The figures of a group; what is not told is a word."""
    words = visit.words
    found: list[int | str] = [*one.seats, one.total, one.offers]
    found += [_plain(visit, cell) for cell in (one.seekers, one.interest)]
    few = words.text("console.picture.few-offers")
    found += [one.wages.get(paid, few) for paid in WAGES]
    found += [_trend(visit, one.trend), *(_plain(visit, cell) for cell in one.seekers_in)]
    return [*found, *(each.get(paid, few) for paid in WAGES for each in one.wages_in)]


def _plain(visit: Visit, cell: int | str | None) -> int | str:
    return cell if isinstance(cell, int) else told(visit.words, cell)


def _trend(visit: Visit, trend: Trend | None) -> str:
    words = visit.words
    if trend is None:
        return words.text("console.picture.no-trend")
    change = trend.now - trend.before
    name = "same" if not change else "more" if change > 0 else "less"
    return words.text(f"console.picture.{name}", number=number_text(abs(change), words.lang))


def _facts(visit: Visit, found: LabourPicture) -> list[tuple[str, str]]:
    """What stands on top."""
    words, lang = visit.words, visit.words.lang
    values = {
        "quarter": number_text(sum(found.seats), lang),
        "offers": number_text(found.offers, lang),
        "looking": told(words, found.looking),
        "seekers": told(words, found.seekers),
        "interest": told(words, found.interest),
        "trend": _trend(visit, found.trend),
    }
    return [(words.text(f"console.picture.{name}"), value) for name, value in values.items()]


def _drawings(visit: Visit, found: LabourPicture, asked: Asked) -> list[Drawn]:
    """Demand, supply and wages; a picture of nothing is left out, and what is not told is in none."""
    named = {capital(_name(visit, one)): one for one in found.lines}
    pictures = {
        "demand": {name: one.total for name, one in named.items() if one.total},
        "supply": {name: one.seekers for name, one in named.items() if isinstance(one.seekers, int) and one.seekers},
        "wages": {name: one.wages[Paid.MONTH] for name, one in named.items() if Paid.MONTH in one.wages},
    }
    period = period_text(visit.words, asked.quarter)
    drawings = [_drawing(visit, id_, figures, period) for id_, figures in pictures.items() if figures]
    return [*drawings, *_by_month(visit, found, asked.quarter)]


def _by_month(visit: Visit, found: LabourPicture, quarter: Period) -> list[Drawn]:
    """Seats beside people, month by month, as far as the quarter has come and the people may be told."""
    words = visit.words
    begun = [at for at, one in enumerate(quarter.months) if read_period(one).begins <= visit.now]
    people = [found.seekers_in[at] for at in begun]
    if not all(isinstance(cell, int) for cell in people) or not any((*people, *found.seats)):
        return []
    bars = tuple(
        Bar(label=quarter.months[at][5:].lstrip("0"), number=found.seats[at], second=int(people[at] or 0))
        for at in begun
    )
    key = (words.text("console.picture.key.seats"), words.text("console.picture.key.people"))
    newest = bars[-1]
    seats, looking = (number_text(one, words.lang) for one in (newest.number, newest.second or 0))
    title = words.text("console.picture.title.months", number=newest.label, seats=seats, people=looking)
    head = words.text("console.picture.key.month")
    return [drawn(Drawing(id="months", title=title, bars=bars, columns=True, key=key, head=head), words.lang)]


def _drawing(visit: Visit, id_: str, figures: dict[str, int], period: str) -> Drawn:
    order = sorted(figures.items(), key=lambda one: (-one[1], one[0]))[:MOST_BARS]
    number = number_text(order[0][1], visit.words.lang)
    title = visit.words.text(f"console.picture.title.{id_}", trade=order[0][0], number=number, period=period)
    bars = tuple(Bar(label=name, number=value) for name, value in order)
    return drawn(Drawing(id=id_, title=title, bars=bars), visit.words.lang)


def _notes(visit: Visit) -> list[str]:
    """How far it holds."""
    words = visit.words
    numbers = {"trend": TREND_LEAST, "wage": WAGE_LEAST, "least": LEAST}
    return [words.text(f"console.picture.note.{name}", **numbers) for name in ("seats", "people", "wages", "trend")]
