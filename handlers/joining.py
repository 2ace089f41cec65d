"""A second channel: joined to the same person by a code, and separated again.

What a code leads to is known to storage only: a turn that needs it carries an event, and `handlers.joined` puts the
answer in the reply's place.
"""

import re

from content.understanding.assent import assent
from core.conversation import JoinAgreed, JoinCodeTyped, JoinOffered, SeparationAsked, Turn
from core.joining import VALID_FOR, JoinedAddress, spoken_join_code
from core.messages import QuickReply
from core.text import clean
from handlers import drafts, localities
from handlers.channels import spoken_channel
from handlers.codes import join_code_within, new_join_code
from handlers.context import Context
from handlers.routing import Router

router = Router("joining")

SURE = "joining.sure"
MINUTES = int(VALID_FOR.total_seconds() // 60)
SHOWN = 3  # addresses that can be pressed, besides the one at hand and the way out
BUTTON = 20  # characters
LONGEST = 14  # words of somebody who asks for this and nothing else

_WHO = r"(?:toi|tui|em|minh|con|chau|bac|co|chu|ong|ba|anh|chi)"
_BEFORE = rf"(?:(?:{_WHO}|xin|muon|can|cho|da|a|oi|thi|gio|hay|cung|dang|giup|lam sao|lam the nao|de) )*"
_AFTER = (
    rf"(?: (?:nua|voi|a|nhe|nha|di|duoc khong|khong|lam sao|the nao|sao|giup|gium|dum|ho|cho {_WHO}|ma|vay|luon|duoc"
    rf"|can bo|ad|{_WHO}))*"
)
_CHANNEL = r"(?:zalo|telegram|tele|trang web|web)"
_DEVICE = rf"(?:may|kenh|dien thoai|{_CHANNEL})"
_OTHER = r"(?:khac|kia|nua|moi|thu hai|thu 2|con lai|lai|chung|voi nhau)"
_TWO = r"(?:(?:voi|them|chung|thong|lai|hai|2|ca hai|cac|mot|1) )*"
_AND = rf"(?: (?:(?:va|voi|lan|sang|qua|toi|hoac) )?{_DEVICE}(?: {_OTHER})?)*"
_ASKED = re.compile(
    _BEFORE
    + r"(?:"
    + rf"(?:noi|ket noi|noi ket|lien ket|ghep) {_TWO}{_DEVICE}(?: {_OTHER})*{_AND}"
    + rf"|(?:them|dung them|xai them|sai them|su dung them) (?:mot |1 )?{_DEVICE}(?: {_OTHER})+"
    + r"|(?:dung|xai|sai|su dung|nhan|nhan tin|chat|viet)"
    + rf" (?:(?:them|ca|luon|cung) )+(?:(?:o|tren|bang|qua|ben) )?{_DEVICE}(?: {_OTHER})*{_AND}"
    + r"|(?:dung|xai|sai|co) (?:hai|2) (?:may|dien thoai|kenh)"
    + r")"
    + _AFTER
)
_UNDONE = re.compile(
    _BEFORE
    + r"(?:tach|ngat|thao|bo noi|huy noi|thoi noi|ngung noi|khong noi)"
    + rf"(?: (?:rieng|roi|ket noi))? {_DEVICE}(?: (?:nay|kia|do|khac|ra|roi|rieng))*"
    + _AFTER
)
_IN_ENGLISH = re.compile(
    r"(?:(?:i|want|to|please|can|how|do|my) )*(?P<what>join|link|connect|add|separate|unlink|disconnect)"
    r" (?:(?:my|a|an|the|this|another|other|second) )*(?:phone|device|channel|telegram|zalo)"
)
_UNDOES = ("separate", "unlink", "disconnect")
# Typed with their marks these are "say", "place", "do not" and the like, not "join" and "use".
_OTHERWISE = re.compile(r"\b(?:n[óòõọơộổỗ]i|đừng|dừng)\b", re.IGNORECASE)


@router.before_all
def read(ctx: Context) -> Turn | None:
    """A code, or the wish for one, whatever is waited for: who is new here was just asked for their place."""
    if ctx.message.payload is not None or ctx.message.attachments or not ctx.text:
        return None
    code = join_code_within(ctx.text)
    if code is not None:
        return typed(ctx, code)
    if ctx.folded.count(" ") >= LONGEST or _OTHERWISE.search(clean(ctx.text)):
        return None
    english = _IN_ENGLISH.fullmatch(ctx.folded)
    if _UNDONE.fullmatch(ctx.folded) or (english and english["what"] in _UNDOES):
        return which(ctx)
    return offer(ctx) if english or _ASKED.fullmatch(ctx.folded) else None


@router.press("join")
def offer(ctx: Context, _: str = "") -> Turn:
    """A code, to be typed at the other device."""
    code = new_join_code(ctx.chance)
    turn = ctx.say("joining.code", ctx.button("menu"), code=spoken_join_code(code), minutes=MINUTES)
    return turn.event(JoinOffered(code=code, expires_at=ctx.now + VALID_FOR))


def typed(ctx: Context, code: str) -> Turn:
    """A code was typed: whose it is and what can be done with it, storage knows."""
    turn = ctx.say("joining.unknown", ctx.button("officer"), ctx.button("menu"), code=spoken_join_code(code))
    return turn.event(JoinCodeTyped(code=code))


@router.state(SURE)
def read_yes(ctx: Context, code: str, draft: drafts.Draft | None = None) -> Turn | None:  # noqa: ARG001
    """A yes or a no in words; anything else is a new message, and nothing is joined. A draft waits beside it."""
    said = assent(ctx.text)
    if said is None:
        return None
    return agreed(ctx, code) if said else declined(ctx)


@router.press("join-yes")
def agreed(ctx: Context, typed_code: str) -> Turn | None:
    """Both are the same person's. What is said here is said only where somebody else is in the way just now."""
    code = join_code_within(typed_code)
    if code is None:
        return None
    again = ctx.button("join_yes", f"join-yes:{code}")
    return ctx.say("joining.busy", again, ctx.button("menu")).event(JoinAgreed(code=code))


@router.press("join-no")
def declined(ctx: Context, _: str = "") -> Turn:
    """Nothing is joined; the code stays good for its time."""
    if ctx.contact.locality is None:
        return ctx.say("joining.declined").then(localities.ask(ctx))
    return ctx.say("joining.declined", *localities.start_buttons(ctx))


def which(ctx: Context) -> Turn:
    """Which of the devices? The one at hand first."""
    others = [one for one in ctx.person.addresses if one.urn != ctx.message.urn]
    here = next((one for one in ctx.person.addresses if one.urn == ctx.message.urn), None)
    if here is None or not others:
        return _not_joined(ctx)
    at_hand = ctx.button("this_device", f"separate:{here.id}")
    return ctx.say("joining.which", at_hand, *_labelled(ctx, others[-SHOWN:]), ctx.button("keep", "menu"))


def _labelled(ctx: Context, others: list[JoinedAddress]) -> list[QuickReply]:
    """Devices by their kind, numbered where two are of the same."""
    names: list[str] = []
    for one in others:
        name = spoken_channel(one.urn, ctx.lang)
        name = name[:1].upper() + name[1:]
        same = sum(each.startswith(name) for each in names)
        names.append(f"{name[: BUTTON - 2]} {same + 1}" if same else name[:BUTTON])
    return [QuickReply(label=name, payload=f"separate:{one.id}") for name, one in zip(names, others, strict=True)]


@router.press("separate")
def separate(ctx: Context, key: str) -> Turn:
    """This address is somebody of its own from now on."""
    one = next((each for each in ctx.person.addresses if str(each.id) == key), None)
    if one is None:
        return _not_joined(ctx)
    if one.urn == ctx.message.urn:
        turn = ctx.say("joining.left", ctx.button("menu"))
    else:
        channel = spoken_channel(one.urn, ctx.lang)
        turn = ctx.say("joining.separated", ctx.button("mydata"), ctx.button("menu"), channel=channel)
    return turn.event(SeparationAsked(address_id=one.id))


def _not_joined(ctx: Context) -> Turn:
    return ctx.say("joining.none", ctx.button("join"), ctx.button("menu"))
