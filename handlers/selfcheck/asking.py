"""The questions, one a message, and what was answered to them."""

import re
from dataclasses import replace
from typing import Any

from content.selfcheck import reading, sentences
from content.selfcheck.answers import UNKNOWN
from content.selfcheck.deriving import income_per_person
from content.selfcheck.schema import Kind, Question
from content.selfcheck.steps import about_left, question_of
from content.understanding import Decision
from content.understanding.assent import assent
from core.conversation import Turn
from core.messages import QuickReply
from handlers.context import Context, join
from handlers.routing import Router
from handlers.selfcheck import aside, result, telling
from handlers.selfcheck import check as checks
from handlers.selfcheck.check import ASK, Check
from handlers.selfcheck.faults import doubt

router = Router("selfcheck.asking")

DOUBT, DAYS, FIX = "selfcheck.doubt", "selfcheck.days", "selfcheck.fix"
_RIGHT = re.compile(
    r"^(?:(?:u|uh|um|da|vang|o|a|ok|thi) )*(?:dung|chuan|chinh xac|phai)"
    r"(?: (?:roi|vay|the|do|day|nha|nhe|a|em|luon|con))*$"
)
READ_BACK_AFTER = 5  # answers (voice.md A12)
# Words that are about a question of ours are no answer to it.
_OTHER = (Decision.ANSWER, Decision.SEVERAL, Decision.CHOOSE, Decision.CAUTION, Decision.SMALLTALK)
_SURE = 3.0  # log odds from which words are rather a question of the person's own than an answer that was not read


def go_on(ctx: Context, check: Check) -> Turn:
    """The next question, or the result when there is none left."""
    step = checks.next_step(ctx, check)
    if step is None:
        return result.finish(ctx, check)
    return _read_back(ctx, check, step)


def _read_back(ctx: Context, check: Check, step: str) -> Turn:
    """After every five answers they are read back; then the question."""
    said = telling.answered(ctx, check)
    new = said[check.shown :]
    if len(new) < READ_BACK_AFTER:
        return ask(ctx, replace(check, at=step))
    text = join([ctx.fill("check.so_far"), *telling.listing(ctx, check, new)])
    before = checks.private(ctx.tell(text))
    return before.then(ask(ctx, replace(check, at=step, shown=len(said))))


def ask(ctx: Context, check: Check) -> Turn:
    """The question at which a check stands."""
    assert check.at is not None, "set by whoever asks"  # noqa: S101
    question, option = question_of(checks.questions(ctx), check.at)
    turn = ctx.tell(_text(ctx, check, question, option), *_buttons(ctx, check, question))
    if question.each or question.kind is Kind.SUM:
        turn = checks.private(turn)
    return checks.keep(turn.wait(ASK), check)


def _text(ctx: Context, check: Check, question: Question, option: str | None) -> str:
    order = checks.order(ctx, check)
    number = order.index(check.at) + 1 if check.at in order else len(order)
    left = about_left(checks.questions(ctx), check.way, check.answers, order)
    head = ctx.fill("check.progress" if left > 1 else "check.last", number=number, left=left - 1)
    words = question.asks.get(option or "", question.ask)
    lines = [head, words.get(ctx.lang)]
    if question.kind is Kind.SUM:
        lines = [head, *_sum(ctx, check), words.get(ctx.lang)]
    if question.kind is Kind.SOME:
        lines += [f"{number}. {one.shown(ctx.lang)}" for number, one in enumerate(question.options, 1)]
        lines.append(ctx.fill("check.type_numbers"))
    return join(lines)


def _sum(ctx: Context, check: Check) -> list[str]:
    home = checks.home_of(ctx, check)
    amounts = [step for step in telling.answered(ctx, check) if step == "total" or step.startswith("amount.")]
    lines = telling.listing(ctx, check, amounts or ["sources"])
    if len(amounts) > 1 and home.income is not None:
        lines.append(ctx.fill("check.sum", month=telling.a_month(ctx, home.income)))
    if home.income is not None and home.members:
        share = income_per_person(home) or 0
        lines.append(ctx.fill("check.share", members=home.members, share=telling.a_month(ctx, share)))
    return lines


def _buttons(ctx: Context, check: Check, question: Question) -> list[QuickReply]:
    """The answers, and always "không biết" and "quay lại"; what else there is room for."""
    step = check.at
    if question.kind is Kind.SUM:
        yes, no = ctx.button("right", f"check-say:{step}:yes"), ctx.button("mend", "check-fix")
        return [yes, no, ctx.button("check_why"), ctx.button("step_back", "check-back")]
    buttons = []
    if question.kind is Kind.ONE:
        buttons = [
            QuickReply(label=one.shown(ctx.lang), payload=f"check-say:{step}:{one.id}") for one in question.options
        ]
    elif question.kind is Kind.SOME and question.none:
        buttons = [QuickReply(label=question.none.get(ctx.lang), payload=f"check-say:{step}:none")]
    if question.id != "area":
        buttons.append(ctx.button("dont_know", f"check-say:{step}:{UNKNOWN}"))
    buttons.append(ctx.button("step_back", "check-back"))
    if result.is_decided(ctx, check):
        buttons.append(ctx.button("see_result", "check-result"))
    buttons.append(ctx.button("check_why"))
    return buttons[: aside.BUTTONS]


# --- answers ---


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


def record(ctx: Context, check: Check, step: str, value: Any) -> Turn:
    """An answer that stands; and on."""
    return go_on(ctx, check.with_answer(step, value))


@router.state(ASK)
def read_answer(ctx: Context) -> Turn | None:
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
        return None if _is_other(ctx) else not_read(ctx, check)
    return take(ctx, check, question, answer)


def take(ctx: Context, check: Check, question: Question, answer: reading.Said) -> Turn:
    """An answer as it was read: taken, read back, or asked for again."""
    assert check.at is not None, "a question waits"  # noqa: S101
    if question.kind is Kind.AMOUNT and isinstance(answer.value, dict) and "day" in answer.value:
        turn = ctx.say("check.days", *_again_buttons(ctx, check), amount=telling.money(ctx, answer.value["day"]))
        return checks.keep(checks.private(turn).wait(DAYS), replace(check, doubt=answer.value))
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
    return checks.keep(turn.wait(DOUBT), replace(check, doubt=answer.value))


def _again_buttons(ctx: Context, check: Check) -> tuple[QuickReply, ...]:
    know = ctx.button("dont_know", f"check-say:{check.at}:{UNKNOWN}")
    return know, ctx.button("step_back", "check-back"), ctx.button("check_why")


def not_read(ctx: Context, check: Check) -> Turn:
    """Words that are no answer: the question stands, said in another way (voice.md A13)."""
    question, _ = question_of(checks.questions(ctx), check.at or "")
    turn = ctx.say(f"check.not_read.{question.kind}", *_buttons(ctx, check, question))
    return checks.keep(turn.wait(ASK), check).miss()


def _is_other(ctx: Context) -> bool:
    """A question of the person's own, or something they want done: answered, and the check goes on afterwards."""
    read = ctx.reading
    if read.decision is Decision.ACTION:
        return read.labels[0] != "action:selfcheck"
    asks = read.decision in _OTHER and (read.sure >= _SURE or "?" in ctx.text)
    return asks and ctx.text.count(" ") >= 2


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
    return checks.private(ctx.tell(text)).then(go_on(ctx, replace(now, shown=now.shown + len(taken))))


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
    if yes is None and _is_other(ctx) and reading.money(ctx.text) is None:
        return None
    amounts = [step for step in telling.answered(ctx, check) if step == "total" or step.startswith("amount.")]
    told = reading.money(ctx.text) if len(amounts) == 1 and any(one.isdigit() for one in ctx.text) else None
    if told is None:
        return fix(ctx)
    question, _ = question_of(checks.questions(ctx), amounts[0])
    return take(ctx, check.without(amounts[0]), question, told)


@router.state(DAYS)
def read_days(ctx: Context) -> Turn | None:
    """How many days a month somebody works for the wage of a day."""
    check = checks.of(ctx)
    if check is None or check.at is None or not isinstance(check.doubt, dict) or "day" not in check.doubt:
        return None
    found = [int(one) for one in reading.numbers(ctx.text) if one.denominator == 1]
    if reading.unknown(ctx.text):
        return record(ctx, check, check.at, UNKNOWN)
    if len(found) != 1 or not 0 < found[0] <= 31:
        if not found and _is_other(ctx):
            return None
        turn = ctx.say("check.days_again", *_again_buttons(ctx, check))
        return checks.keep(turn.wait(DAYS), check)
    question, _ = question_of(checks.questions(ctx), check.at)
    day = int(check.doubt["day"])
    value = {"month": day * found[0], "said": ["days", day, found[0]]}
    return take(ctx, check, question, reading.Said(value=value))


@router.press("check-yes")
def confirmed(ctx: Context, _: str = "") -> Turn | None:
    """What was read is right."""
    check = checks.of(ctx)
    if check is None or check.at is None or check.doubt is None:
        return None
    if isinstance(check.doubt, dict) and "day" in check.doubt:
        return resume_step(ctx, check)  # an older button: how many days was not told yet
    return record(ctx, check, check.at, check.doubt)


@router.press("check-no")
def denied(ctx: Context, _: str = "") -> Turn | None:
    """What was read is not right: asked once more."""
    check = checks.of(ctx)
    if check is None or check.at is None:
        return None
    return ask(ctx, replace(check, doubt=None))


@router.state(DOUBT)
def read_doubt(ctx: Context) -> Turn | None:
    """Yes, no, or the answer once more."""
    yes = _right(ctx)
    if yes is None and reading.none(ctx.text):
        return denied(ctx)  # "không có ai" below a reading: rather no than a silent change
    if yes is None:
        return read_answer(ctx)
    return confirmed(ctx) if yes else denied(ctx)


# --- moving about ---


@router.press("check-back")
def back(ctx: Context, _: str = "") -> Turn | None:
    """The question before this one, to be answered anew."""
    check = checks.of(ctx)
    if check is None:
        return None
    order = checks.order(ctx, check)
    here = order.index(check.at) if check.at in order else len(order)
    before = [step for step in order[:here] if step in check.answers]
    if not before:
        return ask(ctx, replace(check, at=order[0], doubt=None))
    return ask(ctx, check.without(before[-1]))


@router.press("check_why")
def why(ctx: Context, _: str = "") -> Turn | None:
    """Why this is asked (voice.md T22)."""
    check = checks.of(ctx)
    if check is None or check.at is None:
        return None
    question, _option = question_of(checks.questions(ctx), check.at)
    buttons = (
        ctx.button("answer_this", "check-go:resume"),
        ctx.button("pass_over", f"check-say:{check.at}:{UNKNOWN}"),
        ctx.button("step_back", "check-back"),
    )
    shown = buttons if question.kind is not Kind.SUM else (buttons[0], buttons[2])
    turn = ctx.say("check.why", *shown, why=question.why.get(ctx.lang))
    return checks.keep(turn.wait(ASK), check)


@router.press("check-fix")
def fix(ctx: Context, step: str = "") -> Turn | None:
    """Which answer is to be changed; or that answer at once."""
    check = checks.of(ctx)
    if check is None:
        return None
    if step and step in checks.order(ctx, check):
        return ask(ctx, check.without(step))
    said_so_far = telling.answered(ctx, check)
    if not said_so_far:
        return go_on(ctx, check)
    lines = telling.listing(ctx, check, said_so_far)
    numbered = [f"{number}. {line}" for number, line in enumerate(lines, 1)]
    text = join([ctx.fill("check.fix"), *numbered, ctx.fill("check.fix_number")])
    turn = checks.private(ctx.tell(text, ctx.button("keep_as_is", "check-go:resume"), ctx.button("officer")))
    return checks.keep(turn.wait(FIX), check)


@router.state(FIX)
def read_fix(ctx: Context) -> Turn | None:
    """The number of the answer to change."""
    check = checks.of(ctx)
    if check is None:
        return None
    said_so_far = telling.answered(ctx, check)
    found = [int(one) for one in reading.numbers(ctx.text) if one.denominator == 1]
    if len(found) == 1 and 0 < found[0] <= len(said_so_far):
        return ask(ctx, check.without(said_so_far[found[0] - 1]))
    if assent(ctx.text) is False:
        return go_on(ctx, check)
    return None if _is_other(ctx) else go_on(ctx, check)


def resume_step(ctx: Context, check: Check) -> Turn:
    """Where the check stood."""
    if check.at is not None and check.at not in check.answers and check.at in checks.order(ctx, check):
        return ask(ctx, check)
    return go_on(ctx, check)
