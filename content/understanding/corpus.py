"""The corpus: what people say, written by us, and which label it leads to.

Two forms of file in a pack's folder `utterances`: one topic ("topic:" and "utterances:"), or several labels
("groups:", each with "label:" and "utterances:"). Every utterance says who is speaking, which keeps them true to life
and lets a measurement hold whole situations back.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from content.faults import field_name
from content.understanding.reading import DANGERS, NONE, TALKS
from content.yamlfile import YamlFile, read_yaml
from core.errors import ContentError
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
# How something is written or dictated.
REGISTERS = ("standard", "no-diacritics", "typo", "teencode", "regional", "short", "story", "voice", "rude")
# Classes of their own: a question that needs the turn before it, a lure, the wish for a promise; small talk by kind.
FOLLOWUP, FRAUD, CAUTION = "followup", "fraud", "caution"
SMALLTALK = "smalltalk:"
SMALLTALKS = tuple(f"{SMALLTALK}{talk}" for talk in TALKS)
LABELS = frozenset(
    (
        NONE,
        *SMALLTALKS,
        FOLLOWUP,
        FRAUD,
        CAUTION,
        *(f"action:{action}" for action in ACTIONS),
        *(f"danger:{kind}" for kind in DANGERS),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """One thing a person might write, the label it leads to, and who they are."""

    label: str
    text: str
    who: str
    folded: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folded", fold(self.text))


Corpus = tuple[Utterance, ...]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Said(_Strict):
    text: str = Field(min_length=1, max_length=500)
    who: str = Field(min_length=1, max_length=80)
    manner: str | None = Field(default=None, alias="register", pattern=f"^({'|'.join(REGISTERS)})$")


class _Topic(_Strict):
    topic: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    utterances: list[_Said] = Field(min_length=1)


class _Group(_Strict):
    label: str
    utterances: list[_Said] = Field(min_length=1)


class _Groups(_Strict):
    groups: list[_Group] = Field(min_length=1)


def load_corpus(folders: list[Path]) -> Corpus:
    """All utterances of the folders, in the order of their file names.

    Raises ContentError with file, line and field of the first fault: a wrong key, an unknown label, a text that has
    no words or stands there twice.
    """
    corpus: list[Utterance] = []
    seen: dict[str, str] = {}
    for path in sorted(path for folder in folders for path in folder.glob("*.yaml")):
        file = _read(path)
        for place, utterance in _utterances(file):
            key = utterance.folded
            if not key:
                raise _error(file, place, "has no words", "write what a person says")
            if key in seen:
                raise _error(file, place, f"the same words stand in {seen[key]}", "keep one of them")
            seen[key] = f"{file.name}:{file.line(place)}"
            corpus.append(utterance)
    return tuple(corpus)


def _read(path: Path) -> YamlFile:
    name = "/".join(path.parts[-3:])
    try:
        file = read_yaml(name, path.read_bytes())
    except OSError as error:
        raise ContentError(f"cannot be read: {error.strerror}", where=name) from error
    if file.faults:
        fault = file.faults[0]
        raise ContentError(fault.what, where=_where(fault.file, fault.line, fault.field), mend=fault.mend)
    return file


def _utterances(file: YamlFile) -> Iterator[tuple[tuple[str | int, ...], Utterance]]:
    for start, label, said in _labelled(file):
        for number, one in enumerate(said):
            yield (*start, number, "text"), Utterance(label=label, text=one.text, who=one.who)


def _labelled(file: YamlFile) -> Iterator[tuple[tuple[str | int, ...], str, list[_Said]]]:
    try:
        if isinstance(file.data, dict) and "groups" in file.data:
            for number, group in enumerate(_Groups.model_validate(file.data).groups):
                if group.label not in LABELS:
                    raise _error(file, ("groups", number, "label"), f'unknown label "{group.label}"', _known_labels())
                yield ("groups", number, "utterances"), group.label, group.utterances
        else:
            topic = _Topic.model_validate(file.data)
            yield ("utterances",), topic.topic, topic.utterances
    except ValidationError as error:
        first = error.errors()[0]
        raise _error(file, first["loc"], first["msg"], "each row needs text and who") from error


def _known_labels() -> str:
    return "use one of " + ", ".join(sorted(LABELS))


def _error(file: YamlFile, place: tuple[str | int, ...], what: str, mend: str) -> ContentError:
    return ContentError(what, where=_where(file.name, file.line(place), field_name(place)), mend=mend)


def _where(name: str, line: int, field: str) -> str:
    return f"{name}:{line}" + (f": {field}" if field else "")
