"""A self-check as it stands: what was answered, what is asked now. It lives in the sealed notes and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from content.selfcheck.answers import Answers, Household, household
from content.selfcheck.schema import Questionnaire
from content.selfcheck.steps import FULL, changed, following, steps
from content.standards.schema import Area
from core.conversation import Notes, Turn
from handlers.context import Context

KEPT_FOR = timedelta(days=7)  # from its start, however often it is gone on with
ASK = "selfcheck.ask"  # the state in which a question waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One self-check of one person."""

    begun: datetime
    way: str = FULL
    answers: Answers = field(default_factory=dict)
    at: str | None = None  # the step that is asked now
    doubt: Any = None  # an answer that was read and waits to be confirmed
    shown: int = 0  # answers that were read back so far
    counted: bool = False  # in the unnamed tally
    form: Mapping[str, Any] = field(default_factory=dict)  # fields of the request for review

    def with_answer(self, step: str, value: Any) -> "Check":
        """The same check with an answer at a step."""
        return replace(self, answers=changed(self.answers, step, value), doubt=None)

    def asking(self, step: str) -> "Check":
        """The same check, with a step to be asked anew; what was answered stays until then."""
        return replace(self, at=step, doubt=None)

    def without(self, step: str) -> "Check":
        """The same check as if a step had no answer."""
        kept = {key: value for key, value in self.answers.items() if key != step}
        return replace(self, answers=kept, at=step, doubt=None)


def of(ctx: Context) -> Check | None:
    """The check that the person has begun; None where there is none, or its time is over."""
    notes = ctx.person.conversation.notes
    if notes is None or notes.until <= ctx.now or "begun" not in notes.data:
        return None
    data = dict(notes.data)
    return Check(**{**data, "begun": datetime.fromisoformat(data["begun"])})


def keep(turn: Turn, check: Check) -> Turn:
    """The turn, keeping the check as it is now; what the person typed for it goes nowhere else."""
    names = ("way", "answers", "at", "doubt", "shown", "counted", "form")
    data = {"begun": check.begun.isoformat(), **{name: getattr(check, name) for name in names}}
    return turn.noting(Notes(data=data, until=check.begun + KEPT_FOR)).in_private()


def private(turn: Turn) -> Turn:
    """The turn with replies that hold what the person told."""
    return replace(turn, replies=tuple(replace(one, private=True) for one in turn.replies))


def questions(ctx: Context) -> Questionnaire:
    """The questions where the person lives. Raises LookupError where no pack holds any."""
    found = ctx.content.questionnaire(locality=ctx.place_id)
    if found is None:
        raise LookupError("no pack holds selfcheck/questions.yaml")
    return found


def place_area(ctx: Context) -> Area | None:
    """The area that the place alone decides; None where it has both, or is not known."""
    area = ctx.locality.area if ctx.locality else "both"
    return None if area == "both" else Area(area)


def order(ctx: Context, check: Check) -> list[str]:
    """The steps of this check, as far as its answers tell."""
    return steps(questions(ctx), check.way, check.answers, area_known=place_area(ctx) is not None)


def next_step(ctx: Context, check: Check) -> str | None:
    """What is asked next; None when everything was answered."""
    return following(order(ctx, check), check.answers)


def home_of(ctx: Context, check: Check) -> Household:
    """The household that the answers describe."""
    return household(questions(ctx), check.answers, place_area(ctx))
