"""What somebody needs: named by a button or in words, written down after a yes, taken back at any time."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

from content.understanding.assent import assent
from core.contacts import Purpose
from core.conversation import ConsentGiven, ConsentWithdrawn, Turn
from core.messages import QuickReply
from core.needs import MOST_WORDS, TOPICS, NeedKind, NeedsAsked, NeedStated, NeedWithdrawn
from core.private import masked
from core.text import fold
from handlers import localities
from handlers.codes import new_code, read_code
from handlers.context import ELSEWHERE, LOCAL, Context
from handlers.routing import Router
from handlers.selfcheck.aside import is_other

router = Router("stated")

WORDING = "stated.ask"  # what somebody reads before anything is written down
STATE, NAMING = "stated.ready", "stated.naming"
PAGE = 4  # kinds in a bubble, beside "others"
MOST = 14  # words; a longer text tells more than a need
_KINDS: Mapping[NeedKind, str] = {
    NeedKind.INSURANCE: r"(?:the )?bao hiem y te|(?:the )?bhyt|health insurance",
    NeedKind.LEGAL: r"(?:(?:tu van|tro giup|hoi|giup|ve) )?(?:phap luat|phap ly)|luat su|legal (?:advice|aid)|lawyer",
    NeedKind.COURSE: r"(?:di )?hoc (?:mot )?nghe|(?:lop|khoa)(?: hoc| day)? nghe|(?:training |trade )?course",
    NeedKind.LATRINE: r"(?:lam |xay |sua )?(?:nha ve sinh|nha tieu|ho xi|cau tieu|nha cau|toilet|latrine)",
    NeedKind.WATER: r"nuoc (?:sach|sinh hoat|may|uong|gieng)|nguon nuoc|(?:clean )?water",
    NeedKind.TELECOM: r"(?:may )?dien thoai|internet|mang (?:internet|wifi)|wifi|noi mang|phone",
    NeedKind.LOAN: r"vay(?: von| tien)?|von (?:vay|lam an|chan nuoi|san xuat)|von|loan",
    NeedKind.HOUSE: r"(?:lam|xay|sua|cat|lop)(?: lai)? nha|nha o|cho o|house",
    NeedKind.JOB: r"(?:co |tim |kiem )?(?:mot )?(?:viec lam|cong viec|cong an viec lam|viec)|di lam|job|work",
}
_ME = r"(?:(?:nha |gia dinh |vo chong |con |chong |vo )?(?:toi|em|e|tui|minh|con|chau|bac|co|chu|anh|chi)|nha|we|i)"
_NEEDS = (
    rf"(?:{_ME} )?(?:(?:dang|rat|cung|hien|that su) ){{0,2}}"
    r"(?:can|co nhu cau|(?:muon |can |xin )?dang ky nhu cau(?: can)?|need)"
    r"(?: (?:duoc|ho tro|giup|giup do|them|mot|cai|ve|muon|a|an|some|help with)){0,3}"
)
_SAID = {kind: re.compile(rf"{_NEEDS} (?:{words})(?:\s.*)?") for kind, words in _KINDS.items()}
_NAMED = {kind: re.compile(rf"(?:{words})") for kind, words in _KINDS.items()}
# Who asks how, when or whether wants to be told: that is a topic's.
_ASKS = re.compile(
    r"\b(?:sao|gi|nao|dau|may|bao|khong|chua|ai|the nao|thi|duoc khong|hoi|how|what|where|when|which|who|can i|do i)\b"
)
_BACK = re.compile(
    r"(?:toi |em |minh )?(?:muon |xin )?(?:rut|bo|huy)(?: lai)? nhu cau(?: ma)? ?(?P<code>[\w .\-]*)"
    r"|rut (?P<bare>\w{3} ?\w{3})"
)
_BESIDE = re.compile(r"[,;+&]|\b(?:va|voi|cung|cung nhu|and)\b")
_AND = re.compile(r"[,;+&]")
MOST_KINDS = 3  # in one breath
OPENING = ("dang ky nhu cau", "ghi nhu cau", "bao nhu cau", "neu nhu cau", "dk nhu cau")


def agreed(ctx: Context) -> bool:
    """Whether somebody agreed that officers see what they need, and still does."""
    return any(one.purpose is Purpose.STATED and one.expires_at > ctx.now for one in ctx.person.consents)


def kind_name(ctx: Context, kind: NeedKind) -> str:
    """A kind by the name that people use."""
    return ctx.words.text(f"need.kind.{kind}")


@router.press("stated")
@router.word("đăng ký nhu cầu", "ghi nhu cầu", "tôi cần", "tôi cần giúp", "tôi có nhu cầu", "nhu cầu", "báo nhu cầu")
@router.word("đăng ký nhu cầu hỗ trợ", "tôi cần hỗ trợ", "i need help with something", "register a need")
@router.word("đk nhu cầu", "đk nhu cầu hỗ trợ", "dk ghi nhu cầu")
def begin(ctx: Context, said: str = "") -> Turn:
    """Which kind of need: four at a time."""
    if turn := _stranger(ctx):
        return turn
    kinds = list(NeedKind)
    first = int(said) if said in ("4", "8") else 0
    shown = [_choice(ctx, one) for one in kinds[first : first + PAGE]]
    following = first + PAGE if first + PAGE < len(kinds) else 0
    return ctx.say("stated.which", *shown, ctx.button("stated_other", f"stated:{following}")).wait(NAMING)


def _choice(ctx: Context, kind: NeedKind) -> QuickReply:
    return ctx.button(f"need_{kind}", f"stated-kind:{kind}")


def _stranger(ctx: Context) -> Turn | None:
    """A need is a ward's: who lives nowhere we know of is asked where first."""
    if ctx.contact.locality == ELSEWHERE:
        return ctx.say("stated.elsewhere", ctx.button("topics"), ctx.button("menu"))
    return localities.ask(ctx, pending="đăng ký nhu cầu") if ctx.locality is None else None


@router.press("stated-kind")
def chosen(ctx: Context, said: str) -> Turn:
    """A kind was pressed: written down at once where they agreed before."""
    if said not in set(NeedKind):
        return begin(ctx)
    if turn := _stranger(ctx):
        return turn
    kind = NeedKind(said)
    return _written(ctx, kind, "") if agreed(ctx) else _ask(ctx, kind, "")


@router.state(NAMING)
def named(ctx: Context) -> Turn | None:
    """The kind in words, below the question which; None where it is about something else."""
    if "?" in ctx.text or len(ctx.folded.split()) > MOST or _ASKS.search(ctx.folded):
        return None
    kind = next((one for one, words in _NAMED.items() if words.match(ctx.folded)), None)
    return _ask(ctx, kind, own_words(ctx), others_in(ctx.text, kind)) if kind is not None else None


@router.before_understanding
def stated(ctx: Context) -> Turn | None:
    """A need in words: "tôi cần vay vốn". It is asked whether to write it down; the topic is one press away."""
    if back := _BACK.fullmatch(ctx.folded):
        return withdraw(ctx, back["code"] or back["bare"] or "")
    kind = kind_of(ctx.text)
    if kind is None:
        return None
    return note(ctx, kind, own_words(ctx), others_in(ctx.text, kind))


def kind_of(text: str) -> NeedKind | None:
    """What somebody says that they need; None where they say no such thing, or ask about it.

    >>> [kind_of(one) for one in ("tôi cần vay vốn nuôi bò", "tôi cần vay vốn thì làm sao", "vay vốn")]
    [<NeedKind.LOAN: 'loan'>, None, None]
    """
    folded = fold(text)
    if "?" in text or len(folded.split()) > MOST:
        return None
    begun = next((one for one in OPENING if folded.startswith(f"{one} ")), None)
    if begun is not None:
        folded = f"can {folded.removeprefix(begun).strip()}"
    elif _ASKS.search(folded):
        return None
    return next((kind for kind, said in _SAID.items() if said.fullmatch(folded)), None)


def others_in(text: str, first: NeedKind) -> tuple[NeedKind, ...]:
    """The needs that are named beside the first, each by words of its own.

    >>> others_in("vay vốn và học nghề", NeedKind.LOAN), others_in("tôi cần vay vốn, nước sạch", NeedKind.LOAN)
    ((<NeedKind.COURSE: 'course'>,), (<NeedKind.WATER: 'water'>,))
    """
    parts = [said.strip() for one in _AND.split(text) for said in _BESIDE.split(fold(one))]
    said = [part.removeprefix("can ").removeprefix("muon ") for part in parts[1:]]
    named = (kind for part in said for kind, words in _NAMED.items() if words.fullmatch(part))
    return tuple(dict.fromkeys(kind for kind in named if kind is not first))[: MOST_KINDS - 1]


def asks_for_something(ctx: Context) -> bool:
    """Whether words in the middle of other questions are no answer to them: a need, or a question of their own."""
    return is_other(ctx) or needs_else(ctx)


def needs_else(ctx: Context) -> bool:
    """Whether words state a need that is neither work nor a course, or are a bare "dung": never an answer there."""
    return kind_of(ctx.text) not in (None, NeedKind.JOB, NeedKind.COURSE) or ctx.folded == "dung"


def own_words(ctx: Context) -> str:
    """Their words as they are kept: shortened, and without a number of twelve digits."""
    return masked(" ".join(ctx.text.split()))[:MOST_WORDS]


def note(ctx: Context, kind: NeedKind, words: str, more: Sequence[NeedKind] = ()) -> Turn:
    """A need that was stated elsewhere: what is written down, then a yes or a no."""
    return _stranger(ctx) or _ask(ctx, kind, words, more)


def _ask(ctx: Context, kind: NeedKind, words: str, more: Sequence[NeedKind] = ()) -> Turn:
    """What is written down, who sees it and for how long: then a yes or a no."""
    way = ctx.button("work_find", "work") if kind is NeedKind.JOB else ctx.topic_button(TOPICS[kind])
    buttons = (ctx.button("stated_write", f"stated-write:{kind}"), way, ctx.button("stated_refuse", "stated-refuse"))
    message_id = "stated.more" if agreed(ctx) else WORDING
    kinds = ", ".join(kind_name(ctx, one) for one in (kind, *more))
    turn = ctx.say(message_id, *buttons, kind=kinds)
    return turn.wait(STATE, kind=kind.value, words=words, more=[one.value for one in more])


@router.state(STATE)
def answered(ctx: Context, kind: str, words: str, more: Sequence[str] = ()) -> Turn | None:
    """Yes or no in words."""
    said = assent(ctx.text)
    if said is None:
        return None
    return _written(ctx, NeedKind(kind), words, more) if said else refused(ctx)


@router.press("stated-write")
def write(ctx: Context, said: str) -> Turn:
    """The yes; only below its question, or by who agreed before."""
    waiting = ctx.person.conversation.waiting
    if said not in set(NeedKind):
        return begin(ctx)
    if waiting is not None and waiting.state == STATE and waiting.data["kind"] == said:
        return _written(ctx, NeedKind(said), waiting.data["words"], waiting.data.get("more") or ())
    return chosen(ctx, said)


@router.press("stated-refuse")
def refused(ctx: Context, _: str = "") -> Turn:
    """Nothing is written down."""
    return ctx.say("stated.refused", ctx.button("stated"), ctx.button("officer"), ctx.button("menu"))


def _written(ctx: Context, kind: NeedKind, words: str, more: Sequence[str] = ()) -> Turn:
    """Each with a code of its own; who stated several reads until when, and how to see them, below the last."""
    expires = ctx.now + timedelta(days=ctx.keeping.questions)
    day = ctx.day_text(expires.astimezone(LOCAL).date())
    buttons = (ctx.button("stated_more", "stated"), ctx.button("stated_mine", "stated-mine"), ctx.button("menu"))
    turn = Turn().event(ConsentGiven(purpose=Purpose.STATED, expires_at=expires, wording=WORDING))
    kinds = (kind, *map(NeedKind, more))
    for at, one in enumerate(kinds, 1):
        code = new_code(ctx.chance)
        last = at == len(kinds)
        message_id, below = ("stated.kept", buttons) if last else ("stated.kept_one", ())
        said = ctx.say(message_id, *below, kind=kind_name(ctx, one), code=f"{code[:3]} {code[3:]}", day=day)
        turn = turn.then(said.event(NeedStated(code=code, kind=one, words=words)))
    return turn


@router.press("stated-mine")
@router.word("nhu cầu của tôi", "xem nhu cầu", "xem nhu cầu của tôi", "nhu cầu đã ghi", "my needs")
def mine(ctx: Context, _: str = "") -> Turn:
    """What was stated, and what became of it; the list takes the place of this reply."""
    return ctx.say("stated.none", ctx.button("stated"), ctx.button("menu")).event(NeedsAsked())


@router.press("stated-back")
def withdraw(ctx: Context, said: str = "") -> Turn:
    """A need is taken back by its code; without one the list says which there are."""
    code = read_code(said)
    if code is None:
        return mine(ctx)
    buttons = (ctx.button("stated_mine", "stated-mine"), ctx.button("menu"))
    turn = ctx.say("stated.back", *buttons, code=f"{code[:3]} {code[3:]}")
    return turn.event(NeedWithdrawn(code=code))


@router.word("thôi ghi nhu cầu", "xóa nhu cầu", "xóa hết nhu cầu", "forget my needs")
def forget(ctx: Context) -> Turn:
    """All of them go, with the consent."""
    turn = ctx.say("stated.forgotten", ctx.button("mydata"), ctx.button("menu"))
    return turn.event(ConsentWithdrawn(purpose=Purpose.STATED))
