"""Which question comes next: those that no longer matter are left out."""

from collections.abc import Sequence

from content.selfcheck.answers import UNKNOWN, Answers
from content.selfcheck.schema import Kind, Question, Questionnaire

FULL, QUICK = "full", "quick"


def steps(questionnaire: Questionnaire, way: str, answers: Answers, *, area_known: bool) -> list[str]:
    """The steps of a way, as far as the answers so far tell. A question asked for each source is a step for each."""
    found: list[str] = []
    for id_ in questionnaire.quick if way == QUICK else questionnaire.full:
        question = questionnaire.question(id_)
        if id_ == "area" and area_known:
            continue
        if question.when and answers.get(question.when) == 0:
            continue
        if question.each:
            chosen = answers.get(question.each)
            found += [f"{id_}.{one}" for one in chosen] if isinstance(chosen, list) else []
        elif question.kind is not Kind.SUM or _summed(found, answers):
            found.append(id_)
    return found


def following(order: Sequence[str], answers: Answers) -> str | None:
    """The first step that has no answer yet; None when all have."""
    return next((step for step in order if step not in answers), None)


def question_of(questionnaire: Questionnaire, step: str) -> tuple[Question, str | None]:
    """The question of a step, and the option it is asked for. Raises KeyError."""
    id_, _, option = step.partition(".")
    return questionnaire.question(id_), option or None


def about_left(questionnaire: Questionnaire, way: str, answers: Answers, order: Sequence[str]) -> int:
    """About how many questions are left: sources not asked for yet count as two."""
    left = sum(step not in answers for step in order)
    unasked = way != QUICK and "sources" not in answers and any(one.each for one in questionnaire.questions)
    return left + 3 * unasked


def _summed(before: Sequence[str], answers: Answers) -> bool:
    """A sum is read back where there is one: an amount was told."""
    if answers.get("sources") == []:
        return True  # no money at all is asked once more, like any sum
    told = [answers.get(step) for step in before if step == "total" or step.startswith("amount.")]
    return UNKNOWN not in told and any(isinstance(one, dict) for one in told)


# What is asked anew where the answer before it changes: a sum; who is grown up; what is half of the people, or crowded.
_HANGING = {
    "children": ("kids",),
    "members": ("sum", "people", "home"),
    "sources": ("sum",),
    "total": ("sum",),
    "amount": ("sum",),
}


def changed(answers: Answers, step: str, value: object) -> dict[str, object]:
    """The answers with another one at a step, without what hangs on it: a new amount makes a new sum."""
    hanging = _HANGING.get(step.partition(".")[0], ()) if answers.get(step) != value else ()
    kept = {key: old for key, old in answers.items() if key not in hanging}
    return {**kept, step: value}
