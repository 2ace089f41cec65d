"""What is trained on: every row of the corpus with the columns it speaks for, and those it says nothing of."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from content.understanding.corpus import ACTIONS, ALARMS, FRAUD, SMALLTALKS, UNCLEAR, Corpus, FollowUp, Utterance
from content.understanding.features import read
from content.understanding.model import GOES_ON, INSIDE, SMALLTALK
from content.understanding.reading import NONE, is_topic
from core.text import fold

_ALARMING = frozenset({"emergency-relief"})  # may well tell of danger: nothing is learnt from it about that
_BROAD = 12  # rows: who says more than this in other matters is a kind of text, not one person


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One text. `yes` are the columns it belongs to; of columns neither in `yes` nor in `no` it says nothing."""

    text: str
    folded: str
    typed: str
    yes: frozenset[str]
    no: frozenset[str]
    label: str | None  # what it leads to by itself; None for what makes sense only after a turn before it
    accepted: frozenset[str]  # labels that would help
    situation: str  # rows of one situation are never on both sides of a measurement
    manner: str
    after: str | None = None  # the topic of the turn before, of a follow-up
    card: bool = False  # a text of our own cards: trained on, never measured


def rows_of(corpus: Corpus, cards: Mapping[str, Sequence[str]], topics: Sequence[str]) -> tuple[list[Row], list[str]]:
    """The rows, and the columns in their order.

    Wishes for a promise are not trained on: rules find them, and what else they are about varies. So it does with
    dangers and lures, which have columns of their own and say nothing of the labels.
    """
    labels = frozenset((*topics, *(f"action:{action}" for action in ACTIONS), NONE, SMALLTALK, UNCLEAR))
    told = [one for one in corpus.utterances if plain(one.label) in labels]
    alarms = [one for one in corpus.utterances if one.label in ALARMS]
    broad = Counter(one.who for one in told if one.label == NONE)
    rows = [_said(one, labels, broad) for one in told]
    rows += [_alarm(one) for one in alarms]
    rows += [_after(one, number, labels, topics) for number, one in enumerate(corpus.followups)]
    rows += [_card(label, text, labels) for label in sorted(cards) for text in cards[label]]
    return rows, [*sorted(labels), *SMALLTALKS, *ALARMS, INSIDE, GOES_ON]


def plain(label: str) -> str:
    """The column of a label: all small talk is one."""
    return SMALLTALK if label in SMALLTALKS else label


def _said(one: Utterance, labels: frozenset[str], broad: Counter[str]) -> Row:
    label = plain(one.label)
    accepted = frozenset((label, *one.also)) & labels
    inside = frozenset({INSIDE}) if _known(label) else frozenset[str]()
    doubtful = inside if NONE in accepted and _known(label) else frozenset[str]()  # the second reader would decline
    kind = frozenset({one.label}) if label == SMALLTALK else frozenset[str]()
    other_kinds = frozenset(SMALLTALKS) - kind if kind else frozenset[str]()  # told apart among small talk only
    calm = frozenset[str]() if _ALARMING & accepted else frozenset(ALARMS)
    folded, typed = read(one.text)
    alone = label == SMALLTALK or (label == NONE and broad[one.who] > _BROAD)
    return Row(
        text=one.text,
        folded=folded,
        typed=typed,
        yes=(accepted | inside | kind) - doubtful,
        no=(labels | {INSIDE, GOES_ON} | other_kinds | calm) - accepted - inside - doubtful,
        label=label,
        accepted=accepted,
        situation=one.text if alone else one.who,
        manner=one.manner or "",
    )


def _alarm(one: Utterance) -> Row:
    """Somebody in danger, or a lure: of the other kinds, and of what else it is about, it says nothing."""
    folded, typed = read(one.text)
    return Row(
        text=one.text,
        folded=folded,
        typed=typed,
        yes=frozenset({one.label}),
        no=frozenset({NONE, GOES_ON, FRAUD if one.label != FRAUD else GOES_ON}),
        label=one.label,
        accepted=frozenset({one.label}),
        situation=one.who,
        manner=one.manner or "",
    )


def _after(one: FollowUp, number: int, labels: frozenset[str], topics: Sequence[str]) -> Row:
    """A follow-up: whether it goes on, and where it leads when it leads away."""
    folded, typed = read(one.text)
    after = one.after or topics[number * 7 % len(topics)]
    accepted = frozenset({one.leads or after}) & labels
    leads = accepted if one.leads else frozenset[str]()
    inside = frozenset({INSIDE}) if one.leads != NONE else frozenset[str]()
    return Row(
        text=one.text,
        folded=folded,
        typed=typed,
        yes=leads | (inside if one.leads else frozenset()) | (frozenset() if one.leads else {GOES_ON}),
        no=(labels | {INSIDE, GOES_ON}) - leads - inside if one.leads else frozenset(),
        label=None,
        accepted=accepted,
        situation=one.who if one.manner else one.text,
        manner=one.manner or "",
        after=after,
    )


def _card(label: str, text: str, labels: frozenset[str]) -> Row:
    folded, typed = read(text)
    return Row(
        text=text,
        folded=folded,
        typed=typed,
        yes=frozenset({label, INSIDE}),
        no=labels - {label},
        label=label,
        accepted=frozenset({label}),
        situation=fold(text),
        manner="card",
        card=True,
    )


def _known(label: str) -> bool:
    return label.startswith("action:") or (is_topic(label) and label not in (SMALLTALK, UNCLEAR))
