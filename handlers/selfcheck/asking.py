"""The questions, one a message."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from content.selfcheck.answers import UNKNOWN
from content.selfcheck.deriving import income_per_person
from content.selfcheck.schema import Kind, Question
from content.selfcheck.steps import about_left, question_of
from core.conversation import Turn
from core.messages import QuickReply
from handlers.context import Context, join
from handlers.selfcheck import aside, result, telling
from handlers.selfcheck import check as checks
from handlers.selfcheck.check import ASK, Check
from handlers.typed import CHOOSES

READ_BACK_AFTER = 5  # answers (voice.md A12)


def record(ctx: Context, check: Check, step: str, value: Any) -> Turn:
    """An answer that stands; and on."""
    return go_on(ctx, check.with_answer(step, value))


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
    turn = ctx.tell(_text(ctx, check, question, option), *buttons(ctx, check, question))
    if question.each or question.kind is Kind.SUM:
        turn = checks.private(turn)
    return checks.keep(turn.wait(ASK, **choosing(question)), check)


def _text(ctx: Context, check: Check, question: Question, option: str | None) -> str:
    order = checks.order(ctx, check)
    number = order.index(check.at) + 1 if check.at in order else len(order)
    answers = {step: value for step, value in check.answers.items() if step != check.at}  # that is asked anew
    left = about_left(checks.questions(ctx), check.way, answers, order)
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
    if home.income is not None and (home.members or 0) > 1:
        share = income_per_person(home) or 0
        lines.append(ctx.fill("check.share", members=home.members, share=telling.a_month(ctx, share)))
    return lines


def buttons(ctx: Context, check: Check, question: Question) -> list[QuickReply]:
    """The answers, and always "không biết" and "quay lại"; what else there is room for."""
    step = check.at
    if question.kind is Kind.SUM:
        yes, no = ctx.button("right", f"check-say:{step}:yes"), ctx.button("mend", "check-fix")
        return [yes, no, ctx.button("check_why"), ctx.button("step_back", "check-back")]
    shown = []
    if question.kind is Kind.ONE:
        shown = [
            QuickReply(label=one.shown(ctx.lang), payload=f"check-say:{step}:{one.id}") for one in question.options
        ]
    elif question.kind is Kind.SOME and question.none:
        shown = [QuickReply(label=question.none.get(ctx.lang), payload=f"check-say:{step}:none")]
    if question.id != "area":
        shown.append(ctx.button("dont_know", f"check-say:{step}:{UNKNOWN}"))
    shown.append(ctx.button("step_back", "check-back"))
    if result.is_decided(ctx, check):
        shown.append(ctx.button("see_result", "check-result"))
    shown.append(ctx.button("check_why"))
    return shown[: aside.BUTTONS]


def choosing(question: Question) -> Mapping[str, Any]:
    """For the state in which a question waits: whether its buttons are its answers, and a number one of them."""
    return CHOOSES if question.kind in (Kind.ONE, Kind.SUM) else {}


def resume_step(ctx: Context, check: Check) -> Turn:
    """Where the check stood."""
    if check.at is not None and check.at not in check.answers and check.at in checks.order(ctx, check):
        return ask(ctx, check)
    return go_on(ctx, check)
