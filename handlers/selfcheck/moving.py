"""Moving about in a self-check: back, why a question is asked, changing an answer, and not knowing what now."""

import re
from dataclasses import replace

from content.selfcheck.answers import UNKNOWN
from content.selfcheck.numbers import numbers
from content.selfcheck.schema import Kind
from content.selfcheck.steps import question_of
from content.understanding.assent import assent
from core.conversation import Turn
from handlers.context import Context, join
from handlers.routing import Router
from handlers.selfcheck import aside, asking, result, telling
from handlers.selfcheck import check as checks
from handlers.selfcheck.asking import ask, go_on
from handlers.selfcheck.check import ASK

router = Router("selfcheck.moving")

FIX = "selfcheck.fix"
LONGEST = 60  # characters of a message that only says that somebody does not know
_NOT_KNOWN = re.compile(
    r"(?:(?:toi|em|tui|minh|con|chau|bac|da|thi|a|u|ma|gio|cung|that|thiet) )*(?:khong|hong|hok|hem|ko|k|chua|chang|no)"
    r" (?:biet|bit|ro|chac|nho)"
    r"(?: (?:gi|chi|dau|a|nua|luon|het|ca|ma|nhi|roi|lam|lam gi|lam sao|phai|tinh|sao|the nao|nha|oi|bay gio|gio|day))*"
    r"|(?:i )?(?:dont|don t|do not) know(?: what to do)?"
)


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
    return ask(ctx, check.asking(before[-1]))


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
    return checks.keep(turn.wait(ASK, **asking.choosing(question)), check)


@router.press("check-fix")
def fix(ctx: Context, step: str = "") -> Turn | None:
    """Which answer is to be changed; or that answer at once."""
    check = checks.of(ctx)
    if check is None:
        return None
    if step and step in checks.order(ctx, check):
        return ask(ctx, check.asking(step))
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
    found = [int(one) for one in numbers(ctx.text) if one.denominator == 1]
    if len(found) == 1 and 0 < found[0] <= len(said_so_far):
        return ask(ctx, check.asking(said_so_far[found[0] - 1]))
    if assent(ctx.text) is False:
        return go_on(ctx, check)
    return None if aside.is_other(ctx) else go_on(ctx, check)


@router.before_all
def not_known(ctx: Context) -> Turn | None:
    """ "Không biết", said to the result: that is fine, and what can be done next."""
    waiting, standing = ctx.person.conversation.waiting, result.standing(ctx)
    after = waiting is not None and waiting.state == result.STATE
    if not after or standing is None or len(ctx.folded) > LONGEST or _NOT_KNOWN.fullmatch(ctx.folded) is None:
        return None
    buttons = (
        ctx.button("reasons", "check-reasons"),
        ctx.button("make_request", "request"),
        ctx.button("what_helps", "check-help"),
        ctx.button("officer"),
    )
    message_id = "check.not_known.again" if ctx.person.conversation.misses else "check.not_known"
    return checks.private(ctx.say(message_id, *buttons)).wait(result.STATE).in_private().miss()
