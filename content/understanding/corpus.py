"""The corpus: what people say, written by us, and which label it leads to.

Files of a pack's folder `utterances`, in four forms: one topic ("topic:" and "utterances:"), several labels ("groups:",
each with "label:" and "utterances:"), two labels that are easily confused ("pairs:", each with "pair:" and
"utterances:", whose rows name their label), and messages that follow an answer ("followups:"). Every row says who is
speaking and in which situation, which keeps it true to life and lets a measurement hold whole situations back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from content.faults import Fault
from content.understanding.reading import DANGERS, NONE, TALKS
from content.yamlfile import FaultError, YamlFile, error_in, read_path
from core.text import fold

ACTIONS = (
    "selfcheck",
    "jobs",
    "training",
    "subscribe",
    "unsubscribe",
    "officer",
    "privacy",
    "menu",
    "donate",
    "status",
)
# Classes of their own: a lure, the wish for a promise; small talk by kind.
FRAUD, CAUTION = "fraud", "caution"
ALARMS = (*(f"danger:{kind}" for kind in DANGERS), FRAUD)
UNCLEAR = "unclear"  # says too little for anybody to tell what is meant
SMALLTALK = "smalltalk:"
SMALLTALKS = tuple(f"{SMALLTALK}{talk}" for talk in TALKS)
LABELS = frozenset(
    (
        NONE,
        *SMALLTALKS,
        FRAUD,
        CAUTION,
        UNCLEAR,
        *(f"action:{action}" for action in ACTIONS),
        *(f"danger:{kind}" for kind in DANGERS),
    )
)
STAYS = "stays"
LEARNED = "learnt from use: "  # begins the situation ("who") of a row that was learnt from use
_TOPIC = r"[a-z]+(-[a-z]+)*"
Manner = Literal[
    "standard", "no-diacritics", "typo", "teencode", "regional", "short", "story", "voice", "rude", "english"
]
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """One thing a person might write, the label it leads to, and who they are."""

    label: str
    text: str
    who: str
    also: tuple[str, ...] = ()  # labels that a second reader found as helpful
    beside: str | None = None  # the label it is easily confused with, where it was written to tell the two apart
    manner: str | None = None
    folded: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folded", fold(self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """The next message after an answer: it stays with that topic (`leads` is None), or leads to another label."""

    text: str
    who: str
    after: str | None = None  # None: after any topic
    leads: str | None = None
    manner: str | None = None
    folded: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folded", fold(self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """All utterances and follow-ups, in the order of their files."""

    utterances: tuple[Utterance, ...] = ()
    followups: tuple[FollowUp, ...] = ()


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Said(_Strict):
    text: str = Field(min_length=1, max_length=500)
    who: str = Field(min_length=1, max_length=80)
    manner: Manner | None = Field(None, alias="register")


class _Row(_Said):
    also: list[str] = Field(default_factory=list, max_length=3)


class _PairRow(_Row):
    label: str


class _Next(_Said):
    after: str | None = Field(None, pattern=f"^{_TOPIC}$")
    leads: str


class _Topic(_Strict):
    topic: str = Field(pattern=f"^{_TOPIC}$")
    utterances: list[_Row] = Field(min_length=1)


class _Group(_Strict):
    label: str
    utterances: list[_Row] = Field(min_length=1)


class _Groups(_Strict):
    groups: list[_Group] = Field(min_length=1)


class _Pair(_Strict):
    pair: list[str] = Field(min_length=2, max_length=2)
    utterances: list[_PairRow] = Field(min_length=1)


class _Pairs(_Strict):
    pairs: list[_Pair] = Field(min_length=1)


class _FollowUps(_Strict):
    followups: list[_Next] = Field(min_length=1)


_FORMS: dict[str, type[_Strict]] = {"groups": _Groups, "pairs": _Pairs, "followups": _FollowUps}


def utterance_files(folders: Iterable[Path]) -> list[Path]:
    """The corpus files of the folders of packs, in the order in which they are read.

    A file of a later folder takes the place of the same file of an earlier one.
    """
    return laid_over(folders, "*/utterances/*.yaml")


def laid_over(folders: Iterable[Path], pattern: str) -> list[Path]:
    """The files of several folders, each in the place of the file of the same name in an earlier folder."""
    files = {path.relative_to(folder).as_posix(): path for folder in folders for path in folder.glob(pattern)}
    return [path for _, path in sorted(files.items())]


def load_corpus(files: Iterable[Path], topics: Iterable[str] | None = None) -> Corpus:
    """All rows of the files.

    `topics`, where given, are the topics that exist. Raises ContentError with file, line and field of the first fault:
    a wrong key, an unknown label, a text that has no words or stands there twice.
    """
    reader = _Reader(frozenset(topics) if topics is not None else None)
    for path in files:
        reader.read(read_path(path))
    return reader.corpus()


def corpus_faults(files: Iterable[Path], topics: Iterable[str]) -> list[Fault]:
    """The first fault of each file that has one."""
    reader, found = _Reader(frozenset(topics)), []
    for path in files:
        try:
            reader.read(read_path(path))
        except FaultError as error:
            found.append(error.fault)
    return found


class _Reader:
    def __init__(self, topics: frozenset[str] | None) -> None:
        self.utterances: list[Utterance] = []
        self.followups: list[FollowUp] = []
        self._topics = topics
        self._seen: dict[tuple[str | None, str], str] = {}

    def corpus(self) -> Corpus:
        return Corpus(utterances=tuple(self.utterances), followups=tuple(self.followups))

    def read(self, file: YamlFile) -> None:
        form = next((key for key in _FORMS if isinstance(file.data, dict) and key in file.data), None)
        try:
            data: Any = (_FORMS[form] if form else _Topic).model_validate(file.data)
        except ValidationError as error:
            first = error.errors()[0]
            raise error_in(file, first["loc"], first["msg"].lower(), "each row needs text and who") from error
        match form:
            case "groups":
                for number, group in enumerate(data.groups):
                    self._label(file, ("groups", number, "label"), group.label)
                    self._rows(file, ("groups", number), group.utterances, label=group.label)
            case "pairs":
                for number, pair in enumerate(data.pairs):
                    self._pair(file, ("pairs", number), pair)
            case "followups":
                for number, row in enumerate(data.followups):
                    self._followup(file, ("followups", number), row)
            case _:
                self._label(file, ("topic",), data.topic)
                self._rows(file, (), data.utterances, label=data.topic)

    def _pair(self, file: YamlFile, place: Place, pair: _Pair) -> None:
        for number, label in enumerate(pair.pair):
            self._label(file, (*place, "pair", number), label)
        for number, row in enumerate(pair.utterances):
            where = (*place, "utterances", number)
            if row.label not in pair.pair:
                raise error_in(file, (*where, "label"), f'"{row.label}" is none of the pair', " or ".join(pair.pair))
            other = next(label for label in pair.pair if label != row.label)
            self._row(file, where, row, label=row.label, beside=other)

    def _rows(self, file: YamlFile, place: Place, rows: Sequence[_Row], *, label: str) -> None:
        for number, row in enumerate(rows):
            self._row(file, (*place, "utterances", number), row, label=label)

    def _row(self, file: YamlFile, place: Place, row: _Row, *, label: str, beside: str | None = None) -> None:
        for number, also in enumerate(row.also):
            self._label(file, (*place, "also", number), also)
        said = Utterance(
            label=label, text=row.text, who=row.who, also=tuple(row.also), beside=beside, manner=row.manner
        )
        self._words(file, (*place, "text"), None, said.folded)
        self.utterances.append(said)

    def _followup(self, file: YamlFile, place: Place, row: _Next) -> None:
        if row.after is not None:
            self._label(file, (*place, "after"), row.after)
        if row.leads != STAYS:
            self._label(file, (*place, "leads"), row.leads)
        leads = None if row.leads == STAYS else row.leads
        said = FollowUp(text=row.text, who=row.who, after=row.after, leads=leads, manner=row.manner)
        self._words(file, (*place, "text"), row.after or "", said.folded)
        self.followups.append(said)

    def _label(self, file: YamlFile, place: Place, label: str) -> None:
        if label in LABELS:
            return
        if ":" in label or (self._topics is not None and label not in self._topics):
            raise error_in(
                file, place, f'unknown label "{label}"', "use a topic or one of " + ", ".join(sorted(LABELS))
            )

    def _words(self, file: YamlFile, place: Place, after: str | None, key: str) -> None:
        if not key:
            raise error_in(file, place, "has no words", "write what a person says")
        if (after, key) in self._seen:
            raise error_in(file, place, f"the same words stand in {self._seen[after, key]}", "keep one of them")
        self._seen[after, key] = f"{file.name}:{file.line(place)}"
