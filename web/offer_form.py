"""The form of a vacancy or a course, for officers and for employers: its fields with label, hint and what is wrong."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from content.trades import Trades
from content.wording import Wording
from content.work import lawful
from content.work.form import ASKED, NAMES, TICKS
from core.work import LONGEST, OfferKind, Paid

# In the order of the form, part by part; a part or a field that is not for this kind is left out.
PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("what", ("title", "occupation", "employer", "licence", "contact")),
    ("where", ("place", "away", "lodging", "latitude", "longitude")),
    ("wage", ("paid", "wage_from", "wage_to", "hours")),
    ("course", ("level", "length", "opens", "support")),
    ("who", ("seats", "deadline", "age_from", "no_degree", "degree", "papers", "priority", "health", "basis")),
    ("more", ("note",)),
)
_ONLY = {
    OfferKind.VACANCY: {"paid", "wage_from", "wage_to", "hours", "health", "basis"},
    OfferKind.COURSE: {"level", "length", "opens", "support"},
}
OF_OFFICERS = frozenset({"latitude", "longitude"})  # not asked of employers
AREAS = ("note", "support", "papers", "priority")
HINTED: tuple[str, ...] = ("title", "licence", "contact", "place", "latitude", "wage_from", "deadline", "age_from")
HINTED += ("health", "basis", "seats", "opens", "priority", "note", "length")
PAY = "wage_from"  # needed where a sum is told at all
NUMBERS = ("seats", "latitude", "longitude")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field. `options` are groups of value and name; a group without a name is none."""

    name: str
    label: str
    shape: str = "text"  # text, area, select or tick
    hint: str = ""
    value: str = field(default="", repr=False)
    fault: str = ""
    options: Sequence[tuple[str, Sequence[tuple[str, str]]]] = ()
    most: int = LONGEST
    numeric: bool = False
    needed: str = ""  # said of what must be filled in

    @property
    def about(self) -> str:
        """The ids of what is said about it."""
        said = [f"{self.name}-{what}" for what, text in (("hint", self.hint), ("fault", self.fault)) if text]
        return " ".join(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Fields that belong together."""

    id: str
    title: str
    fields: tuple[Field, ...]


def blank(kind: OfferKind) -> dict[str, str]:
    """An empty form."""
    return {**dict.fromkeys(NAMES, ""), "paid": Paid.MONTH.value if kind is OfferKind.VACANCY else ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferForm:
    """What a form shows: what was typed, and what is wrong with it, as sentences by field."""

    words: Wording
    trades: Trades
    kind: OfferKind
    typed: Mapping[str, str] = field(repr=False)
    faults: Mapping[str, str] = field(default_factory=dict)
    leaving: Collection[str] = ()  # fields that are not asked
    asking: Collection[str] = ()  # needed here beside what every offer must say

    def parts(self) -> tuple[Part, ...]:
        """Its fields, part by part."""
        others = {name for other, names in _ONLY.items() if other is not self.kind for name in names}
        out = others.union(self.leaving)
        made = []
        for part, names in PARTS:
            fields = tuple(self._field(one) for one in names if one not in out)
            if fields:
                made.append(Part(id=part, title=self.words.text(f"offer.part.{part}"), fields=fields))
        return tuple(made)

    def _field(self, name: str) -> Field:
        words, of_kind = self.words, f"offer.field.{name}.{self.kind.value}"
        options = _options(words, self.trades, name)
        shape = "select" if options else "tick" if name in TICKS else "area" if name in AREAS else "text"
        return Field(
            name=name,
            label=words.text(of_kind if words.has(of_kind) else f"offer.field.{name}"),
            shape=shape,
            hint=words.text(f"offer.hint.{name}") if name in HINTED else "",
            value=self.typed.get(name, ""),
            fault=self.faults.get(name, ""),
            options=options,
            numeric=name in NUMBERS,
            needed=self._needed(name),
        )

    def _needed(self, name: str) -> str:
        if name in ASKED or name in self.asking:
            return self.words.text("offer.must")
        return self.words.text("offer.must.wage") if name == PAY else ""


def _options(words: Wording, trades: Trades, name: str) -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    if name == "occupation":
        groups = [
            (one.title.get(words.lang), [(each.id, each.title.get(words.lang)) for each in one.occupations])
            for one in trades.groups.values()
        ]
        return [("", [("", words.text("offer.choose"))]), *groups]
    if name == "paid":
        return [("", [(one.value, words.text(f"offer.paid.{one.value}")) for one in Paid])]
    if name == "age_from":
        ages = [(str(age), words.text("offer.age", age=age)) for age in lawful.AGES]
        return [("", [("", words.text("offer.no-age")), *ages])]
    return ()


def fault_texts(words: Wording, faults: Mapping[str, str]) -> dict[str, str]:
    """What is wrong, as sentences: of this field, else of any."""
    said = {}
    for name, fault in faults.items():
        own = f"offer.fault.{name}.{fault}"
        said[name] = words.text(own if words.has(own) else f"offer.fault.{fault}", most=LONGEST)
    return {name: said[name] for name in NAMES if name in said}
