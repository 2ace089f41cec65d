"""Job fairs and exchange sessions: which ones come, signing up with one press, and leaving the same way."""

import re
from datetime import timedelta

from core.contacts import Purpose
from core.conversation import Turn
from core.events import EventJoined, EventLeaving, EventLeft, EventNamed, EventsAsked
from core.text import fold
from handlers import localities
from handlers.context import ELSEWHERE, Context
from handlers.routing import Router
from handlers.selfcheck.aside import is_other
from handlers.work import fair_asked

router = Router("events")

STATE, LEAVING = "events.name", "events.leaving"
MOST_WORDS = 24  # in longer texts somebody tells what happened
MOST_NAME, NAME_WORDS = 60, 7  # characters and words of a name
_ASKED = re.compile(
    r"\b(?:ngay hoi (?:tim |tuyen )?(?:viec|dung)(?: lam)?|hoi cho viec lam|(?:phien|san) giao dich(?: viec lam)?"
    r"|phien (?:viec lam|tuyen dung)|hoi nghi (?:gioi thieu |tu van )*viec lam"
    rf"|{fold('job fair')}|{fold('job fairs')}|job exchanges?)\b"
)
_NAME = re.compile(r"[^\W\d_]+(?:[ '’.-]+[^\W\d_]+)*\.?")


@router.before_understanding
def asked(ctx: Context) -> Turn | None:
    """In one's own words."""
    if ctx.message.payload is not None or ctx.folded.count(" ") >= MOST_WORDS or not _ASKED.search(ctx.folded):
        return None
    return show(ctx)


@router.press("events")
@router.word("ngày hội việc làm", "phiên giao dịch việc làm", "hội nghị giới thiệu việc làm", "job fair", "job fairs")
def show(ctx: Context, said: str = "") -> Turn:
    """The next one, or the one at a place among those that come; it takes the place of this reply."""
    if ctx.contact.locality == ELSEWHERE:
        return ctx.say("work.elsewhere", ctx.topic_button("job-connection"), ctx.button("menu"))
    if ctx.locality is None:
        return localities.ask(ctx, pending="ngày hội việc làm")
    start = int(said) if said.isascii() and said.isdecimal() and len(said) <= 2 else 0
    none = "event.no_more" if start else "event.none"
    return ctx.say(none, ctx.button("work"), ctx.button("officer"), ctx.button("menu")).event(EventsAsked(start=start))


@router.press("event-yes")
def comes(ctx: Context, said: str) -> Turn:
    """They come: kept from now on, as the words above the button said."""
    number = _number(said)
    if number is None:
        return show(ctx)
    return _gone(ctx).event(EventJoined(event_id=number, keep_days=ctx.keeping.questions))


@router.press("event-pass")
def passes(ctx: Context, said: str = "") -> Turn:
    """They let it pass; who signed up meanwhile is asked whether the seat is to go, for "thôi" may mean anything."""
    nothing = _nothing_kept(ctx)
    return _leaving(nothing, _number(said) or 0) if holds_seat(ctx) else nothing


def holds_seat(ctx: Context) -> bool:
    """Whether they signed up for something that is not over: their yes holds for so many days after it."""
    kept = timedelta(days=ctx.keeping.questions)
    return any(one.purpose is Purpose.EVENTS and one.expires_at - kept > ctx.now for one in ctx.person.consents)


def leaving(ctx: Context, number: int = 0, *, again: bool = False) -> Turn:
    """One clear question before the seat is somebody else's; it takes the place of this reply."""
    return _leaving(_gone(ctx), number, again=again)


def _leaving(turn: Turn, number: int, *, again: bool = False) -> Turn:
    turn = turn.wait(LEAVING, deed="leave-fair", event=number)
    return turn.event(EventLeaving(event_id=number, again=again))


@router.state(LEAVING)
def unsure(ctx: Context, event: int, **_: object) -> Turn | None:
    """Neither a yes nor a no; None where it is about something else."""
    return None if is_other(ctx) else leaving(ctx, event, again=True)


@router.press("event-out")
def goes_out(ctx: Context, said: str = "") -> Turn:
    """Yes, the seat is for somebody else."""
    number = _number(said)
    return show(ctx) if number is None else _gone(ctx).event(EventLeft(event_id=number))


@router.press("event-stay")
def stays_in(ctx: Context, _: str = "") -> Turn:
    """They come after all, and that is said; where nothing is theirs any more, what comes is shown."""
    if not holds_seat(ctx):
        return show(ctx)
    return ctx.say("event.stays", ctx.button("events"), ctx.button("menu"))


@router.press("event-no")
def stays_away(ctx: Context, said: str) -> Turn:
    """They do not come; who had signed up leaves a seat for somebody else."""
    number = _number(said)
    turn = _nothing_kept(ctx)
    return turn if number is None else turn.event(EventLeft(event_id=number))


def _nothing_kept(ctx: Context) -> Turn:
    return ctx.say("event.nothing_kept", ctx.button("work"), ctx.button("officer"), ctx.button("menu"))


@router.press("event-name")
@router.word("ghi tên ngày hội", "ghi tên ngày hội việc làm", "my name for the job fair")
def ask_name(ctx: Context, said: str = "0") -> Turn:
    """What they want to be called on the list; by 0, on every list on which they are."""
    number = _number(said)
    return show(ctx) if number is None else ctx.say("event.ask_name", ctx.button("menu")).wait(STATE, event=number)


@router.state(STATE)
def read_name(ctx: Context, event: int) -> Turn | None:
    """A name; None where it is about something else."""
    name = " ".join(ctx.text.split())
    if event and (about := fair_asked.about_in(ctx)):
        return fair_asked.answer(ctx, event, about)
    if not _NAME.fullmatch(name) or len(name) > MOST_NAME or len(name.split()) > NAME_WORDS:
        return None
    return _gone(ctx).event(EventNamed(event_id=event, name=name))


def _gone(ctx: Context) -> Turn:
    return ctx.say("event.gone", ctx.button("events"), ctx.button("officer"), ctx.button("menu"))


def _number(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= 18 else None
