"""A question's state as a sign, a word and a colour (voice O7); and what is told of its times."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from content.wording import Wording
from core.questions import Question, QuestionState
from web.bubbles import VIET_NAM, time_text

SOON = timedelta(hours=24)  # before it is due


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How a state looks and reads."""

    sign: str
    kind: str  # of the style: plain, busy, good, warning, danger
    word: str


MARKS = {
    "new": ("○", "plain"),
    "held": ("◐", "busy"),
    "answered": ("●", "good"),
    "due": ("▲", "warning"),
    "overdue": ("■", "danger"),
    "closed": ("✓", "good"),
    "withdrawn": ("–", "plain"),
}


def mark_of(question: Question, *, held: bool, now: datetime, words: Wording) -> Mark:
    """The one state that matters most now: being late goes before being held."""
    return mark(state_of(question, held=held, now=now), words)


def mark(state: str, words: Wording) -> Mark:
    """The mark of a state by its name."""
    sign, kind = MARKS[state]
    return Mark(sign=sign, kind=kind, word=words.text(f"console.state.{state}"))


def state_of(question: Question, *, held: bool, now: datetime) -> str:
    """The name of that state."""
    if question.state is not QuestionState.OPEN:
        return question.state.value
    if question.due_at < now:
        return "overdue"
    if question.due_at - now <= SOON:
        return "due"
    return "held" if held else "new"


def due_text(question: Question, *, now: datetime, words: Wording) -> str:
    """By when an answer is owed: with the hour where it is urgent, or today."""
    return time_text(question.due_at, now=now, words=words)


def local_day(moment: datetime) -> str:
    """The day of a moment for machines."""
    return moment.astimezone(VIET_NAM).date().isoformat()
