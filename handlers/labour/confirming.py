"""Who of one's own household works, in at most four questions after a yes; changed or forgotten at any time."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from content.understanding.assent import assent
from core.contacts import Purpose
from core.conversation import ConsentGiven, ConsentWithdrawn, Turn
from core.labour import MOST_PEOPLE, LabourTold, Workers
from core.text import fold
from handlers import localities
from handlers.context import ELSEWHERE, LOCAL, Context
from handlers.needs.asking import asks_for_something
from handlers.routing import Router

router = Router("labour")

WORDING = "labour.ask"
CONSENT, STATE = "labour.ready", "labour.question"
STEPS = ("adults", "stable", "unstable", "seeking")
BUTTONS = 5  # numbers that can be pressed; others are typed
_NUMBERS = ("khong", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi")
_TWO = {"hai vo chong": 2, "2 vo chong": 2, "2 vc": 2, "hai vc": 2, "ca hai": 2, "ca ba": 3}
_TWO |= dict.fromkeys(("mot minh", "minh toi", "co moi toi"), 1)
_NONE = ("khong co", "khong ai", "chua ai", "chua co ai", "chang ai", "none", "nobody", "khong")
_TYPED = re.compile(r"(?:co |duoc |khoang |la )?(\d{1,2}|[a-z]+)(?: (?:nguoi|dua|lao dong|people|person))?(?: a| nhe)?")


@router.press("labour")
@router.word("xác nhận lao động", "khai lao động", "kê khai lao động", "xác nhận lao động hộ", "confirm who works")
def begin(ctx: Context, _: str = "") -> Turn:
    """What would be kept, who sees it and how long: then a yes or a no."""
    if ctx.contact.locality == ELSEWHERE:
        return ctx.say("stated.elsewhere", ctx.button("topics"), ctx.button("menu"))
    if ctx.locality is None:
        return localities.ask(ctx, pending="xác nhận lao động")
    buttons = (ctx.button("labour_agree"), ctx.button("labour_refuse"))
    return ctx.say(WORDING, *buttons).wait(CONSENT)


@router.state(CONSENT)
def answered(ctx: Context) -> Turn | None:
    """Yes or no in words."""
    said = assent(ctx.text)
    if said is None:
        return None
    return _question(ctx, {}) if said else refused(ctx)


@router.press("labour_agree")
def agreed(ctx: Context, _: str = "") -> Turn:
    """The questions begin; only below the question. Nothing is kept before the last one is answered."""
    waiting = ctx.person.conversation.waiting
    return _question(ctx, {}) if waiting is not None and waiting.state == CONSENT else begin(ctx)


@router.press("labour_refuse")
def refused(ctx: Context, _: str = "") -> Turn:
    """Nothing is kept."""
    return ctx.say("labour.refused", ctx.button("officer"), ctx.button("menu"))


@router.word("thôi khai lao động", "xóa khai lao động", "forget who works")
def forget(ctx: Context) -> Turn:
    """It goes at once, also from the ward's list."""
    turn = ctx.say("labour.forgotten", ctx.button("mydata"), ctx.button("menu"))
    return turn.event(ConsentWithdrawn(purpose=Purpose.LABOUR))


@router.press("labour-say")
def pressed(ctx: Context, said: str) -> Turn:
    """A number that was pressed; only below its question."""
    waiting = ctx.person.conversation.waiting
    step, _, number = said.partition("=")
    if waiting is None or waiting.state != STATE or step != _step(waiting.data) or not number.isdecimal():
        return begin(ctx)
    return _taken(ctx, waiting.data, int(number[:3]))


@router.before_all
def none_of_them(ctx: Context) -> Turn | None:
    """ "0" leads to the beginning everywhere else; here it is how many."""
    waiting = ctx.person.conversation.waiting
    asked = waiting is not None and waiting.state == STATE and ctx.message.payload is None and ctx.folded == "0"
    return _taken(ctx, waiting.data, 0) if waiting is not None and asked else None


@router.state(STATE)
def typed(ctx: Context, **told: Any) -> Turn | None:
    """A number in words or digits; None where it is about something else."""
    number = number_of(ctx.text)
    if number is None:
        asks = "?" in ctx.text or len(ctx.folded.split()) > len(_NUMBERS) or asks_for_something(ctx)
        return None if asks else _question(ctx, told, again=True)
    return _taken(ctx, told, number)


def number_of(text: str) -> int | None:
    """How many people somebody says; None where they say no number.

    >>> [number_of(one) for one in ("2 người", "ba đứa", "không có ai", "hai vợ chồng", "xa lắm")]
    [2, 3, 0, 2, None]
    """
    folded = fold(text)
    if folded in _TWO:
        return _TWO[folded]
    if any(folded == one or folded.startswith(f"{one} ai") for one in _NONE) or folded in _NONE:
        return 0
    found = _TYPED.fullmatch(folded)
    if found is None:
        return None
    said = found[1]
    return int(said) if said.isdecimal() else _NUMBERS.index(said) if said in _NUMBERS else None


def _step(told: Mapping[str, Any]) -> str:
    """The first question that has no answer yet."""
    return next((one for one in STEPS if one not in told), STEPS[-1])


def _room(told: Mapping[str, Any], step: str) -> int:
    """The largest number that can be: nobody is counted twice."""
    if step == "adults":
        return MOST_PEOPLE
    return int(told["adults"]) - (int(told["stable"]) if step == "unstable" else 0)


def _taken(ctx: Context, told: Mapping[str, Any], number: int) -> Turn:
    step = _step(told)
    if number > _room(told, step):
        return _question(ctx, told, again=True)
    now = {**told, step: number}
    if step == "adults" and not number:
        now |= dict.fromkeys(STEPS[1:], 0)
    if step == "stable" and not _room(now, "unstable"):
        now["unstable"] = 0
    return _question(ctx, now) if any(one not in now for one in STEPS) else _done(ctx, now)


def _question(ctx: Context, told: Mapping[str, Any], *, again: bool = False) -> Turn:
    step = _step(told)
    most = min(_room(told, step), BUTTONS - 1)
    names = {number: ctx.button("people", f"labour-say:{step}={number}", count=number) for number in range(1, most + 1)}
    text = ctx.fill(f"labour.question.{step}", count=told.get("adults", 0))
    if again:
        text = f"{ctx.fill('labour.again', most=_room(told, step))}\n{text}"
    buttons = [*names.values(), ctx.button("nobody", f"labour-say:{step}=0")]
    return ctx.tell(text, *buttons).wait(STATE, **told)


def _done(ctx: Context, told: Mapping[str, Any]) -> Turn:
    workers = Workers(**{one: int(told[one]) for one in STEPS})
    expires = ctx.now + timedelta(days=ctx.keeping.questions)
    day = ctx.day_text(expires.astimezone(LOCAL).date())
    given = ConsentGiven(purpose=Purpose.LABOUR, expires_at=expires, wording=WORDING)
    ways = (
        (ctx.button("work_find", "work"), ctx.button("stated_write_job", "stated-kind:job")) if workers.seeking else ()
    )
    buttons = (*ways, ctx.button("labour_again", "labour"), ctx.button("menu"))
    text = ctx.fill("labour.kept", day=day, **workers.plain())
    return ctx.tell(text, *buttons).event(given, LabourTold(workers=workers))
