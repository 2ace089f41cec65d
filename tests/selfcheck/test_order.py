"""In whichever order the questions are answered, changed or gone back to, the household is the same in the end."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from content.loader import load_catalogue
from content.selfcheck.answers import UNKNOWN, household
from content.selfcheck.schema import Kind, Question
from content.selfcheck.steps import FULL, QUICK, changed, following, question_of, steps
from content.standards.schema import Area

QUESTIONS = load_catalogue().questionnaire()
assert QUESTIONS is not None
QUESTIONNAIRE = QUESTIONS


def an_answer(question: Question) -> st.SearchStrategy[Any]:
    known: st.SearchStrategy[Any]
    if question.kind is Kind.NUMBER:
        known = st.integers(question.least or 0, 4)
    elif question.kind is Kind.ONE:
        known = st.sampled_from([one.id for one in question.options])
    elif question.kind is Kind.SOME:
        ids = [one.id for one in question.options]
        known = st.lists(st.sampled_from(ids), unique=True).map(lambda chosen: sorted(chosen, key=ids.index))
    elif question.kind is Kind.AMOUNT:
        known = st.integers(0, 9_000_000).map(lambda dong: {"month": dong, "said": []})
    elif question.kind is Kind.FLOOR:
        known = st.integers(40_000, 900_000).map(lambda cm2: {"cm2": cm2, "said": []})
    else:
        return st.just("yes")
    return known | st.just(UNKNOWN)


@st.composite
def wanted(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A way, and what a person would answer to each of its steps."""
    way = draw(st.sampled_from([FULL, QUICK]))
    answers: dict[str, Any] = {}
    while (step := following(steps(QUESTIONNAIRE, way, answers, area_known=True), answers)) is not None:
        answers[step] = draw(an_answer(question_of(QUESTIONNAIRE, step)[0]))
    return way, answers


@given(wanted(), st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(final: tuple[str, dict[str, Any]], chance: Any) -> None:
    way, answers = final
    now: dict[str, Any] = {}
    for _ in range(3):  # some are answered early, some twice, some otherwise first
        step = chance.choice(sorted(answers))
        question, _ = question_of(QUESTIONNAIRE, step)
        now = changed(now, step, UNKNOWN if chance.random() < 0.3 and question.kind is not Kind.SUM else answers[step])
    for step in chance.sample(sorted(answers), len(answers)):
        now = changed(now, step, answers[step])
    # What hangs on a later answer is asked anew, and only that.
    while (again := following(steps(QUESTIONNAIRE, way, now, area_known=True), now)) is not None:
        now = changed(now, again, answers[again])
    assert household(QUESTIONNAIRE, now, Area.RURAL) == household(QUESTIONNAIRE, answers, Area.RURAL)
