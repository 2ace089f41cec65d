"""What was answered to the question that waits: taken, read back, or asked for again."""

import re
from dataclasses import replace
from typing import Any

from content.selfcheck import reading, sentences
from content.selfcheck.answers import UNKNOWN
from content.selfcheck.money import goods, money
from content.selfcheck.numbers import numbers
from content.selfcheck.said import Said
from content.selfcheck.schema import Kind, Question
from content.selfcheck.steps import question_of
from content.understanding.assent import assent
from core.conversation import Turn
from core.messages import QuickReply
from handlers.context import Context, join
from handlers.routing import Router
from handlers.selfcheck import aside, asking, moving, telling
from handlers.selfcheck import check as checks
from handlers.selfcheck.asking import record, resume_step
from handlers.selfcheck.check import ASK, Check
from handlers.selfcheck.faults import doubt
from handlers.typed import CHOOSES, spoken_number

router = Router("selfcheck.answering")

DOUBT, TIMES = "selfcheck.doubt", "selfcheck.days"
_RIGHT = re.compile(
    r"^(?:(?:u|uh|um|da|vang|o|a|ok|thi) )*(?:dung|chuan|chinh xac|phai)"
    r"(?: (?:roi|vay|the|do|day|nha|nhe|a|em|luon|con))*$"
)
_ASKED_AGAIN = 3  # misses in a row after which the whole question comes again
# What people say who have had enough of being asked.
_VEXED = re.compile(
    r"\b(?:hoi (?:gi|chi)? ?(?:hoai|lam the|nhieu|qua|lam|mai)|met qua|phien|buc minh|nhuc dau|roi ram|kho qua"
    r"|lang nhang|lau qua|dai qua|chan qua|so many questions|annoying)\b"
)


@router.press("check-say")
def said(ctx: Context, argument: str) -> Turn | None:
    """A button of a question: of the one that waits, or of an earlier one, which is then changed."""
    step, _, value = argument.rpartition(":")
    check = checks.of(ctx)
    if check is None or step not in checks.order(ctx, check):
        return None
    question, _ = question_of(checks.questions(ctx), step)
    if value == UNKNOWN:
        return record(ctx, check, step, UNKNOWN)
    if question.kind is Kind.SUM:
        # Below an older sum "right" says nothing of this one.
        return record(ctx, check, step, value) if step == check.at else resume_step(ctx, check)
    if question.kind is Kind.SOME and value == "none":
        return record(ctx, check, step, [])
    if question.option(value) is None:
        return None
    return record(ctx, check, step, [value] if question.kind is Kind.SOME else value)


@router.state(ASK)
def read_answer(ctx: Context, **_kept: Any) -> Turn | None:
    """What was typed to the question that waits."""
    check = checks.of(ctx)
    if check is None or check.at is None or ctx.message.attachments or not ctx.text:
        return None
    question, _ = question_of(checks.questions(ctx), check.at)
    if question.kind is Kind.SUM:
        return _read_sum(ctx, check)
    told = sentences.facts(ctx.text)
    if question.kind is Kind.NUMBER and {*told} - {question.id} and (several := _several(ctx, check, told)):
        return several
    answer = reading.read(question, ctx.text)
    if answer is None and told and (several := _several(ctx, check, told)):
        return several
    if answer is None:
        return None if aside.is_other(ctx) else not_read(ctx, check)
    return take(ctx, check, question, answer)


def take(ctx: Context, check: Check, question: Question, answer: Said) -> Turn:
    """An answer as it was read: taken, read back, or asked for again."""
    assert check.at is not None, "a question waits"  # noqa: S101
    if (times := _asked_times(answer.value)) is not None:
        amount = telling.money(ctx, answer.value[times])
        turn = ctx.say(f"check.times.{times}", *_again_buttons(ctx, check), amount=amount)
        return checks.keep(checks.private(turn).wait(TIMES), replace(check, doubt=answer.value))
    home = checks.home_of(ctx, check.without(check.at))
    found = doubt(question, answer.value, home, sure=answer.sure)
    if found is None:
        return record(ctx, check, check.at, answer.value)
    if found.again is not None:
        name = telling.name_text(ctx, check.at)
        turn = ctx.say(found.again, *_again_buttons(ctx, check), **{"name": name, **found.values})
        return checks.keep(checks.private(turn).wait(ASK), check)
    understood = telling.answer_text(ctx, check.at, answer.value)
    buttons = (ctx.button("right", "check-yes"), ctx.button("mend", "check-no"), ctx.button("step_back", "check-back"))
    turn = checks.private(ctx.say("check.understood", *buttons, answer=understood))
    return checks.keep(turn.wait(DOUBT, **CHOOSES), replace(check, doubt=answer.value))


def _again_buttons(ctx: Context, check: Check) -> tuple[QuickReply, ...]:
    know = ctx.button("dont_know", f"check-say:{check.at}:{UNKNOWN}")
    return know, ctx.button("step_back", "check-back"), ctx.button("check_why")


def not_read(ctx: Context, check: Check, state: str = ASK) -> Turn:
    """Words that are no answer: asked back what is unclear of them. Never the same text twice (voice.md A13)."""
    question, _ = question_of(checks.questions(ctx), check.at or "")
    vague = reading.unclear(question, ctx.text)
    misses = ctx.person.conversation.misses
    if misses and not misses % _ASKED_AGAIN:
        return asking.ask(ctx, replace(check, doubt=None)).miss()
    if misses or _VEXED.search(ctx.folded):
        message_id = "check.not_read.again" if misses % 2 else "check.not_read.vexed"
        buttons = [ctx.button("dont_know", f"check-say:{check.at}:{UNKNOWN}"), ctx.button("check_stop", "check-stop")]
        buttons += [ctx.button("officer"), ctx.button("step_back", "check-back")]
        turn = ctx.say(message_id, *buttons, name=telling.name_text(ctx, check.at or "").lower())
    elif vague is not None:
        turn = ctx.tell(vague.ask.get(ctx.lang), *asking.buttons(ctx, check, question))
    else:
        kind = "goods" if question.kind is Kind.AMOUNT and goods(ctx.text) else question.kind
        turn = ctx.say(f"check.not_read.{kind}", *asking.buttons(ctx, check, question))
    return checks.keep(turn.wait(state, **asking.choosing(question)), check).miss()


def _several(ctx: Context, check: Check, told: dict[str, int]) -> Turn | None:
    """Several facts in one sentence: all that fit together are taken and read back."""
    order = checks.order(ctx, check)
    now = check
    for step, value in told.items():
        question, _ = question_of(checks.questions(ctx), step)
        fresh = step == check.at or step not in check.answers
        if fresh and step in order and doubt(question, value, checks.home_of(ctx, now), sure=True) is None:
            now = now.with_answer(step, value)
    taken = [step for step in told if step in now.answers and now.answers[step] == told[step]]
    if not taken or (check.at not in taken and len(taken) < len(told)):
        return None
    text = join([ctx.fill("check.taken"), *telling.listing(ctx, now, taken)])
    return checks.private(ctx.tell(text)).then(asking.go_on(ctx, replace(now, shown=now.shown + len(taken))))


def begin_with(ctx: Context, check: Check) -> Turn | None:
    """A check that begins with facts told in a sentence."""
    return _several(ctx, check, sentences.facts(ctx.text))


def _right(ctx: Context) -> bool | None:
    """Yes or no; asked whether something is right, "dung roi" without marks is a yes too."""
    return True if _RIGHT.match(ctx.folded) else assent(ctx.text)


def _read_sum(ctx: Context, check: Check) -> Turn | None:
    yes = _right(ctx)
    if yes:
        return record(ctx, check, "sum", "yes")
    if yes is None and aside.is_other(ctx) and money(ctx.text) is None:
        return None
    amounts = [step for step in telling.answered(ctx, check) if step == "total" or step.startswith("amount.")]
    if _bare(ctx):
        return asking.ask(ctx, check).miss()
    told = money(ctx.text) if len(amounts) == 1 and any(one.isdigit() for one in ctx.text) else None
    if told is None:
        return moving.fix(ctx)
    question, _ = question_of(checks.questions(ctx), amounts[0])
    return take(ctx, check.without(amounts[0]), question, told)


def _bare(ctx: Context) -> bool:
    """Whether somebody typed a number of a button that is not there: a sum has a unit, or more digits than that."""
    return spoken_number(ctx.text) is not None


_MOST_TIMES = {"day": 31, "each": 40}  # days of a month; people of a household


def _asked_times(value: object) -> str | None:
    """What is still to be asked of an amount: "day", how many days; "each", how many people."""
    return next((one for one in _MOST_TIMES if one in value), None) if isinstance(value, dict) else None


@router.state(TIMES)
def read_times(ctx: Context) -> Turn | None:
    """How many days a month somebody works for the wage of a day, or how many people get the same."""
    check = checks.of(ctx)
    times = _asked_times(check.doubt) if check is not None else None
    if check is None or check.at is None or times is None:
        return None
    found = [int(one) for one in numbers(ctx.text) if one.denominator == 1]
    if reading.unknown(ctx.text):
        return record(ctx, check, check.at, UNKNOWN)
    most, together = _MOST_TIMES[times], times == "day" and len(found) == 2 and "ngay" in ctx.folded
    if together and all(0 < one <= most for one in found):
        found = [sum(found)]  # "chồng 25 ngày, vợ 15 ngày", for the same wage: shown with the sum
    elif len(found) != 1 or not 0 < found[0] <= most:
        if not found and aside.is_other(ctx):
            return None
        if ctx.person.conversation.misses:
            return not_read(ctx, check, TIMES)
        turn = ctx.say(f"check.times.{times}_again", *_again_buttons(ctx, check), most=most)
        return checks.keep(turn.wait(TIMES), check).miss()
    question, _ = question_of(checks.questions(ctx), check.at)
    one = int(check.doubt[times])
    way = {"day": "days", "each": "people"}[times]
    return take(ctx, check, question, Said(value={"month": one * found[0], "said": [way, one, found[0]]}))


@router.press("check-yes")
def confirmed(ctx: Context, _: str = "") -> Turn | None:
    """What was read is right."""
    check = checks.of(ctx)
    if check is None or check.at is None or check.doubt is None:
        return None
    if _asked_times(check.doubt) is not None:
        return resume_step(ctx, check)  # an older button: how many times was not told yet
    return record(ctx, check, check.at, check.doubt)


@router.press("check-no")
def denied(ctx: Context, _: str = "") -> Turn | None:
    """What was read is not right: asked once more."""
    check = checks.of(ctx)
    if check is None or check.at is None:
        return None
    return asking.ask(ctx, replace(check, doubt=None))


@router.state(DOUBT)
def read_doubt(ctx: Context, **_kept: Any) -> Turn | None:
    """Yes, no, or the answer once more."""
    check, yes = checks.of(ctx), _right(ctx)
    if check is not None and check.at is not None and check.doubt is not None and yes is None and _bare(ctx):
        question, _ = question_of(checks.questions(ctx), check.at)
        if question.kind is Kind.AMOUNT:
            return take(ctx, check, question, Said(value=check.doubt, sure=False)).miss()
    if yes is None and reading.none(ctx.text):
        return denied(ctx)  # "không có ai" below a reading: rather no than a silent change
    if yes is None:
        return read_answer(ctx)
    return confirmed(ctx) if yes else denied(ctx)
