"""Where the person lives: asked once, changeable with one word, never mixed with another place."""

import re
from collections.abc import Sequence

from content.hamlets import HAMLET_WORDS
from content.locality import Locality
from content.understanding import Decision
from content.understanding.assent import assent
from core.conversation import Turn
from core.messages import QuickReply
from core.text import clean, fold_ours
from handlers import again
from handlers.context import ELSEWHERE, Context
from handlers.routing import Router

router = Router("localities")

HAMLET_NAMES = ("thôn", "tổ", "làng", "bản", "khu", "ấp", "xóm", "buôn", "khối")
_AMBIGUOUS = ("to", "ban", "lang", "buon", "khoi")
# "Bán 20 con gà" without marks is no "bản 20".
_SELLS = re.compile(
    r"ban \d[\d.,]* ?(?:con|kg|ky|ki|can|ta|tan|yen|lit|trai|qua|bao|bi|bo|buoi|nai|chuc|cay|goc|thung|hop|lo|goi|cai"
    r"|chiec|met|dan|lua)\b"
)
PLACE_WORDS = ("xa", "phuong", "thi", "huyen", "tinh", "thanh", "tp", "o")  # how the name of a place begins
SKIP_WORDS = ("skip", "khong", "ko", "k", "thoi", "bo", "khong noi", "khong can", "khong biet", "none", "no")
NAME_WORDS = 3  # of the name of a place
HAMLET_LENGTH = 60  # characters; longer is a question, not a name
LONGEST_YES = 4  # words of "ừ đổi đi em"
# "Tôi nhầm, tôi ở ...": said of oneself, so the place changes at once. "Em tôi ở ..." is about somebody else.
_LIVES_THERE = re.compile(
    r"(?:(?:khong|a|oi|xin loi|thuc ra|that ra|phai|(?:(?:toi|em|minh|con|chau) )?(?:\w+ )?(?:nham|lon)(?: roi)?) "
    r"){0,4}"
    r"(?:nha )?(?:toi|em|tui|minh|con|chau|bac) (?:(?:dang|da|cung|van|moi|chuyen|thuc ra|that ra) ){0,2}o "
    r"(?!.*\b(?:duoc|may|gi|nao|bao nhieu|sao|khong)\b)"
)
_ASKS = re.compile(
    r"\b(?:bao gio|chung nao|khi nao|bao nhieu|the nao|lam sao|o dau|cho nao|vi sao|tai sao)\b"
    r"|\b(?:khong|chua|gi|ai|sao)$"
)
PLACES = 4  # buttons for places; a fifth is the way out of all of them (voice A5)
# What these mean needs no place: they are answered before we know it.
NEEDS_PLACE = (Decision.ANSWER, Decision.SEVERAL, Decision.CHOOSE, Decision.UNKNOWN)
PLACELESS = (Decision.ACTION, Decision.SMALLTALK, Decision.OUT_OF_SCOPE, Decision.CAUTION)


def greeting(ctx: Context) -> Turn:
    """First contact (voice.md T01): who speaks, what for, that nothing need be told; and the way on."""
    if ctx.contact.locality is None:
        return ctx.say("welcome.new").then(ask(ctx))
    return ctx.say("welcome", *start_buttons(ctx))


def start_buttons(ctx: Context) -> tuple[QuickReply, ...]:
    """The first things to press."""
    return (ctx.button("topics"), ctx.button("check"), ctx.button("questions"), ctx.button("officer"))


def ask(ctx: Context, pending: str | None = None) -> Turn:
    """Which locality? `pending` is the question that will be answered afterwards.

    To somebody who asks before any greeting, it is said who speaks.
    """
    introduced = ctx.person.conversation.version > 0 or pending is None
    message_id = "locality.ask" if introduced else "locality.ask_first"
    return ctx.say(message_id, *_choices(ctx)).wait("locality.choose", pending=pending)


def _choices(ctx: Context, start: int = 0, room: int = PLACES) -> list[QuickReply]:
    """The places, as many as fit; the rest behind a button of its own, and last the way out of all of them."""
    places = list(ctx.content.localities.values())[start:]
    shown = places if len(places) <= room else places[: room - 1]
    buttons = [_choice(ctx, one) for one in shown]
    if len(shown) < len(places):
        buttons.append(ctx.button("more_places", f"places:{start + len(shown)}"))
    return [*buttons, ctx.button("elsewhere", "elsewhere")]


@router.press("places")
def more_places(ctx: Context, start: str) -> Turn:
    """The places that did not fit; what was asked before still waits."""
    waiting = ctx.person.conversation.waiting
    pending = waiting.data.get("pending") if waiting is not None and waiting.state == "locality.choose" else None
    first = int(start) if start.isascii() and start.isdecimal() and len(start) < 4 else 0
    return ctx.say("locality.more", *_choices(ctx, first)).wait("locality.choose", pending=pending)


def _choice(ctx: Context, locality: Locality) -> QuickReply:
    return QuickReply(label=locality.short.get(ctx.lang), payload=f"at:{locality.id}")


@router.word("đổi nơi", "đổi xã", "đổi phường", "chọn lại nơi ở", "change place")
@router.press("place")
def change(ctx: Context, _: str = "") -> Turn:
    """The person wants to choose again."""
    return ask(ctx)


@router.press("start")
def arrive(ctx: Context, locality_id: str) -> Turn:
    """A deep link or a poster's square: the place is known at once, a choice made before is not overruled."""
    if locality_id in ctx.content.localities and ctx.locality is None:
        ctx = ctx.learning(locality=locality_id)
        return greeting(ctx).learn(locality=locality_id)
    if locality_id in ctx.content.localities and ctx.contact.locality != locality_id:
        return _offer_change(ctx, ctx.content.localities[locality_id])
    return greeting(ctx)


@router.press("live")
def live(ctx: Context, locality_id: str) -> Turn:
    """A page was opened for a place: learnt if none is known, and nothing said; the page has greeted already."""
    known = locality_id in ctx.content.localities and ctx.contact.locality is None
    return Turn().learn(locality=locality_id) if known else Turn()


@router.press("at")
def choose(ctx: Context, locality_id: str, pending: str | None = None) -> Turn:
    """A place was pressed, or its name read."""
    if locality_id not in ctx.content.localities:
        return ask(ctx, pending)
    waiting = ctx.person.conversation.waiting
    if pending is None and waiting is not None and waiting.state in ("locality.choose", "locality.change"):
        pending = waiting.data.get("pending")
    ctx = ctx.learning(locality=locality_id, hamlet=None)
    turn = ctx.say("locality.chosen_short").then(again.answer(ctx, pending)) if pending else ask_hamlet(ctx)
    return turn.learn(locality=locality_id, hamlet=None)


@router.press("elsewhere")
def elsewhere(ctx: Context, _: str = "") -> Turn:
    """A place that does not use Chung Tay: said plainly, with the way to its own office (voice.md T13)."""
    turn = ctx.say("locality.elsewhere", ctx.button("read_anyway", "topics"), ctx.button("place"))
    return turn.learn(locality=ELSEWHERE, hamlet=None)


@router.state("locality.choose")
def read_place(ctx: Context, pending: str | None = None) -> Turn | None:
    """The name of a place, in any spelling; anything else is a question that waits until we know the place."""
    found = ctx.content.find_locality(ctx.text)
    if len(found) == 1:
        return choose(ctx, found[0].id, pending or _asked_beside(ctx, found[0].id))
    if found:
        choices = (_choice(ctx, one) for one in found[:4])
        turn = ctx.say("locality.which", *choices, ctx.button("elsewhere", "elsewhere"))
        return turn.wait("locality.choose", pending=pending)
    if not any(one.isalpha() for one in ctx.text):
        return None
    if ctx.reading.decision in PLACELESS and not _named_as_a_place(ctx):
        return None
    if _looks_like_a_place(ctx) or _named_as_a_place(ctx):
        return ctx.say("locality.unknown", *_choices(ctx)).wait("locality.choose", pending=pending)
    return ctx.say("locality.again", *_choices(ctx)).wait("locality.choose", pending=ctx.text)


def _asked_beside(ctx: Context, locality: str) -> str | None:
    """The text, where it asks something besides naming the place."""
    if not ctx.content.beyond_name(ctx.text, locality):
        return None
    return ctx.text if ctx.reading.decision in (Decision.ANSWER, Decision.SEVERAL, Decision.CHOOSE) else None


def _looks_like_a_place(ctx: Context) -> bool:
    begins = ctx.folded.split(" ")[0]
    return len(ctx.text) <= HAMLET_LENGTH and (begins in PLACE_WORDS or ctx.reading.decision is Decision.UNKNOWN)


def _named_as_a_place(ctx: Context) -> bool:
    """ "Xã Tưởng Tượng", "Mỹ Hào": nothing of our matters, and it begins as a place does or is as short as a name."""
    short = ctx.folded.count(" ") < NAME_WORDS and "?" not in ctx.text
    return ctx.reading.decision is Decision.OUT_OF_SCOPE and (short or _looks_like_a_place(ctx))


def ask_hamlet(ctx: Context) -> Turn:
    """Which hamlet? Only names the ward filled in can be pressed; any can be typed; nobody must."""
    known = ctx.locality.hamlets if ctx.locality else ()
    buttons = [QuickReply(label=one.name[:20], payload=f"hamlet:{one.id}") for one in known[:3]]
    turn = ctx.say("locality.chosen", *buttons, ctx.button("skip", "hamlet"), ctx.button("menu"))
    return turn.wait("locality.hamlet")


@router.press("hamlet")
def press_hamlet(ctx: Context, hamlet_id: str) -> Turn:
    """A hamlet was pressed, or the question was passed over."""
    names = {one.id: one.name for one in ctx.locality.hamlets} if ctx.locality else {}
    return _settled(ctx, names.get(hamlet_id))


@router.state("locality.hamlet")
def read_hamlet(ctx: Context) -> Turn | None:
    """A typed hamlet. What looks like a question is one: the hamlet can wait."""
    if ctx.folded in SKIP_WORDS:
        return _settled(ctx, None)
    if (known := _known_hamlet(ctx)) is not None:
        return _settled(ctx, known)
    unread = ctx.reading.decision in (Decision.UNKNOWN, Decision.OUT_OF_SCOPE) and not _ASKS.search(ctx.folded)
    return _settled(ctx, ctx.text) if _names_a_hamlet(ctx) or (unread and _has_letters(ctx)) else None


@router.before_understanding
def hamlet_later(ctx: Context) -> Turn | None:
    """ "thôn 3" by itself, at any time after the place is known: what a poster tells people to write first."""
    if (known := _known_hamlet(ctx)) is not None:
        return _settled(ctx, known)
    named = ctx.locality is not None and _names_a_hamlet(ctx) and ctx.text.count(" ") < 4
    return _settled(ctx, ctx.text) if named else None


def _known_hamlet(ctx: Context) -> str | None:
    """The ward's own name of the hamlet that the whole message names, however long it is."""
    # A hamlet may be called "3"; a message of digits alone is a choice or a number.
    words = any(one.isalpha() for one in ctx.text)
    known = ctx.locality.hamlet(ctx.text) if ctx.locality and words else None
    return known.name if known else None


def _names_a_hamlet(ctx: Context) -> bool:
    words, typed = ctx.folded.split(" "), clean(ctx.text).lower().split()
    if len(words) < 2 or words[0] not in HAMLET_WORDS or len(ctx.text) > HAMLET_LENGTH or "?" in ctx.text:
        return False
    # "tờ khai" and "bán vé" are none; without marks "to" and "ban" are one where a number follows.
    if not ctx.text.isascii():
        return typed[0] in HAMLET_NAMES or (typed[0].isascii() and typed[0] not in _AMBIGUOUS)
    return words[0] not in _AMBIGUOUS or (words[1][:1].isdigit() and _SELLS.match(ctx.folded) is None)


def _has_letters(ctx: Context) -> bool:
    return len(ctx.text) <= HAMLET_LENGTH and any(one.isalpha() for one in ctx.text)


def _settled(ctx: Context, hamlet: str | None) -> Turn:
    if not hamlet:
        return ctx.say("ask_away", *start_buttons(ctx))
    ctx = ctx.learning(hamlet=hamlet)
    return ctx.say("locality.hamlet_chosen", *start_buttons(ctx), hamlet=hamlet).learn(hamlet=hamlet)


@router.before_understanding
def know_the_place(ctx: Context) -> Turn | None:
    """Words that need a place are kept while we ask for it; words about another place are not answered with ours."""
    other = _other_place(ctx)
    if other is not None:
        return choose(ctx, other.id) if _LIVES_THERE.match(ctx.folded) else _offer_change(ctx, other)
    if ctx.contact.locality is not None:
        return None
    named = ctx.content.find_locality(ctx.text)
    if len(named) == 1:
        return read_place(ctx)
    words = any(one.isalpha() for one in ctx.text)  # a number or an emoji is nothing to come back to
    return ask(ctx, ctx.text if words else None) if ctx.reading.decision in NEEDS_PLACE else None


def _other_place(ctx: Context) -> Locality | None:
    if ctx.locality is None:
        return None
    said = f" {ctx.folded} "
    named = [one for one in ctx.content.localities.values() if any(f" {name} " in said for name in _names(one))]
    return named[0] if len(named) == 1 and named[0].id != ctx.contact.locality else None


def _names(locality: Locality) -> Sequence[str]:
    return [fold_ours(name) for name in (locality.short.vi, locality.name.vi, *locality.aliases)]


def _offer_change(ctx: Context, other: Locality) -> Turn:
    asked = ctx.text if ctx.reading.decision in NEEDS_PLACE[:3] else None
    there, short = other.place.get(ctx.lang), other.short.get(ctx.lang)
    return ctx.say(
        "locality.other",
        QuickReply(label=ctx.words.text("button.switch", place=short)[:20], payload=f"at:{other.id}"),
        ctx.button("stay", "menu"),
        there=there,
    ).wait("locality.change", other=other.id, pending=asked)


@router.state("locality.change")
def read_change(ctx: Context, other: str, pending: str | None = None) -> Turn | None:
    """A yes or a no in words to the offer; anything else is a new message."""
    said, folded = assent(ctx.text), ctx.folded
    if folded in ("dung", "dung roi", "dung vay"):
        said = True  # without marks: a wish to stop would not answer "đổi không?"
    if said is False or folded.startswith(("van o", "giu")):
        return cancelled(ctx)
    agreed = said or (folded.count(" ") < LONGEST_YES and "doi" in folded.split() and "khong" not in folded.split())
    return choose(ctx, other, pending) if agreed else None


def cancelled(ctx: Context) -> Turn:
    """The place stays."""
    return ctx.say("ask_away", *start_buttons(ctx))
