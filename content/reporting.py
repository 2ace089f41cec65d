"""The report of a campaign in words: what stands on the page, in the sheets and in the picture, said once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from content.formatting import date_text, number_text
from content.wording import Wording
from core.authenticity import notice_code
from core.caps import LOCAL
from core.cleaning import clean_text
from core.report import STOPS, Fate, Figure, Home, HomeLine, Told
from core.tally import FEW, WITHHELD

FIRST_WORDS = 180  # characters of the notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure with its name."""

    label: str
    figure: Figure
    told: str  # the figure as it is written
    part: bool = False  # of the line above


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyLine:
    """How many rows, what became of them, and why."""

    fate: str
    why: str
    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeTable:
    """Hamlets, with the figures that may be told of them side by side."""

    short: tuple[str, ...]  # heads of the columns, the first that of the hamlets
    full: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Figure, ...]], ...]
    whys: tuple[tuple[Figure, ...], ...]  # more columns of the same rows: by reason
    why_heads: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """A report as people read it. Texts have no line ends and nothing unseen."""

    code: str
    year: int
    heading: tuple[tuple[str, str], ...]  # label, value
    fates: tuple[Line, ...]  # of the ledger, the whole of it last
    gone: Line
    whys: tuple[WhyLine, ...]
    after: tuple[Line, ...]
    homes: HomeTable
    notes: tuple[str, ...]
    as_of: str
    words: Wording

    def figure(self, figure: Figure) -> str:
        """A figure as it is written in the language of the page."""
        return written(self.words, figure)


def written(words: Wording, figure: Figure) -> str:
    """A figure as it is written, with what stands for those that are not told.

    >>> from content.wording import wording
    >>> [written(wording("vi"), one) for one in (1240, FEW, WITHHELD, None)]
    ['1.240', 'dưới 5', 'từ 5 trở lên', 'không nói']
    """
    if isinstance(figure, int):
        return number_text(figure, words.lang)
    return words.text({FEW: "report.few", WITHHELD: "report.many", None: "report.withheld"}[figure])


def page_of(told: Told, words: Wording, *, place: Callable[[str], str], now: datetime) -> ReportPage:
    """The report in words; `place` names a locality by its code."""

    def line(label: str, figure: Figure, *, part: bool = False) -> Line:
        return Line(label=label, figure=figure, told=written(words, figure), part=part)

    fates = [line(words.text(f"report.fate.{fate}"), figure) for fate, figure in told.fates.items()]
    whys = [
        WhyLine(
            fate=words.text(f"report.fate.{fate}"),
            why=words.text(f"report.why.{why}"),
            line=line(
                words.text(
                    "report.of_fate", fate=words.text(f"report.fate.{fate}"), why=words.text(f"report.why.{why}")
                ),
                figure,
            ),
        )
        for (fate, why), figure in told.whys.items()
    ]
    started = told.begun_at or told.campaign.created_at
    return ReportPage(
        code=notice_code(told.campaign.id),
        year=started.astimezone(LOCAL).year,
        heading=_heading(told, words, now),
        fates=(*fates, line(words.text("report.total"), told.total)),
        gone=line(words.text("report.gone"), told.gone),
        whys=tuple(whys),
        after=_after(told, words, line),
        homes=_homes(told, words, place),
        notes=tuple(words.text(f"report.{note}") for note in ("guarded", "expired") if getattr(told, note)),
        as_of=_moment(words, now),
        words=words,
    )


def _heading(told: Told, words: Wording, now: datetime) -> tuple[tuple[str, str], ...]:
    one = told.campaign
    approved = words.text("report.nobody")
    if one.approved_by is not None:
        approved = words.text("report.by", name=one.approved_by, moment=_moment(words, told.approved_at))
    pairs = {
        "code": notice_code(one.id),
        "title": one.notice.title,
        "source": one.notice.source,
        "state": words.text(f"report.state.{one.state}"),
        "written": one.created_by,
        "approved": approved,
        "begun": _moment(words, told.begun_at),
        "finished": _moment(words, one.finished_at),
        "as_of": _moment(words, now),
        "text": _first(one.notice.said(words.lang)),
    }
    return tuple((words.text(f"report.{name}"), _plain(value)) for name, value in pairs.items())


def _after(told: Told, words: Wording, line: Callable[..., Line]) -> tuple[Line, ...]:
    stops = [line(words.text(f"report.stop.{one}"), told.stops[one], part=True) for one in STOPS if told.stops]
    answers = [
        line(words.text("report.answer", word=_plain(word)) if word else words.text("report.answer_other"), figure)
        for word, figure in told.answers.items()
    ]
    return (
        line(words.text("report.stopped"), told.stopped),
        *stops,
        line(words.text("report.questions"), told.questions),
        line(words.text("report.answered"), told.answered),
        *(Line(label=one.label, figure=one.figure, told=one.told, part=True) for one in answers),
    )


def _homes(told: Told, words: Wording, place: Callable[[str], str]) -> HomeTable:
    several = len({one.home.locality for one in told.homes if one.home.locality}) > 1

    def name(home: Home) -> str:
        hamlet = _plain(home.hamlet) or words.text("report.home_unknown")
        if not several or not home.locality:
            return hamlet
        return words.text("report.home_in", hamlet=hamlet, place=place(home.locality))

    fates = [one.value for one in Fate]
    columns = ["total"] if told.guarded else [*fates, "total", "stopped", "questions", "answers"]
    full = {"answers": "answered"} | {fate.value: f"fate.{fate}" for fate in Fate}
    whys = () if told.guarded else tuple(told.whys)
    return HomeTable(
        short=(words.text("report.home"), *(words.text(f"report.short.{one}") for one in columns)),
        full=(words.text("report.home"), *(words.text(f"report.{full.get(one, one)}") for one in columns)),
        rows=tuple((name(one.home), tuple(_cell(one, column) for column in columns)) for one in told.homes),
        whys=tuple(tuple(one.whys.get(why, 0) for why in whys) for one in told.homes),
        why_heads=tuple(
            words.text("report.of_fate", fate=words.text(f"report.fate.{fate}"), why=words.text(f"report.why.{why}"))
            for fate, why in whys
        ),
    )


def _cell(one: HomeLine, column: str) -> Figure:
    rest = {"total": one.total, "stopped": one.stopped, "questions": one.questions, "answers": one.answers}
    return one.fates[Fate(column)] if column not in rest else rest[column]


def _moment(words: Wording, at: datetime | None) -> str:
    if at is None:
        return words.text("report.not_yet")
    local = at.astimezone(LOCAL)
    date = date_text(local.date(), words.lang)
    return words.text("report.moment", hour=local.hour, minute=f"{local.minute:02}", date=date)


def _first(text: str) -> str:
    plain = _plain(text)
    return plain if len(plain) <= FIRST_WORDS else f"{plain[:FIRST_WORDS].rsplit(' ', 1)[0]} …"


def _plain(text: str) -> str:
    return " ".join(clean_text(text).split())
