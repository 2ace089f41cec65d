"""What work could suit somebody: five short questions, then courses, vacancies and cards; an officer may call back.

What is told stays in the conversation. It is kept as what somebody looks for, or given to an officer, by a yes alone.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from content.trades import asks_how_many
from content.understanding.assent import assent
from core.contacts import Purpose
from core.conversation import ConsentGiven, Turn
from core.messages import QuickReply
from core.work import Counselled, Hindrance, Profile, Reach, Times, WorkTold
from handlers import localities
from handlers.context import ELSEWHERE, LOCAL, Context, join
from handlers.needs.asking import asks_for_something, needs_else
from handlers.routing import Router
from handlers.work import asking

router = Router("counselling")

STATE, DONE, KEEP = "counsel.question", "counsel.done", "counsel.keep"
STEPS = ("aim", "can", "load", "family", "reach")
AIMS = ("soon", "learn", "business", "school")
VALUES: Mapping[str, tuple[str, ...]] = {
    "aim": AIMS,
    "load": ("heavy", "light"),
    "family": ("children", "care", "free"),
    "reach": tuple(Reach),
}
# What else can be read, by what somebody wants; only topics that have a card are shown.
TOPICS: Mapping[str, tuple[str, ...]] = {
    "soon": ("job-connection", "job-loan"),
    "learn": ("vocational-training", "job-loan"),
    "business": ("production-loan", "livelihood-project", "startup"),
    "school": ("vocational-training", "tuition"),
}
_ASKS = re.compile(
    r"(?:cho |xin |nho |muon |can |duoc |em |toi |minh |chau |con |oi |can bo )*"
    r"(?:tu van|dinh huong|huong nghiep|chon)(?: (?:giup|cho|ve|em|toi|minh|chau|con|nha))*"
    r" (?:nghe|viec|viec lam|nghe nghiep|huong nghiep)(?: (?:nghiep|giup|cho|em|toi|minh|chau|con|voi|a|nhe|phu hop|hop"
    r"|nao|gi))*"
    r"|.*\b(?:khong|chua|ko|k|hong) biet (?:nen )?(?:lam|hoc) (?:nghe |viec )?gi(?: (?:bay gio|de song|day|nua|a|ca|het"
    r"|cho hop|hop|tiep|kiem tien|de kiem tien|dau))*"
    r"|.*\b(?:hoc xong|het|tot nghiep|xong|nghi hoc) (?:lop )?(?:9|12|chin|muoi hai|cap 2|cap 3)(?: roi)?"
    r"(?: (?:thi|nen|khong biet|gio|con|chau|em))* (?:lam|hoc) (?:nghe )?gi(?: (?:bay gio|day|a|hop|cho hop|duoc))*"
    r"|(?:i )?(?:do not|don t) know what (?:work|job) to (?:do|take|look for)|(?:job|career) (?:advice|counselling)"
)
MOST_WORDS = 22
TYPED = 10  # words of an answer; a longer text is about something else
PAGE = 3  # groups of trades in a bubble, beside "others" and "none"
_SAID: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "aim": (
        ("school", ("lop 9", "lop chin", "lop 12", "cap 2", "cap 3", "vua hoc xong", "moi ra truong", "school")),
        ("business", ("tu lam", "lam an", "buon ban", "kinh doanh", "mo quan", "chan nuoi", "trong trot", "business")),
        ("learn", ("hoc nghe", "hoc", "nghe moi", "learn", "course")),
        ("soon", ("co viec", "viec ngay", "di lam", "kiem viec", "tim viec", "job", "work")),
        ("soon", ("chua biet", "khong biet", "gi cung", "nao cung")),
    ),
    "load": (
        ("light", ("khong lam nang", "khong lam duoc", "khong the", "khong noi", "nhe", "yeu", "benh", "om", "light")),
        ("heavy", ("duoc", "nang", "khoe", "co", "khong sao", "yes", "heavy")),
        ("light", ("khong", "no")),
    ),
    "family": (
        ("children", ("con nho", "giu con", "trong con", "nuoi con", "chau nho", "children", "child")),
        ("care", ("nguoi gia", "nguoi om", "nguoi benh", "cham", "bo me", "cha me", "me gia", "care", "parents")),
        ("free", ("khong", "ranh", "no", "free", "xong")),
    ),
    "reach": (
        (Reach.ANYWHERE, ("xa nha", "xa cung", "dau cung", "o lai", "tinh khac", "anywhere", "far")),
        (Reach.DAILY, ("sang di", "toi ve", "ve trong ngay", "di ve", "daily", "home")),
        (Reach.HERE, ("trong phuong", "trong xa", "gan nha", "tai nha", "trong thon", "o day", "here", "near")),
    ),
}
_ME = r"(?:(?:toi|tui|em|minh|chau|con|da|thi|cung) )*"
_CANNOT = re.compile(rf"{_ME}(?:khong|ko|k|chua|chang|gi cung|nao cung|none|nothing|anything)\b")


@router.before_understanding
def asked(ctx: Context) -> Turn | None:
    """In one's own words: what to do, what to learn."""
    if ctx.folded.count(" ") >= MOST_WORDS or _ASKS.fullmatch(ctx.folded.rstrip("?. ")) is None:
        return None
    school = re.search(r"\b(?:lop (?:9|12|chin|muoi hai)|cap [23])\b", ctx.folded)
    return begin(ctx, "school" if school else "")


@router.press("counsel")
@router.word("tư vấn", "tư vấn nghề", "tư vấn việc làm", "hướng nghiệp", "career advice")
def begin(ctx: Context, aim: str = "") -> Turn:
    """The first question, or the second where the words said already what is wanted."""
    if ctx.contact.locality == ELSEWHERE:
        return ctx.say("work.elsewhere", ctx.topic_button("job-connection"), ctx.button("menu"))
    if ctx.locality is None:
        return localities.ask(ctx, pending=ctx.text or "tư vấn nghề")
    turn = _question(ctx, {"aim": aim} if aim in AIMS else {})
    hello = ctx.say("counsel.begin")
    return hello.then(turn)


@router.state(STATE)
def read_typed(ctx: Context, **told: Any) -> Turn | None:
    """An answer in the person's own words; None where it is about something else."""
    step = _step(told)
    if needs_else(ctx):
        return None
    if step == "can":
        found = ctx.content.trades.named_in(ctx.text)
        if not found and _CANNOT.match(ctx.folded):
            return _taken(ctx, told, step, "")
        value: str | None = ",".join(found) or None
    else:
        value = next((name for name, words in _SAID[step] if _names(ctx.folded, words)), None)
    if value is not None:
        return _taken(ctx, told, step, value)
    asks = "?" in ctx.text or asks_how_many(ctx.text) or len(ctx.folded.split()) > TYPED
    return None if asks or asks_for_something(ctx) else _question(ctx, told, again=True)


def _names(folded: str, words: Sequence[str]) -> bool:
    return any(f" {one} " in f" {folded} " for one in words)


@router.press("counsel-say")
def read_press(ctx: Context, said: str) -> Turn:
    """An answer that was pressed; only below its question."""
    waiting = ctx.person.conversation.waiting
    if waiting is None or waiting.state != STATE:
        return begin(ctx)
    step, _, value = said.partition("=")
    told = dict(waiting.data)
    if step != _step(told):
        return _question(ctx, told)
    if value.startswith("page"):
        return _question(ctx, {**told, "page": int(value[4:]) if value[4:].isdecimal() else 0})
    if value not in ("", *_values(ctx, step)) or (value == "" and step != "can"):
        return _question(ctx, told)
    return _taken(ctx, told, step, value)


def _values(ctx: Context, step: str) -> Sequence[str]:
    if step == "can":
        return tuple(ctx.content.trades.groups)
    return VALUES[step]


def _step(told: Mapping[str, Any]) -> str:
    return next((one for one in STEPS if one not in told), "reach")


def _taken(ctx: Context, told: Mapping[str, Any], step: str, value: str) -> Turn:
    now = {**{name: said for name, said in told.items() if name != "page"}, step: value}
    turn = _question(ctx, now) if any(one not in now for one in STEPS) else _done(ctx, now)
    # What was told of one's health and household is not kept among the messages.
    return turn.in_private() if step in ("load", "family") else turn


def _question(ctx: Context, told: Mapping[str, Any], *, again: bool = False) -> Turn:
    step = _step(told)
    number = STEPS.index(step) + 1
    text = ctx.fill(f"counsel.question.{step}", number=number, count=len(STEPS))
    if again:
        text = join([ctx.fill("work.again"), text])
    return ctx.tell(text, *_buttons(ctx, step, told)).wait(STATE, **told)


def _buttons(ctx: Context, step: str, told: Mapping[str, Any]) -> list[QuickReply]:
    if step == "can":
        return _trades(ctx, told)
    names = {"reach": "work_reach"}.get(step, f"counsel_{step}")
    return [ctx.button(f"{names}_{one}", f"counsel-say:{step}={one}") for one in _values(ctx, step)]


def _trades(ctx: Context, told: Mapping[str, Any]) -> list[QuickReply]:
    groups = list(ctx.content.trades.groups.values())
    first = int(told.get("page", 0)) * PAGE
    first = first if first < len(groups) else 0
    shown = [
        QuickReply(label=one.button.get(ctx.lang), payload=f"counsel-say:can={one.id}")
        for one in groups[first : first + PAGE]
    ]
    following = first // PAGE + 1 if first + PAGE < len(groups) else 0
    more = ctx.button("work_other_trades", f"counsel-say:can=page{following}")
    return [*shown, more, ctx.button("work_none_can", "counsel-say:can=")]


def profile_of(told: Mapping[str, Any]) -> Profile:
    """What was told, as what somebody looks for. Who may lift nothing heavy, or minds children, is held back by it."""
    can = tuple(one for one in str(told.get("can", "")).split(",") if one)
    # Who has just left school may be under 18: heavy work is not for them either.
    held = [Hindrance.HEAVY] if told.get("load") == "light" or told.get("aim") == "school" else []
    held += [Hindrance.CHILDREN] if told.get("family") in ("children", "care") else []
    times = Times.DAYTIME if told.get("family") in ("children", "care") else Times.ANY
    reach = Reach(told["reach"]) if told.get("reach") in set(Reach) else Reach.DAILY
    return Profile(can=can, reach=reach, times=times, held=tuple(held))


def _done(ctx: Context, told: Mapping[str, Any]) -> Turn:
    """What suits takes the place of the first bubble; below it, what else can be read and done."""
    cards = [
        ctx.topic_button(one)
        for one in TOPICS[str(told["aim"])]
        if one in ctx.content.topics and ctx.content.has_card(one, locality=ctx.place_id, on=ctx.today)
    ]
    found = ctx.say("counsel.nothing").event(Counselled(profile=profile_of(told), aim=str(told["aim"])))
    last = ctx.say(
        "counsel.next",
        *cards[:3],
        ctx.button("counsel_call", "counsel-call"),
        ctx.button("counsel_keep", "counsel-keep") if len(cards) < 4 else ctx.button("officer"),
    )
    return found.then(last).wait(DONE, **told)


@router.press("counsel-keep")
def keep(ctx: Context, _: str = "") -> Turn:
    """What was told may be kept, to find work by: what that means, then a yes or a no."""
    told = told_in(ctx)
    if told is None:
        return asking.work(ctx)
    buttons = (ctx.button("work_agree", "counsel-agree"), ctx.button("work_refuse", "work-refuse"))
    return ctx.say(asking.WORDING, *buttons).wait(KEEP, **told)


def told_in(ctx: Context) -> Mapping[str, Any] | None:
    """What was told in this talk, as long as it is about that; None where it is gone."""
    waiting = ctx.person.conversation.waiting
    known = waiting is not None and waiting.state.startswith("counsel.") and waiting.state != STATE
    return waiting.data if known and waiting is not None else None


@router.state(KEEP)
def read_consent(ctx: Context, **_: Any) -> Turn | None:
    """Yes or no in the person's own words."""
    yes = assent(ctx.text)
    return None if yes is None else (agreed(ctx) if yes else asking.refused(ctx))


@router.press("counsel-agree")
def agreed(ctx: Context, _: str = "") -> Turn:
    """Kept from now on, by the same consent as what is told to find work."""
    waiting = ctx.person.conversation.waiting
    if waiting is None or waiting.state != KEEP:
        return asking.work(ctx)
    expires = ctx.now + timedelta(days=ctx.keeping.questions)
    given = ConsentGiven(purpose=Purpose.WORK, expires_at=expires, wording=asking.WORDING)
    day = ctx.day_text(expires.astimezone(LOCAL).date())
    turn = ctx.say("work.kept", ctx.button("work"), ctx.button("menu"), day=day)
    return turn.event(given, WorkTold(profile=profile_of(waiting.data))).in_private()
