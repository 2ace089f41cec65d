"""What `selfcheck/questions.yaml` of a pack says: the questions of the self-check, such as a person can answer."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from content.record import Id, Record, Text, Words
from content.standards.schema import IndicatorId


class Kind(StrEnum):
    """How a question is answered."""

    NUMBER = "number"  # a whole number
    ONE = "one"  # one of two or three options, each a button
    SOME = "some"  # any of the numbered options, or none of them
    AMOUNT = "amount"  # money a month
    FLOOR = "floor"  # square metres, or length and width in metres or steps
    SUM = "sum"  # whether the sum of the amounts is right


class Fact(StrEnum):
    """Something that is so or not in a household; `deriving.py` makes indicators of them."""

    NO_JOB = "no_job"
    NO_CONTRACT = "no_contract"
    UNTRAINED = "untrained"
    MANY_DEPENDENTS = "many_dependents"  # asked outright in the quick check
    OUT_OF_SCHOOL = "out_of_school"
    MALNOURISHED = "malnourished"
    UNINSURED = "uninsured"
    WEAK_WALL = "weak_wall"
    WEAK_FRAME = "weak_frame"
    WEAK_ROOF = "weak_roof"
    MAKESHIFT = "makeshift"  # two of the three parts, asked outright
    CROWDED = "crowded"  # asked outright
    CLEAN_WATER = "clean_water"
    CLEAN_TOILET = "clean_toilet"
    ONLINE = "online"
    DEVICE = "device"


class Option(Record):
    """One way to answer."""

    id: Id
    label: Text | None = None  # on a button: 2 to 20 characters
    text: Text | None = None  # in a numbered list
    says: dict[Fact, bool] = Field(default_factory=dict)
    words: tuple[Words, ...] = ()  # what people say instead
    perhaps: tuple[Words, ...] = ()  # said alone these likely mean it, and are read back: "có", asked who has no card
    unless: tuple[Words, ...] = ()  # with any of these the answer is another, and is asked again

    def shown(self, lang: str) -> str:
        """How the option reads."""
        text = self.label or self.text
        assert text is not None, "checked by the question"  # noqa: S101
        return text.get(lang)


class Unclear(Record):
    """Words that fit several options, and what is asked back: a well is covered or open."""

    words: Annotated[tuple[Words, ...], Field(min_length=1)]
    ask: Text


class Question(Record):
    """One question of the self-check."""

    id: Id
    kind: Kind
    name: Text  # in two or three words, where answers are listed
    ask: Text
    why: Text
    told: Text | None = None  # how a number reads in a list of answers: "{value} người"
    when: Id | None = None  # asked only where this number is more than 0 or not known
    each: Id | None = None  # asked once for every option chosen there
    asks: dict[Id, Text] = Field(default_factory=dict)  # with `each`: the words for each of these options
    none: Text | None = None  # of a list: the button that nothing of it is so
    none_words: tuple[Words, ...] = ()  # said alone: nothing of the list; read back
    all_words: tuple[Words, ...] = ()  # said alone: all of the list; read back
    options: tuple[Option, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    counts: dict[Words, int] = Field(default_factory=dict)  # words that are a number: "vợ chồng" are 2
    least: int | None = None
    most: int | None = None  # of a number: beyond it, it is asked again
    usual: int | None = None  # beyond it, it is read back and confirmed

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        chosen = self.kind in (Kind.ONE, Kind.SOME)
        if chosen and len(self.options) < 2:
            raise ValueError(f'kind "{self.kind}" needs at least two options')
        if self.kind is Kind.ONE and any(one.label is None for one in self.options):
            raise ValueError('options of kind "one" are buttons: each needs a "label"')
        if self.kind is Kind.ONE and len(self.options) > 3:
            raise ValueError("beside the other buttons three options fit on a screen")
        if self.kind is Kind.SOME and (self.none is None or any(one.text is None for one in self.options)):
            raise ValueError('kind "some" is a list: each option needs a "text", and the question a "none"')
        if self.kind is Kind.NUMBER and None in (self.least, self.most, self.usual):
            raise ValueError('a number needs "least", "most" and "usual"')
        return self

    def option(self, id_: str) -> Option | None:
        """An option by its id."""
        return next((one for one in self.options if one.id == id_), None)


class Questionnaire(Record):
    """The questions, and the two ways through them."""

    full: Annotated[tuple[Id, ...], Field(min_length=1)]
    quick: Annotated[tuple[Id, ...], Field(min_length=1)]
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    proofs: dict[Annotated[IndicatorId, StringConstraints(min_length=1)], Text]  # which paper or person shows it

    def question(self, id_: str) -> Question:
        """A question by its id. Raises KeyError."""
        for one in self.questions:
            if one.id == id_:
                return one
        raise KeyError(id_)

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        ids = [one.id for one in self.questions]
        twice = next((id_ for id_ in ids if ids.count(id_) > 1), None)
        if twice:
            raise ValueError(f'question "{twice}" stands there twice')
        for named in self._named():
            if named not in ids:
                raise ValueError(f'no question "{named}"')
        unasked = next((id_ for id_ in ids if id_ not in (*self.full, *self.quick)), None)
        if unasked:
            raise ValueError(f'question "{unasked}" stands in neither "full" nor "quick"')
        for one in self.questions:
            if one.each and {option.id for option in self.question(one.each).options} != set(one.asks):
                raise ValueError(f'question "{one.id}" needs words in "asks" for every option of "{one.each}"')
        return self

    def _named(self) -> Iterator[str]:
        yield from (*self.full, *self.quick)
        for one in self.questions:
            yield from (name for name in (one.when, one.each) if name)
