"""News about what a household lacks: kept only with its yes, and nothing of the check but the dimensions."""

from collections.abc import Sequence
from datetime import timedelta

from content.understanding.assent import assent
from core.contacts import Purpose
from core.conversation import ConsentGiven, ConsentWithdrawn, NeedsTold, Turn
from core.messages import QuickReply
from handlers.context import ELSEWHERE, LOCAL, Context
from handlers.routing import Router
from handlers.selfcheck import check as checks
from handlers.selfcheck import result

router = Router("selfcheck.news")

WORDING = "needs.ask"
STATE = "selfcheck.news"


def offer(ctx: Context, lacking: Sequence[str]) -> list[QuickReply]:
    """The button to it, where there is something to keep that is not kept yet."""
    here = ctx.contact.locality not in (None, ELSEWHERE)
    return [ctx.button("needs_tell", "needs")] if here and lacking and {*lacking} != {*ctx.person.needs} else []


@router.press("needs")
@router.word("giữ kết quả", "lưu kết quả", "báo tin đúng việc nhà mình", "keep the result")
def ask(ctx: Context, _: str = "") -> Turn | None:
    """What would be kept, for what, who sees it and how long: then a yes or a no."""
    lacking = _lacking(ctx)
    if not lacking:
        return None
    buttons = (ctx.button("needs_yes"), ctx.button("needs_no"))
    turn = ctx.say(WORDING, *buttons, names=_names(ctx, lacking), days=ctx.keeping.questions)
    return checks.private(turn).wait(STATE).in_private()


@router.state(STATE)
def read_consent(ctx: Context) -> Turn | None:
    """Yes or no in the person's own words."""
    yes = assent(ctx.text)
    return None if yes is None else (agreed(ctx) if yes else kept_back(ctx))


@router.press("needs_yes")
def agreed(ctx: Context, _: str = "") -> Turn | None:
    """Kept from now on; only below the question."""
    waiting, lacking = ctx.person.conversation.waiting, _lacking(ctx)
    if not lacking or waiting is None or waiting.state != STATE:
        return ask(ctx)
    expires = ctx.now + timedelta(days=ctx.keeping.questions)
    given = ConsentGiven(purpose=Purpose.NEEDS, expires_at=expires, wording=WORDING)
    turn = ctx.say("needs.kept", ctx.button("mydata"), ctx.button("menu"), names=_names(ctx, lacking))
    return checks.private(turn).event(NeedsTold(dimensions=tuple(lacking)), given).in_private()


@router.press("needs_no")
def kept_back(ctx: Context, _: str = "") -> Turn:
    """Nothing more is kept."""
    check = checks.of(ctx)
    until = (check.begun + checks.KEPT_FOR if check is not None else ctx.now).astimezone(LOCAL).date()
    buttons = (ctx.button("what_helps", "check-help"), ctx.button("menu"))
    return ctx.say("needs.not_kept", *buttons, until=ctx.day_text(until))


@router.press("needs_forget")
@router.word("thôi giữ điều thiếu", "thôi giữ kết quả")
def forget(ctx: Context, _: str = "") -> Turn:
    """It goes at once."""
    return ctx.say("needs.forgotten", ctx.button("mydata"), ctx.button("menu")).event(
        ConsentWithdrawn(purpose=Purpose.NEEDS)
    )


def _lacking(ctx: Context) -> list[str]:
    check = checks.of(ctx)
    return result.lacking_dimensions(ctx, check) if check is not None else []


def _names(ctx: Context, dimensions: Sequence[str]) -> str:
    return ", ".join(ctx.fill(f"needs.of.{one}") for one in dimensions)
