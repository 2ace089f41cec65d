"""What a report says, before anybody decides how it looks: sections of figures, tables and pictures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from content.catalogue import Catalogue
from content.formatting import capital, number_text
from content.reporting import written
from content.targets import Goal, goals_of
from content.wording import Wording
from core.cleaning import clean_text
from core.tally import AT_LEAST, Cell

# How the name of a hamlet begins, where it was kept without marks because the pack does not name it.
BEGINNINGS = {
    "to dan pho": "Tổ dân phố",
    "khu pho": "Khu phố",
    "thon": "Thôn",
    "to": "Tổ",
    "lang": "Làng",
    "ban": "Bản",
    "khu": "Khu",
    "ap": "Ấp",
    "xom": "Xóm",
    "buon": "Buôn",
    "khoi": "Khối",
}
MOST_BARS = 6  # of a picture; its table has all of them (voice 8.4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure with its name, and which rows it counts."""

    id: str  # "questions.overdue"
    label: str
    value: Cell  # a number, or how it is told
    told: str
    rows: str  # the rows that it counts, said for whoever checks
    part: bool = False  # of a line above

    @property
    def plain(self) -> int | str:
        """For a cell of a sheet: numbers stay numbers."""
        return self.value if isinstance(self.value, int) else self.told


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table: a name in front of each row, and its figures as they are told."""

    id: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[tuple[int | str, ...], ...]  # the same for a sheet
    notices: tuple[int, ...] = ()  # of each row the notice that it is about
    shares: tuple[int, ...] = ()  # how wide the columns are on paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A figure of a picture. The second one stands beside it."""

    label: str
    number: int
    second: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A picture: bars below each other, or pairs of columns side by side in the order of time."""

    id: str
    title: str  # the finding
    bars: tuple[Bar, ...]
    columns: bool = False
    key: tuple[str, str] = ("", "")  # what the first and the second column are
    head: str = ""  # what stands below the columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of a report."""

    id: str
    title: str
    lines: tuple[Line, ...] = ()
    drawings: tuple[Drawing, ...] = ()
    grids: tuple[Grid, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """A report on a place and a period."""

    place: str  # "phường Đăk Cấm"; several are counted
    period: str  # "tháng 11 năm 2026"
    as_of: str
    sections: tuple[Section, ...]
    notes: tuple[str, ...]  # how far it holds
    advice: str  # to whoever makes it, not to whoever gets it
    words: Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What ids are called, in the language of the page; an id that nothing calls anything is said itself."""

    places: Mapping[str, str]
    topics: Mapping[str, str]
    offices: Mapping[tuple[str, str], str] = field(default_factory=dict)  # by locality and office
    goals: Mapping[str, Sequence[Goal]] = field(default_factory=dict)  # of the local plan, by locality


def told(words: Wording, cell: Cell) -> str:
    """A figure as it is written.

    >>> from content.wording import wording
    >>> told(wording("vi"), 1240), told(wording("vi"), ">=13")
    ('1.240', 'từ 13 trở lên')
    """
    if isinstance(cell, str) and cell.startswith(AT_LEAST):
        return words.text("monitoring.at-least", number=number_text(int(cell.removeprefix(AT_LEAST)), words.lang))
    return written(words, cell)


def line_of(words: Wording, id_: str, cell: Cell, *, part: bool = False, **places: str) -> Line:
    """A line by its sentences: its label, and the rows that it counts."""
    kind = id_.partition(":")[0]
    return Line(
        id=id_,
        label=words.text(f"monitoring.{kind}", **places),
        value=cell,
        told=told(words, cell),
        rows=words.text(f"monitoring.rows.{kind}", **places),
        part=part,
    )


def grid_of(words: Wording, id_: str, rows: Mapping[str, tuple[Cell, ...]], heads: tuple[str, ...]) -> Grid:
    """A table of figures by name."""
    return Grid(
        id=id_,
        title=words.text(f"monitoring.table.{id_}"),
        head=heads,
        rows=tuple((name, *(told(words, cell) for cell in cells)) for name, cells in rows.items()),
        numbers=tuple(
            (name, *(cell if isinstance(cell, int) else told(words, cell) for cell in cells))
            for name, cells in rows.items()
        ),
    )


def channel_name(words: Wording, kind: str) -> str:
    """What a kind of channel is called."""
    name = f"console.kind.{kind}"
    return words.text(name) if words.has(name) else kind


def hamlet_name(words: Wording, name: str) -> str:
    """A hamlet as it is called; empty stands for one that is not known.

    >>> from content.wording import wording
    >>> [hamlet_name(wording("vi"), one) for one in ("to dan pho 3", "Thôn Kon Tu", "")]
    ['Tổ dân phố 3', 'Thôn Kon Tu', 'Chưa rõ thôn']
    """
    if not name:
        return words.text("monitoring.no-hamlet")
    plain = " ".join(clean_text(name).split())
    for begins, marked in BEGINNINGS.items():
        if plain == begins or plain.startswith(f"{begins} "):
            return marked + plain.removeprefix(begins)
    return capital(plain)


def names_of(content: Catalogue, lang: str) -> Names:
    """What the packs call their places, topics and offices."""
    places = content.localities.values()
    return Names(
        places={one.id: one.place.get(lang) for one in places},
        topics={id_: one.title.get(lang) for id_, one in content.topics.items()},
        offices={(one.id, office.id): office.name.get(lang) for one in places for office in one.offices},
        goals={one.id: goals_of(one, content.plans[one.id]) for one in places if one.id in content.plans},
    )
