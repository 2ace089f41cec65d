"""What a reading of a message is: the guesses, and what is to be done with them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

NONE = "none"  # the label of a message that is outside what can be answered
AT_MOST = 4  # guesses in one reading


class Decision(StrEnum):
    """What to do with a message. The order here is the order in which they are looked for, dangers first."""

    DANGER = "danger"  # hotline and officer at once; labels: the kinds, of `DANGERS`
    # the warning; labels: first "paid" when money or a secret is already given away, then the topic, if any
    FRAUD = "fraud"
    CAUTION = "caution"  # a verdict or promise is asked for or claimed; labels: the topic, if any
    SEVERAL = "several"  # answer each; labels: two or three topics
    ACTION = "action"  # do it; labels: one action
    ANSWER = "answer"  # labels: one topic
    CHOOSE = "choose"  # ask which; labels: two or three topics or actions
    SMALLTALK = "smalltalk"  # nothing is asked; labels: one of `TALKS`
    OUT_OF_SCOPE = "out_of_scope"  # something else than we know; labels: the nearest topics, if any
    # not understood; labels: the nearest topics, if any. None for a bare number, a picture, one or two letters
    UNKNOWN = "unknown"


DANGERS = ("violence", "suicide", "medical", "hunger", "disaster")  # in the order in which they are told
PAID = "paid"
# What small talk is: "opening" asks whether it may ask ("cho hỏi chút", "có ai không"), "again" did not understand and
# wants it said more simply, "angry" is rude and asks nothing. "thanks" is also "I see", "bye" also "no more".
TALKS = ("greeting", "thanks", "bye", "opening", "again", "angry")


class Guess(NamedTuple):
    """A label and how near the message is to it: 0 (nothing in common) and up, comparable within one build only."""

    label: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One message, understood as far as it goes.

    `ranked` holds at most four guesses, best first: topic ids, "action:..." or "none". "none" comes first when the
    message is declined. It is never empty.
    """

    ranked: tuple[Guess, ...]
    decision: Decision
    labels: tuple[str, ...] = ()
    sure: float = 0.0  # log odds that it is in scope; 0 is the cut. Dangers are always in scope
    felt: float | None = None  # of a danger that no rule found: how far above the cut it sounds like one; 0 is the cut

    @property
    def best(self) -> str:
        """The first label."""
        return self.ranked[0].label


class Understanding(Protocol):
    """Reads what people write."""

    def read(self, text: str, *, after: str | None = None) -> Reading:
        """Read one message of any length; `after` is the topic of the turn before it. Never raises."""


def is_topic(label: str) -> bool:
    """Whether a label is a topic id, not an action and none of the classes of their own."""
    return label != NONE and ":" not in label
