"""A call back after a talk about work: when, to which number, and the very words that an officer will read."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from content.understanding.assent import assent
from core.contacts import Purpose
from core.conversation import ConsentGiven, Turn
from core.questions import QuestionKind
from core.text import clean
from handlers import handover
from handlers.context import ELSEWHERE, Context, join
from handlers.needs.asking import asks_for_something
from handlers.routing import Router
from handlers.selfcheck.aside import is_other
from handlers.work import counselling
from handlers.work.dialled import in_digits

router = Router("counselling.calling")

TIME, NUMBER, SHARE = "call.time", "call.number", "call.share"
WORDING = "counsel.share"  # what somebody reads before an officer does
TOPIC = "job-connection"
TIMES = ("morning", "afternoon", "evening")
LONGEST = 60  # characters of a time in one's own words
_DIGITS = re.compile(r"(?:\+?84|0)(?:[ .\-]?\d){9}(?!\d)")


def number_in(text: str) -> str | None:
    """A telephone number of Viet Nam in a text, as it is dialled; None where there is none.

    >>> number_in("gọi số 0912 345 678 nhé"), number_in("+84 912.345.678"), number_in("12345")
    ('0912345678', '0912345678', None)
    """
    found = _DIGITS.search(in_digits(clean(text)))
    digits = re.sub(r"\D", "", found.group()) if found else ""
    return f"0{digits.removeprefix('84').removeprefix('0')}" if digits else None


def spoken_number(digits: str) -> str:
    """In groups, as it is read aloud.

    >>> spoken_number("0912345678")
    '0912 345 678'
    """
    return f"{digits[:4]} {digits[4:7]} {digits[7:]}"


@router.press("counsel-call")
@router.word("nhờ cán bộ gọi lại", "gọi lại cho tôi", "nhờ gọi lại", "call me back")
def call(ctx: Context, _: str = "") -> Turn:
    """When somebody would like to be called."""
    if ctx.contact.locality == ELSEWHERE or ctx.locality is None:
        return counselling.begin(ctx)
    told = counselling.told_in(ctx) or {}
    return _ask_time(ctx, {name: said for name, said in told.items() if name in counselling.STEPS})


def _ask_time(ctx: Context, told: Mapping[str, Any]) -> Turn:
    buttons = [ctx.button(f"call_{one}", f"call-time:{one}") for one in TIMES]
    return ctx.say("counsel.time", *buttons, ctx.button("menu")).wait(TIME, **told)


@router.press("call-time")
def pressed_time(ctx: Context, said: str) -> Turn:
    """A part of the day; only below its question."""
    waiting = ctx.person.conversation.waiting
    if waiting is None or waiting.state != TIME or said not in TIMES:
        return call(ctx)
    return _ask_number(ctx, {**waiting.data, "time": ctx.fill(f"button.call_{said}")})


@router.state(TIME)
def typed_time(ctx: Context, **told: Any) -> Turn | None:
    """A time in one's own words."""
    if "?" in ctx.text or not 0 < len(ctx.text) <= LONGEST or asks_for_something(ctx):
        return None
    return _ask_number(ctx, {**told, "time": " ".join(ctx.text.split())})


def _ask_number(ctx: Context, told: Mapping[str, Any]) -> Turn:
    known = number_in(ctx.contact.phone or "")
    own = (ctx.button("call_number", f"call-number:{known}", number=spoken_number(known)),) if known else ()
    return ctx.say("counsel.number", *own, ctx.button("menu")).wait(NUMBER, **told)


@router.press("call-number")
def pressed_number(ctx: Context, said: str) -> Turn:
    """The number that the ward's list has; only below its question."""
    waiting = ctx.person.conversation.waiting
    number = number_in(said)
    if waiting is None or waiting.state != NUMBER or number is None:
        return call(ctx)
    return _ask_share(ctx, {**waiting.data, "number": number})


@router.state(NUMBER)
def typed_number(ctx: Context, **told: Any) -> Turn | None:
    """A number; what is none is asked for once more."""
    number = number_in(ctx.text)
    if number is not None:
        return _ask_share(ctx, {**told, "number": number})
    if not any(one.isdigit() for one in ctx.text) and (is_other(ctx) or assent(ctx.text) is False):
        return None
    return ctx.say("counsel.number_again", ctx.button("menu")).wait(NUMBER, **told)


def summary(ctx: Context, told: Mapping[str, Any]) -> str:
    """What an officer reads, word for word: the call, and what was told where anything was."""
    lines = [ctx.fill("counsel.sum.call", time=told["time"], number=spoken_number(str(told["number"])))]
    if "aim" in told:
        trades = [ctx.content.trades.title(one, ctx.lang) for one in str(told.get("can", "")).split(",") if one]
        lines += [
            ctx.fill("counsel.sum.aim", aim=ctx.fill(f"button.counsel_aim_{told['aim']}")),
            ctx.fill("counsel.sum.can", can=", ".join(trades) or ctx.fill("counsel.sum.nothing")),
            ctx.fill("counsel.sum.load", load=ctx.fill(f"button.counsel_load_{told['load']}")),
            ctx.fill("counsel.sum.family", family=ctx.fill(f"button.counsel_family_{told['family']}")),
            ctx.fill("counsel.sum.reach", reach=ctx.fill(f"button.work_reach_{told['reach']}")),
        ]
    return join(lines)


def _ask_share(ctx: Context, told: Mapping[str, Any]) -> Turn:
    shown = ctx.fill(WORDING)
    buttons = (ctx.button("call_send", "call-send"), ctx.button("keep_to_myself", "call-drop"))
    # What was told of one's health and household is not kept among the messages.
    return ctx.tell(shown).then(ctx.tell(summary(ctx, told), *buttons)).wait(SHARE, **told).in_private()


@router.state(SHARE)
def read_share(ctx: Context, **_: Any) -> Turn | None:
    """Yes or no in the person's own words."""
    yes = assent(ctx.text)
    return None if yes is None else (sent(ctx) if yes else dropped(ctx))


@router.press("call-drop")
def dropped(ctx: Context, _: str = "") -> Turn:
    """Nothing goes to anybody."""
    return ctx.say("cancelled", ctx.button("topics"), ctx.button("menu"))


@router.press("call-send")
def sent(ctx: Context, _: str = "") -> Turn:
    """Into the officers' hands, as it was shown; only below what was shown."""
    waiting = ctx.person.conversation.waiting
    if waiting is None or waiting.state != SHARE:
        return handover.already(ctx) or call(ctx)
    draft = {
        "text": summary(ctx, waiting.data),
        "topic": TOPIC,
        "files": [],
        "shared": [],
        "kind": QuestionKind.CALL.value,
    }
    expires = ctx.now + timedelta(days=ctx.keeping.questions)
    given = ConsentGiven(purpose=Purpose.QUESTION, expires_at=expires, wording=WORDING)
    return handover.send(ctx, draft).event(given)
