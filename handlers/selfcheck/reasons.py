"""Why: for each of the indicators what was answered, when it counts as lacking, and which paper shows it."""

import re
from collections.abc import Mapping, Sequence

from content.certainty import Certainty, of_claim
from content.selfcheck.answers import UNKNOWN
from content.selfcheck.deriving import FACTS, dependents, indicators
from content.selfcheck.numbers import numbers
from content.selfcheck.outcome import TOLD_BY, Outcome
from content.selfcheck.schema import Kind
from content.selfcheck.steps import question_of
from content.standards.schema import Indicator
from core.conversation import Turn
from core.messages import QuickReply
from handlers.context import Context, join
from handlers.routing import Router
from handlers.selfcheck import check as checks
from handlers.selfcheck import moving, result, supports, telling
from handlers.selfcheck.check import Check

router = Router("selfcheck.reasons")

LIST = "selfcheck.reasons"
LONGEST_NUMBER = 20  # characters of "cái số 8 đó em"
SHORT = 6  # blanks between the words of a question that can only be about the result
_TWO = re.compile(r"\b(?:hai|2) (?:muc|chuan|ket qua)\b|\btwo\b")
_WHY = re.compile(r"\b(?:vi sao|tai sao|sao (?:lai|the|vay|rua)|why)\b")
_WHAT = re.compile(r"\b(?:duoc gi|giup gi|ho tro gi|duoc huong gi|duoc nhung gi|co gi khong|what help)\b")


def why(ctx: Context) -> Turn | None:
    """ "Vì sao": of the question that waits, or of the result."""
    check = checks.of(ctx)
    return moving.why(ctx) if check is not None and check.at is not None else reasons(ctx)


@router.press("check-reasons")
def reasons(ctx: Context, _: str = "") -> Turn | None:
    """All indicators with how they stand; each can be asked about by its number."""
    if (standing := result.standing(ctx)) is None:
        return None
    check, told = standing
    lacks = indicators(checks.home_of(ctx, check))
    listed = _ordered(_asked(told), lacks)
    lines: list[str] = []
    for number, one in enumerate(listed, 1):
        head = ctx.fill(f"check.reasons.{_key(lacks.get(one.id))}")
        lines += [] if head in lines else [head]
        lines.append(ctx.fill("check.reasons.line", number=number, name=one.name.get(ctx.lang)))
    lines.append(ctx.fill("check.reasons.type"))
    buttons = [_button(ctx, one) for one in listed if lacks.get(one.id)][:3]
    turn = checks.private(
        ctx.tell(join(lines), *buttons, ctx.button("see_result", "check-result"), ctx.button("officer"))
    )
    return checks.keep(turn.wait(LIST), check)


def _button(ctx: Context, one: Indicator) -> QuickReply:
    return QuickReply(label=ctx.fill(f"check.short.{one.id}"), payload=f"check-because:{one.id}")


def _asked(told: Sequence[Outcome]) -> list[Indicator]:
    """All that is looked at: the indicators of today's standard, then what another asks besides."""
    found: dict[str, Indicator] = {}
    for one in (each for outcome in told for each in outcome.standard.indicators):
        found.setdefault(one.id, one)
    return list(found.values())


def _ordered(standard: Sequence[Indicator], lacks: Mapping[str, bool | None]) -> list[Indicator]:
    """What is lacking first, then what is not known, then the rest."""
    return sorted(standard, key=lambda one: (True, None, False).index(lacks.get(one.id)))


def _key(lacks: bool | None) -> str:
    return {True: "lacking", False: "fine", None: "unknown"}[lacks]


def _mark(ctx: Context, lacks: bool | None) -> str:
    return ctx.fill(f"check.mark.{_key(lacks)}")


@router.state(result.STATE)
def read_after(ctx: Context) -> Turn | None:
    """What people ask below a result: why, and what it brings them."""
    if ctx.folded.count(" ") > SHORT:
        return None
    if _TWO.search(ctx.folded):
        return two(ctx)
    if _WHY.search(ctx.folded):
        return reasons(ctx)
    return supports.helps(ctx) if _WHAT.search(ctx.folded) else None


@router.press("check-two")
def two(ctx: Context, _: str = "") -> Turn | None:
    """Why more than one standard is looked at today."""
    if (standing := result.standing(ctx)) is None:
        return None
    check, told = standing
    buttons = (ctx.button("reasons", "check-reasons"), ctx.button("see_result", "check-result"), ctx.button("officer"))
    turn = ctx.tell(join([one.use.note.get(ctx.lang) for one in told]), *buttons, source=result.source(ctx, told))
    return checks.keep(turn.wait(result.STATE), check)


@router.state(LIST)
def read_number(ctx: Context) -> Turn | None:
    """The number of an indicator."""
    standing = result.standing(ctx)
    asked = [int(one) for one in numbers(ctx.text) if one.denominator == 1]
    if standing is None or len(asked) != 1 or len(ctx.text) > LONGEST_NUMBER:
        return None
    check, told = standing
    listed = _ordered(_asked(told), indicators(checks.home_of(ctx, check)))
    return because(ctx, listed[asked[0] - 1].id) if 0 < asked[0] <= len(listed) else None


@router.press("check-because")
def because(ctx: Context, indicator: str) -> Turn | None:
    """One indicator: your answer, the threshold, the legal text, and which paper shows it."""
    if (standing := result.standing(ctx)) is None:
        return None
    check, told = standing
    one = next((item for item in _asked(told) if item.id == indicator), None)
    if one is None:
        return None
    # What only a newer standard asks stands in that one.
    told = [each for each in told if one in each.standard.indicators]
    lacks = indicators(checks.home_of(ctx, check)).get(indicator)
    proof = checks.questions(ctx).proofs.get(indicator)
    lines = [
        ctx.fill("check.because.head", name=one.name.get(ctx.lang), mark=_mark(ctx, lacks)),
        ctx.fill("check.because.answer", answer=_answers(ctx, check, indicator))
        if indicator in TOLD_BY
        else ctx.fill("check.because.not_asked"),
        ctx.fill("check.because.threshold", threshold=one.threshold.get(ctx.lang)) if one.threshold else "",
        _doubt(ctx, one),
        ctx.fill("check.because.proof", proof=proof.get(ctx.lang)) if proof else "",
    ]
    step = next((each for each in TOLD_BY.get(indicator, ()) if each in checks.order(ctx, check)), None)
    buttons = [ctx.button("reasons_other", "check-reasons")]
    buttons += [ctx.button("mend_this", f"check-fix:{step}")] if step else []
    buttons += [ctx.button("helps_here", f"check-help:{one.dimension}"), ctx.button("officer")]
    turn = checks.private(ctx.tell(join(lines), *buttons, source=_source(ctx, told)))
    return checks.keep(turn.wait(LIST), check)


def _doubt(ctx: Context, one: Indicator) -> str:
    grades = [ctx.content.sources[name].grade for name in one.sources if name in ctx.content.sources]
    sure = of_claim(one.confidence, grades)
    return "" if sure is Certainty.CERTAIN else ctx.fill(f"card.{sure.value}.whole")


def _source(ctx: Context, told: list[Outcome]) -> str:
    """The annex in which the indicators stand; that of the newer standard was not seen."""
    return result.source(ctx, told[:1])


def _answers(ctx: Context, check: Check, indicator: str) -> str:
    """What the person answered to what this rests on, with the sum where there is one."""
    home = checks.home_of(ctx, check)
    if indicator == "dependents" and dependents(home) is not None and home.members and home.children is not None:
        known = home.children + (home.allowance or 0)
        if known == home.members == 1:
            return ctx.fill("check.because.dependent_alone")
        return ctx.fill("check.because.dependents", count=known, members=home.members)
    if indicator == "housing_area" and home.floor is not None and home.members:
        share = telling.plain(ctx, float(home.floor / home.members))
        area = telling.plain(ctx, float(home.floor))
        return ctx.fill("check.because.area", area=area, members=home.members, share=share)
    steps = [step for step in TOLD_BY.get(indicator, ()) if step in check.answers]
    texts = [_answer(ctx, check, step, indicator) for step in steps if check.answers[step] != UNKNOWN]
    return "; ".join(texts) or ctx.fill("check.unknown")


def _answer(ctx: Context, check: Check, step: str, indicator: str) -> str:
    """Of a list only what this rests on: one question may ask for several indicators."""
    question, _ = question_of(checks.questions(ctx), step)
    if question.kind is not Kind.SOME:
        return telling.answer_text(ctx, step, check.answers[step])
    matter = [one for one in question.options if {*one.says} & {*FACTS.get(indicator, ())}]
    chosen = [one.shown(ctx.lang) for one in matter if one.id in check.answers[step]]
    others = [one.shown(ctx.lang) for one in matter]
    return "; ".join(chosen) or ctx.fill("check.because.not", options="; ".join(others))
