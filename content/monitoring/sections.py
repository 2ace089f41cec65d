"""The sections of a report, in their order. A new one is a function more in SECTIONS."""

from collections.abc import Callable, Mapping

from content.formatting import capital, date_text, number_text
from content.monitoring.page import (
    MOST_BARS,
    Bar,
    Drawing,
    Grid,
    Line,
    Names,
    ReportPage,
    Section,
    channel_name,
    grid_of,
    hamlet_name,
    line_of,
)
from content.monitoring.results import targets, work
from content.monitoring.times import moment_text, period_text, span_text
from content.wording import Wording
from core.authenticity import notice_code
from core.caps import LOCAL
from core.cleaning import clean_text
from core.monitoring import Asked, Found
from core.periods import PeriodKind
from core.report import Fate, Told
from core.tally import EVERYWHERE, Cell
from core.text import fold

CHECKS = ""  # under which finished self-checks themselves are counted
DIMENSIONS = ("employment", "health", "education", "housing", "water-sanitation", "information")
SUMMED = (Fate.REACHED, Fate.DOUBT, Fate.FAILED, Fate.TAKEN_BACK, Fate.TO_GO, Fate.SKIPPED)

Maker = Callable[[Found, Wording, Names], Section]


def report_page(found: Found, words: Wording, names: Names) -> ReportPage:
    """The whole report in words."""
    wanted = found.wanted
    over = wanted.period.ends <= found.now
    several = words.text("monitoring.places", number=len(wanted.places))
    place = names.places.get(wanted.places[0], wanted.places[0]) if len(wanted.places) == 1 else several
    as_of = moment_text(words, found.now)
    return ReportPage(
        place=place,
        period=period_text(words, wanted.period),
        as_of=as_of,
        sections=tuple(make(found, words, names) for make in SECTIONS),
        notes=(
            (words.text("monitoring.note.counted", moment=as_of),)
            if over
            else (words.text("monitoring.note.not-over"), words.text("monitoring.note.as-of", moment=as_of))
        ),
        advice=words.text("monitoring.note.gone"),
        words=words,
    )


def people(found: Found, words: Wording, names: Names) -> Section:  # noqa: ARG001
    """Who is reached at all, and by what."""
    counts = found.people
    named = {kind: channel_name(words, kind) for kind in counts.channels}
    lines = [
        line_of(words, "people.known", counts.known),
        line_of(words, "people.new", counts.new, part=True),
        line_of(words, "people.agreed", counts.agreed, part=True),
        *(
            line_of(words, f"people.channel:{kind}", number, part=True, channel=named[kind])
            for kind, number in counts.channels.items()
        ),
    ]
    day = date_text(min(found.now.astimezone(LOCAL).date(), found.wanted.period.last), words.lang)
    title = words.text("monitoring.picture.channels", number=number_text(counts.known, words.lang), date=day)
    bars = [Bar(label=named[kind], number=number) for kind, number in counts.channels.items()]
    return Section(
        id="people",
        title=words.text("monitoring.section.people"),
        lines=tuple(lines),
        drawings=_bars("channels", title, bars),
        notes=(words.text("monitoring.note.people"),),
    )


def questions(found: Found, words: Wording, names: Names) -> Section:
    """What was asked, and how soon an officer answered."""
    lines = [line_of(words, f"questions.{one}", found.count(one), part=one is not Asked.ALL) for one in Asked]
    waits = found.waits()
    if waits is not None:
        lines += [_wait(words, name, minutes) for name, minutes in zip(("half", "longest"), waits, strict=True)]
    asked, answered = found.count(Asked.ALL), found.count(Asked.ANSWERED)
    when = _when(found, words)
    drawings = [
        Drawing(
            id="parts",
            title=words.text(
                "monitoring.picture.parts",
                asked=number_text(asked, words.lang),
                answered=number_text(answered, words.lang),
                period=when,
            ),
            bars=tuple(Bar(label=_part(found, words, at), number=one, second=two) for at, one, two in found.parts()),
            columns=True,
            key=(words.text("monitoring.asked"), words.text("monitoring.answered")),
            head=words.text("monitoring.when"),
        )
    ]
    topics = [(names.topics.get(topic, topic) or words.text("monitoring.no-topic"), n) for topic, n in found.topics()]
    if topics:
        most, number = topics[0]
        title = words.text("monitoring.picture.topics", topic=most, number=number_text(number, words.lang), period=when)
        drawings += _bars("topics", title, [Bar(label=name, number=n) for name, n in topics], words=words)
    grids = [_counts(words, "topics", {name: (n,) for name, n in topics}), *_where(found, words, names)]
    return Section(
        id="questions",
        title=words.text("monitoring.section.questions"),
        lines=tuple(lines),
        drawings=tuple(drawings) if asked else (),
        grids=tuple(one for one in grids if one.rows),
        notes=(words.text("monitoring.note.few"),) if len(found.wanted.places) == 1 and asked else (),
    )


def checks(found: Found, words: Wording, names: Names) -> Section:
    """Finished self-checks; nothing from which a small number could be worked out."""
    told, places = found.tallies(), found.wanted.places
    heads = [CHECKS, *DIMENSIONS, *sorted(told.dimensions - {CHECKS, *DIMENSIONS})]
    lines: list[Line] = []
    bars: list[Bar] = []
    named: dict[str, tuple[Cell, ...]] = {}
    if len(places) == 1:
        whole = {one: told.of(places[0], EVERYWHERE, one) for one in heads}
        lines = [_check(words, one, cell) for one, cell in whole.items()]
        bars = [Bar(label=_dimension(words, one), number=n) for one, n in whole.items() if one and isinstance(n, int)]
        for hamlet in _in_order(told.hamlets(places[0])):
            named[hamlet_name(words, hamlet)] = tuple(told.of(places[0], hamlet, one) for one in heads)
    else:
        for place in places:
            named[names.places.get(place, place)] = tuple(told.of(place, EVERYWHERE, one) for one in heads)
    first = words.text("monitoring.head.hamlet" if lines else "monitoring.head.place")
    grid = grid_of(words, "checks", named, (first, *(_dimension(words, one) for one in heads)))
    most = max(bars, key=lambda one: one.number, default=None)
    title = ""
    if most is not None:
        title = words.text("monitoring.picture.checks", dimension=most.label, period=_when(found, words))
    return Section(
        id="checks",
        title=words.text("monitoring.section.checks"),
        lines=tuple(lines),
        drawings=_bars("checks", title, bars),
        grids=(grid,) if grid.rows else (),
        notes=(words.text("monitoring.note.checks"),),
    )


def notices(found: Found, words: Wording, names: Names) -> Section:  # noqa: ARG001
    """Notices one by one, and those sums that give nobody away."""
    plain = [one for one in found.notices if not one.guarded]
    sums = {fate: sum(_number(one.fates[fate]) for one in plain) for fate in SUMMED}
    lines = [
        line_of(words, "notices.begun", len(found.notices)),
        *(line_of(words, f"notices.{fate}", number, part=True) for fate, number in sums.items()),
        line_of(words, "notices.stopped", sum(_number(one.stopped) for one in plain), part=True),
    ]
    left_out = {"guarded": len(found.notices) - len(plain), "elsewhere": found.elsewhere}
    total = sum(sums.values())
    title = words.text(
        "monitoring.picture.notices",
        reached=number_text(sums[Fate.REACHED], words.lang),
        total=number_text(total, words.lang),
        period=_when(found, words),
    )
    bars = [Bar(label=words.text(f"report.fate.{fate}"), number=number) for fate, number in sums.items()]
    return Section(
        id="notices",
        title=words.text("monitoring.section.notices"),
        lines=tuple(lines),
        drawings=_bars("notices", title, bars) if total else (),
        grids=(_one_by_one(found.notices, words),) if found.notices else (),
        notes=tuple(words.text(f"monitoring.note.{one}", number=number) for one, number in left_out.items() if number),
    )


# In the order of the page, the paper and the sheets.
SECTIONS: tuple[Maker, ...] = (people, notices, questions, checks, work, targets)


def _one_by_one(told: tuple[Told, ...], words: Wording) -> Grid:
    """Every notice with its counts; by code, for titles are told too."""
    columns = (Fate.REACHED, Fate.DOUBT, Fate.FAILED)
    heads = [words.text(f"monitoring.head.{one}") for one in ("notice", "begun", "total")]
    heads += [*(words.text(f"report.fate.{one}") for one in columns), words.text("monitoring.head.stopped")]
    rows: dict[str, tuple[Cell, ...]] = {}
    begun = []
    for one in told:
        title = " ".join(clean_text(one.campaign.notice.title).split())
        rows[f"{notice_code(one.campaign.id)} · {title}"] = (one.total, *(one.fates[c] for c in columns), one.stopped)
        at = (one.begun_at or one.campaign.created_at).astimezone(LOCAL).date()
        begun.append(date_text(at, words.lang))
    plain = grid_of(words, "notices", rows, ())
    return Grid(
        id=plain.id,
        title=plain.title,
        head=tuple(heads),
        rows=tuple((name, day, *cells) for (name, *cells), day in zip(plain.rows, begun, strict=True)),
        numbers=tuple((name, day, *cells) for (name, *cells), day in zip(plain.numbers, begun, strict=True)),
        notices=tuple(one.campaign.id for one in told),
        shares=(4, 2, 1, 1, 1, 1, 1),
    )


def _where(found: Found, words: Wording, names: Names) -> list[Grid]:
    if len(found.wanted.places) == 1:
        cells = found.by_hamlet()
        return [_counts(words, "hamlets", {hamlet_name(words, one): (cells[one],) for one in _in_order(set(cells))})]
    counted = found.by_place()
    rows: Mapping[str, tuple[Cell, ...]] = {
        names.places.get(place, place): (counted.get(place, 0),) for place in found.wanted.places
    }
    return [_counts(words, "places", rows)]


def _counts(words: Wording, id_: str, rows: Mapping[str, tuple[Cell, ...]]) -> Grid:
    first = {"topics": "topic", "hamlets": "hamlet", "places": "place"}[id_]
    return grid_of(words, id_, rows, (words.text(f"monitoring.head.{first}"), words.text("monitoring.head.questions")))


def _bars(id_: str, title: str, bars: list[Bar], *, words: Wording | None = None) -> tuple[Drawing, ...]:
    """The longest first; what is more than a picture holds stands together, where there are words for it."""
    ordered = sorted((one for one in bars if one.number), key=lambda one: -one.number)
    if words is not None and len(ordered) > MOST_BARS:
        rest = sum(one.number for one in ordered[MOST_BARS - 1 :])
        ordered = [*ordered[: MOST_BARS - 1], Bar(label=words.text("monitoring.others"), number=rest)]
    return (Drawing(id=id_, title=title, bars=tuple(ordered)),) if ordered else ()


def _wait(words: Wording, name: str, minutes: int) -> Line:
    return Line(
        id=f"questions.{name}",
        label=words.text(f"monitoring.questions.{name}"),
        value=None,
        told=span_text(words, minutes),
        rows=words.text("monitoring.rows.questions.wait"),
        part=True,
    )


def _check(words: Wording, dimension: str, cell: Cell) -> Line:
    if not dimension:
        return line_of(words, "checks.all", cell)
    return line_of(words, f"checks.lacking:{dimension}", cell, part=True, dimension=_dimension(words, dimension))


def _dimension(words: Wording, one: str) -> str:
    name = f"monitoring.dimension.{one}" if one else "monitoring.head.checks"
    return words.text(name) if words.has(name) else one


def _in_order(hamlets: set[str]) -> list[str]:
    """By name, "Thôn 2" before "Thôn 10", and last where it is not known: hamlets are not ranked."""

    def key(name: str) -> tuple[bool, list[tuple[int, str]]]:
        return not name, [(int(word), "") if word.isdecimal() else (0, word) for word in fold(name).split()]

    return sorted(hamlets, key=key)


def _when(found: Found, words: Wording) -> str:
    """The period in front of a finding."""
    return capital(period_text(words, found.wanted.period))


def _part(found: Found, words: Wording, at: int) -> str:
    period = found.wanted.period
    if period.kind is PeriodKind.MONTH:
        first, last = 7 * at + 1, min(7 * at + 7, period.last.day)
        return words.text("monitoring.part.days", first=first, last=last, month=period.number)
    return words.text("monitoring.part.month", month=period.first.month + at)


def _number(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0
