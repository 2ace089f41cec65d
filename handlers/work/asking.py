"""What somebody looks for: five short questions after a yes, to be changed or forgotten at any time."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from content.trades import asks_how_many
from content.understanding.assent import assent
from core.contacts import Purpose
from core.conversation import ConsentGiven, ConsentWithdrawn, Turn
from core.messages import QuickReply
from core.text import fold
from core.work import (
    Answer,
    Answered,
    Hindrance,
    OfferAnswered,
    OfferKind,
    Reach,
    Times,
    Unfit,
    WorkAsked,
    WorkTold,
    read_profile,
)
from handlers import localities
from handlers.besides import asks, beside
from handlers.context import ELSEWHERE, LOCAL, Context, join
from handlers.needs.asking import needs_else
from handlers.routing import Router
from handlers.selfcheck.aside import is_other
from handlers.work.heard import ANY_WORK, Heard, heard_in, no_trade
from handlers.work.wishing import gets_news

router = Router("work")

WORDING = "work.ask"  # what somebody reads before anything is kept
CONSENT, STATE = "work.consent", "work.profile"
STEPS = ("can", "wants", "reach", "times", "held")
PAGE = 3  # groups of trades in a bubble, beside "others" and "none"
TRADES = ("can", "wants")
HEARD = "heard"  # what holds somebody back, said before it was asked
TYPED = 10  # words; in a longer text a single one may mean anything
_MORE = re.compile(
    r"(?:toi |cho )*(?:xem|coi) (?:them|nua|tiep)(?: (?:nghe|viec|di|nha|nhe|nao|khac|nua))*|(?:con )?nghe khac"
)
MOST_CHANGED = 14  # words
_CHANGES = re.compile(
    r"(?:\w+ ){0,5}?(?:doi|chuyen|sua)(?: \w+){0,4}? (?:thanh|sang|qua|lai la|nghe|viec)\b(.*)"
    r"|(.*?)\b(?:chu|chu dau|moi dung) (?:khong|dau|chang)(?: phai| co)?\b.*"
)
_NONE = ("khong", "chua co", "chua biet", "gi cung", "nao cung", "khong biet", "none", "nothing", "anything", "xong")
_BROWSES = re.compile(r"(?:toi |em |cho )*(?:chi |muon |cu )*(?:xem|coi)(?: (?:viec|thu|truoc|da|thoi|choi|cai|di))*")
_SAID: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "reach": (
        (Reach.ANYWHERE, ("xa nha", "xa cung", "dau cung", "o lai", "tinh khac", "anywhere", "far")),
        (Reach.DAILY, ("sang di", "toi ve", "ve trong ngay", "di ve", "daily", "home")),
        (Reach.HERE, ("trong phuong", "trong xa", "gan nha", "tai nha", "trong thon", "o day", "gan", "here", "near")),
    ),
    "times": (
        (Times.PARTLY, ("vai gio", "mua vu", "nua ngay", "buoi", "thoi vu", "luc ranh", "some hours", "season")),
        (Times.DAYTIME, ("ban ngay", "gio hanh chinh", "daytime", "day")),
        (Times.ANY, ("luc nao", "gio nao", "ca ngay", "ban dem", "any")),
    ),
    "held": (
        (Hindrance.CHILDREN, ("con nho", "giu con", "trong con", "nuoi con", "chau nho", "children", "child")),
        (Hindrance.HEAVY, ("viec nang", "lam nang", "yeu", "benh", "om", "dau lung", "nang nhoc", "heavy")),
        (Hindrance.VEHICLE, ("khong co xe", "khong xe", "chua co xe", "di bo", "no vehicle", "no motorbike")),
    ),
}


def has_profile(ctx: Context) -> bool:
    """Whether somebody agreed that what they look for is kept, and still does."""
    return any(one.purpose is Purpose.WORK and one.expires_at > ctx.now for one in ctx.person.consents)


def listing(ctx: Context, kind: OfferKind = OfferKind.VACANCY, start: int = 0) -> Turn:
    """What suits, from a place in the list on; the list takes the place of this reply."""
    return none_left(ctx, kind).event(WorkAsked(kind=kind, start=start))


def none_left(ctx: Context, kind: OfferKind) -> Turn:
    """Nothing suits now, or nothing more."""
    other = OfferKind.COURSE if kind is OfferKind.VACANCY else OfferKind.VACANCY
    look = ctx.button(f"work_see_{other.value}", f"work-list:{other.value}:0")
    news = () if gets_news(ctx) else (ctx.button("work_news", "work-news"),)
    change_ = ctx.button("work_change", "work-change")
    return ctx.say(f"work.none.{kind.value}", look, *news, ctx.button("events"), change_, ctx.button("officer"))


def open_list(ctx: Context, kind: OfferKind = OfferKind.VACANCY, start: int = 0) -> Turn:
    """What is open here, from a place in the list on, for who told nothing; nothing is kept of it."""
    other = OfferKind.COURSE if kind is OfferKind.VACANCY else OfferKind.VACANCY
    look = ctx.button(f"work_see_{other.value}", f"work-browse:{other.value}:0")
    turn = ctx.say(f"work.none_open.{kind.value}", look, ctx.button("officer"), ctx.button("menu"))
    return turn.event(WorkAsked(kind=kind, start=start))


@router.press("work")
@router.word("việc cho tôi", "tìm việc", "tìm việc cho tôi", "tôi tìm việc", "tìm việc làm", "có việc gì không")
@router.word("có việc gì cho tôi không", "xem việc", "find work", "work for me", "jobs for me")
def work(ctx: Context, _: str = "") -> Turn:
    """Vacancies that suit; who told nothing yet is asked whether something may be kept."""
    return stranger(ctx) or (listing(ctx) if has_profile(ctx) else ask(ctx))


@router.word("lớp nghề cho tôi", "tìm lớp nghề", "lớp học nghề cho tôi", "xem lớp nghề", "courses for me")
def courses(ctx: Context) -> Turn:
    """Courses that suit."""
    return stranger(ctx) or (listing(ctx, OfferKind.COURSE) if has_profile(ctx) else ask(ctx))


def stranger(ctx: Context) -> Turn | None:
    """Offers are a ward's: who lives nowhere we know of is asked where, who lives elsewhere reads the card."""
    if ctx.contact.locality == ELSEWHERE:
        return ctx.say("work.elsewhere", ctx.topic_button("job-connection"), ctx.button("menu"))
    return localities.ask(ctx, pending="tìm việc") if ctx.locality is None else None


def ask(ctx: Context) -> Turn:
    """What would be kept, for what, who sees it and how long: then a yes or a no."""
    buttons = (ctx.button("work_agree", "work-agree"), ctx.button("work_browse", "work-browse"))
    return ctx.say(WORDING, *buttons, ctx.button("work_refuse", "work-refuse")).wait(CONSENT)


@router.state(CONSENT)
def read_consent(ctx: Context) -> Turn | None:
    """Yes or no in the person's own words."""
    if _BROWSES.fullmatch(ctx.folded):
        return refused(ctx)
    yes = assent(ctx.text)
    return None if yes is None else (agreed(ctx) if yes else refused(ctx))


@router.press("work-agree")
def agreed(ctx: Context, _: str = "") -> Turn:
    """The questions begin; only below the question. Nothing is kept before the last one is answered."""
    waiting = ctx.person.conversation.waiting
    if waiting is None or waiting.state != CONSENT:
        return work(ctx)
    return _question(ctx, {})


@router.press("work-refuse")
def refused(ctx: Context, _: str = "") -> Turn:
    """Nothing is kept; what is open may be looked at all the same, and comes right behind."""
    if (elsewhere := stranger(ctx)) is not None:
        return elsewhere
    return ctx.say("work.refused").then(listing(ctx) if has_profile(ctx) else open_list(ctx))


@router.press("work-change")
@router.word("sửa điều đã kể", "đổi việc muốn làm", "change what I look for")
def change(ctx: Context, _: str = "") -> Turn:
    """The questions once more; until the last one is answered what was told before stays."""
    return stranger(ctx) or (_question(ctx, {}) if has_profile(ctx) else ask(ctx))


@router.before_understanding
def changes(ctx: Context) -> Turn | None:
    """ "Đổi qua phụ hồ", "nghề nấu ăn chứ không phải may": the questions again, with what is wanted now."""
    found = _CHANGES.fullmatch(ctx.folded) if ctx.message.payload is None and has_profile(ctx) else None
    trades = ctx.content.trades.named_in(next(filter(None, found.groups()))) if found is not None else []
    if not trades or ctx.folded.count(" ") >= MOST_CHANGED:
        return None
    titles = [ctx.content.trades.title(one, ctx.lang) for one in trades]
    return stranger(ctx) or _question(ctx, {"wants": trades}, noted=titles)


@router.press("work-forget")
@router.word("thôi tìm việc", "không tìm việc nữa", "xóa điều đã kể", "stop looking for work")
def forget(ctx: Context, _: str = "") -> Turn:
    """It goes at once, with what was said of offers."""
    return ctx.say("work.forgotten", ctx.button("mydata"), ctx.button("menu")).event(
        ConsentWithdrawn(purpose=Purpose.WORK)
    )


@router.before_all
def more_trades(ctx: Context) -> Turn | None:
    """ "Xem thêm" below a list of trades means its next page, and not what it means everywhere else."""
    waiting = ctx.person.conversation.waiting
    asked = waiting is not None and waiting.state == STATE and ctx.message.payload is None
    if waiting is None or not asked or not _MORE.fullmatch(ctx.folded):
        return None
    told = dict(waiting.data)
    return _question(ctx, {**told, "page": int(told.get("page", 0)) + 1} if _step(told) in TRADES else told)


@router.state(STATE)
def read_typed(ctx: Context, **told: Any) -> Turn | None:
    """An answer in the person's own words, with what it says of later questions; what they ask is answered besides."""
    step = _step(told)
    if needs_else(ctx):
        return None
    trades = list(ctx.content.trades.named_in(ctx.text)) if step in TRADES else []
    heard = heard_in(ctx.text)
    found = _found(ctx, step, trades, heard)
    noted, told = _noted(ctx, step, told, heard)
    if found is None and (asks(ctx.text) or asks_how_many(ctx.text)):
        return beside(ctx, _question(ctx, told, noted=noted))
    if found is not None:
        if step == "wants" and not found and trades and not told.get("can"):
            told = {**told, "can": trades}  # "việc gì cũng được, phụ hồ, rửa chén": those come first
        return _taken(ctx, told, step, found, noted)
    if not noted and is_other(ctx):
        return beside(ctx, _question(ctx, told))
    return _question(ctx, told, again=not noted, noted=noted)


def _found(ctx: Context, step: str, trades: Sequence[str], heard: Heard) -> Sequence[str] | None:
    """What answers the question that waits; None where nothing does."""
    if step in TRADES:
        if step == "wants" and ANY_WORK.search(ctx.folded):
            return ()
        if trades:
            return trades
        nothing = any(f"{ctx.folded} ".startswith(f"{one} ") for one in _NONE)
        return () if nothing or ANY_WORK.search(ctx.folded) or (step == "can" and no_trade(ctx.text)) else None
    short = len(ctx.folded.split()) <= TYPED and "?" not in ctx.text
    named = [value for value, words in _SAID[step] if any(f" {one} " in f" {ctx.folded} " for one in words)]
    found = list(dict.fromkeys([*heard.get(step, ()), *(named if short else ())]))
    if found:
        return found if step == "held" else found[:1]
    nothing = step != "reach" and short and any(f"{ctx.folded} ".startswith(f"{one} ") for one in _NONE)
    return () if nothing else None


def _noted(ctx: Context, step: str, told: Mapping[str, Any], heard: Heard) -> tuple[list[str], dict[str, Any]]:
    """What a sentence says of questions that come later: how it is told back, and what is kept with it."""
    kept, said = dict(told), list[str]()
    for name, values in heard.items():
        if name == step or (name in told and name != "held"):
            continue
        said += [ctx.words.text(f"button.work_{name}_{one}") for one in values]
        if name == "held":
            kept[HEARD] = list(dict.fromkeys([*told.get(HEARD, ()), *(str(one) for one in values)]))
        else:
            kept[name] = str(values[0])
    return said, kept


@router.press("work-say")
def read_press(ctx: Context, said: str) -> Turn:
    """An answer that was pressed; only below its question."""
    waiting = ctx.person.conversation.waiting
    if waiting is None or waiting.state != STATE:
        return work(ctx)
    step, _, value = said.partition("=")
    told = dict(waiting.data)
    if step != _step(told):
        return _question(ctx, told)
    if value.startswith("page"):
        return _question(ctx, {**told, "page": int(value[4:]) if value[4:].isdecimal() else 0})
    if value == "none":
        return _taken(ctx, told, step, ())
    if value not in _values(ctx, step):
        return _question(ctx, told)
    return _taken(ctx, told, step, (value,))


def _values(ctx: Context, step: str) -> Iterable[str]:
    kinds: Mapping[str, Iterable[str]] = {"reach": Reach, "times": Times, "held": Hindrance}
    return ctx.content.trades.groups if step in TRADES else [*kinds[step]]


def _step(told: Mapping[str, Any]) -> str:
    """The first question that has no answer yet; what holds somebody back is asked until there is nothing more."""
    return next((one for one in STEPS if one not in told), "held")


def _taken(ctx: Context, told: Mapping[str, Any], step: str, found: Sequence[str], noted: Sequence[str] = ()) -> Turn:
    told = {name: value for name, value in told.items() if name != "page"}
    if step == "held":
        return _done(ctx, told, found)
    value = list(found) if step in TRADES else next(iter(found), None)
    if value is None:  # "whenever"
        value = Times.ANY.value
    told = {**told, step: value}
    if _step(told) == "held" and told.get(HEARD):
        return _done(ctx, told, ())  # what holds them back was said already
    return _question(ctx, told, noted=noted)


def _question(ctx: Context, told: Mapping[str, Any], *, again: bool = False, noted: Sequence[str] = ()) -> Turn:
    """The next question with its buttons; what was not understood is asked once more, saying how to answer."""
    step = _step(told)
    buttons = _trades(ctx, step, told) if step in TRADES else _choices(ctx, step)
    lines = [
        ctx.fill("work.noted", said="; ".join(one[:1].lower() + one[1:] for one in noted)) if noted else "",
        ctx.fill("work.again") if again else "",
        ctx.fill(f"work.question.{step}", number=STEPS.index(step) + 1, count=len(STEPS)),
    ]
    return ctx.tell(join(lines), *buttons).wait(STATE, **told)


def _trades(ctx: Context, step: str, told: Mapping[str, Any]) -> list[QuickReply]:
    groups = list(ctx.content.trades.groups.values())
    first = int(told.get("page", 0)) * PAGE
    first = first if first < len(groups) else 0
    shown = [
        QuickReply(label=one.button.get(ctx.lang), payload=f"work-say:{step}={one.id}")
        for one in groups[first : first + PAGE]
    ]
    following = first // PAGE + 1 if first + PAGE < len(groups) else 0
    more = ctx.button("work_other_trades", f"work-say:{step}=page{following}")
    return [*shown, more, ctx.button(f"work_none_{step}", f"work-say:{step}=none")]


def _choices(ctx: Context, step: str) -> list[QuickReply]:
    shown = [ctx.button(f"work_{step}_{value}", f"work-say:{step}={value}") for value in _values(ctx, step)]
    return [*shown, ctx.button("work_none_held", "work-say:held=none")] if step == "held" else shown


def _done(ctx: Context, told: Mapping[str, Any], held: Sequence[str]) -> Turn:
    """Kept from now on, and the first of what suits comes right behind."""
    profile = read_profile({**told, "held": list(dict.fromkeys([*told.get(HEARD, ()), *held]))})
    expires = ctx.now + timedelta(days=ctx.keeping.questions)
    day = ctx.day_text(expires.astimezone(LOCAL).date())
    given = ConsentGiven(purpose=Purpose.WORK, expires_at=expires, wording=WORDING)
    turn = ctx.say("work.kept", day=day).event(given, WorkTold(profile=profile))
    # What was told of what holds somebody back is not kept among the messages.
    return turn.then(listing(ctx)).in_private()


@router.press("work-list")
def more(ctx: Context, said: str) -> Turn:
    """The next of the list."""
    return stranger(ctx) or (listing(ctx, *place_in_list(said)) if has_profile(ctx) else ask(ctx))


def place_in_list(said: str) -> tuple[OfferKind, int]:
    """Of which list, and from where on, a button says; what no button of ours says is the beginning."""
    kind, _, start = said.partition(":")
    known = OfferKind(kind) if kind in set(OfferKind) else OfferKind.VACANCY
    return known, int(start) if start.isascii() and start.isdecimal() and len(start) <= 3 else 0


@router.press("work-yes")
def suits(ctx: Context, said: str) -> Turn:
    """It suits: kept for the officers' count, and whom to ask takes the place of this reply."""
    number = _number(said)
    if number is None or not has_profile(ctx):
        return work(ctx)
    news = () if gets_news(ctx) else (ctx.button("work_news", "work-news"),)
    buttons = (ctx.button("work_see", "work"), *news, ctx.button("events"), ctx.button("officer"), ctx.button("menu"))
    turn = ctx.say("work.gone", *buttons)
    return turn.event(OfferAnswered(answered=Answered(offer_id=number, answer=Answer.INTERESTED)))


@router.press("work-no")
def suits_not(ctx: Context, said: str) -> Turn:
    """It does not: why, so that the next ones fit better."""
    number = _number(said)
    if number is None or not has_profile(ctx):
        return work(ctx)
    return ctx.say("work.why_not", *(ctx.button(f"work_{one}", f"work-why:{number}:{one}") for one in Unfit))


@router.press("work-why")
def because(ctx: Context, said: str) -> Turn:
    """Why it does not suit; the next one comes right behind."""
    first, _, why = said.partition(":")
    number = _number(first)
    if number is None or why not in set(Unfit) or not has_profile(ctx):
        return work(ctx)
    answered = Answered(offer_id=number, answer=Answer.NOT_FIT, why=Unfit(why))
    said_so = ctx.words.text(f"button.work_{why}") if why != Unfit.OTHER else ctx.words.text("button.work_no")
    turn = ctx.say("work.remembered", why=said_so[:1].lower() + said_so[1:]).event(OfferAnswered(answered=answered))
    return turn.then(_not_seen(ctx))


def _not_seen(ctx: Context) -> Turn:
    """The best of what they have not seen; what they saw is shown again only where they ask for it."""
    return none_left(ctx, OfferKind.VACANCY).event(WorkAsked(kind=OfferKind.VACANCY, new=True))


def _number(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= 18 else None


assert all(fold(one) == one for steps in _SAID.values() for _, words in steps for one in words)  # noqa: S101
