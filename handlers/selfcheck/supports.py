"""What helps: for each lacking dimension the supports that exist here, with the office and the papers."""

import re

from content.cards import Card
from content.formatting import capital
from content.schema import HouseholdStatus
from content.standards.schema import HouseholdClass
from core.conversation import Turn
from core.messages import QuickReply
from handlers import topics
from handlers.context import Context, join
from handlers.routing import Router
from handlers.selfcheck import aside, news, result
from handlers.selfcheck import check as checks
from handlers.selfcheck.check import Check

router = Router("selfcheck.supports")

# What poor households ask about most; the first ones are buttons.
ASKED_MOST = (
    "health-insurance",
    "production-loan",
    "tuition",
    "electricity",
    "housing",
    "study-costs",
    "vocational-training",
    "legal-aid",
)
_GETS = re.compile(
    r"(?:(?:a|da|ad|oi|cho|toi|em|e|minh|tui|chau|con|bac|hoi|thi|vay|la|neu|ma|the|roi|thuoc|lam|can bo|nha|gia dinh"
    r"|nguoi|dien|so|ten|co) )*(?:ho|nha|so|dien|nguoi) (?:can )?ngheo"
    r"(?: (?:thi|se|ma|nay|nhu|o day))*"
    r" (?:duoc|co|huong|nhan)(?: (?:huong|nhan|ho tro|giup|do|nhung|cac|quyen|loi|uu dai|che do|chinh sach"
    r"|tro cap|cai|la|khoan|them))*"
    r" (?:gi|chi|nao)(?: (?:rua|vay|a|khong|the|ha|he|nhi|ad|can bo|ta|day|ri|hen|o day|o phuong|o xa"
    r"|cua nha nuoc|roi))*"
)
LONGEST = 16  # words of such a question
SHOWN = 3  # supports a dimension in one message: more is not read on a small screen
_STATUS = {
    HouseholdClass.POOR: HouseholdStatus.POOR,
    HouseholdClass.NEAR_POOR: HouseholdStatus.NEAR_POOR,
    HouseholdClass.AVERAGE_LIVING: HouseholdStatus.AVERAGE,
}


@router.press("check-help")
@router.word("nhà mình được gì")
def helps(ctx: Context, argument: str = "") -> Turn | None:
    """The dimensions in which something is lacking; with one of them, what helps there."""
    if (standing := result.standing(ctx)) is None:
        return None
    check, told = standing
    dimension, _, page = argument.partition(":")
    names = {one.id: one.name.get(ctx.lang) for one in told[0].standard.dimensions}
    if dimension in names:
        return _of(ctx, check, dimension, names[dimension], int(page) if page.isdecimal() else 0)
    lacking = result.lacking_dimensions(ctx, check)
    shown = lacking or list(names)
    listed = ", ".join(names[one].lower() for one in lacking)
    start = int(page) if page.isdecimal() and int(page) < len(shown) else 0
    offered = [*(news.offer(ctx, lacking) if start == 0 else ()), ctx.button("officer")]
    room = aside.BUTTONS - len(offered)
    buttons = [_button(ctx, one) for one in shown[start : start + room]]
    if len(shown) > start + room:
        buttons = [*buttons[: room - 1], ctx.button("other_matters", f"check-help:all:{start + room - 1}")]
    text = ctx.fill("check.help", count=len(lacking), names=listed) if lacking else ctx.fill("check.help.none")
    return _kept(checks.private(ctx.tell(text, *buttons, *offered)), check)


@router.word("what does a poor household get", "what do poor households get", "what can poor households get")
def for_the_poor(ctx: Context) -> Turn:
    """What there is for poor households: always the same matters, each with its own card, and how to find one's own."""
    known = [one for one in ASKED_MOST if topics.has_card(ctx, one)]
    own = ctx.button("what_helps", "check-help") if result.standing(ctx) is not None else ctx.button("check")
    buttons = [ctx.topic_button(one) for one in known[:3]]
    names = "\n".join(f"• {ctx.topic_button(one).label}" for one in known)
    text = join([ctx.fill("check.help.for_poor"), names, ctx.fill("check.help.for_poor.each")])
    return ctx.tell(text, *buttons, own, ctx.button("other_topics", "topics"))


@router.before_understanding
def asked_for_the_poor(ctx: Context) -> Turn | None:
    """ "Hộ nghèo được gì", in any words and dialect."""
    short = ctx.folded.count(" ") < LONGEST
    return for_the_poor(ctx) if short and _GETS.fullmatch(ctx.folded) else None


def _button(ctx: Context, dimension: str) -> QuickReply:
    return QuickReply(label=ctx.fill(f"check.dimension.{dimension}"), payload=f"check-help:{dimension}")


def _of(ctx: Context, check: Check, dimension: str, name: str, start: int) -> Turn:
    """What helps in one dimension, by the status that is possible; or plainly that there is nothing."""
    cards = _cards(ctx, dimension)
    if not cards:
        turn = ctx.say("check.help.nothing", ctx.button("what_helps", "check-help"), ctx.button("officer"), name=name)
        return _kept(turn, check)
    status = _status(ctx, check)
    shown = cards[start : start + SHOWN] or cards[:SHOWN]
    lines = [ctx.fill("check.help.of", name=name.lower())]
    if status in (HouseholdStatus.POOR, HouseholdStatus.NEAR_POOR):
        # Nobody has recognised this household yet.
        lines.append(ctx.fill("check.help.if", group=ctx.fill(f"check.class.{status.name.lower()}")))
    for number, card in enumerate(shown, 1):
        lines.append(ctx.fill("check.help.item", number=number, topic=card.button, text=_said(card, status)))
        office = card.sections["where"].text.split("\n")[0].removeprefix("Hỏi ").removeprefix("Ask ")
        lines.append(ctx.fill("check.help.where", office=capital(office)))
        if "bring" in card.sections:
            lines.append(ctx.fill("check.help.bring", papers=card.sections["bring"].text.split("\n")[0]))
    buttons = [ctx.topic_button(card.topic) for card in shown]
    more = start + SHOWN < len(cards)
    buttons.append(ctx.button("more_helps", f"check-help:{dimension}:{start + SHOWN}") if more else _others(ctx))
    sources = dict.fromkeys(card.source for card in shown)
    turn = ctx.tell(join(lines), *buttons, ctx.button("officer"), source="\n".join(sources))
    return _kept(checks.private(turn), check).about(shown[0].topic)


def _others(ctx: Context) -> QuickReply:
    return ctx.button("other_matters", "check-help")


def _cards(ctx: Context, dimension: str) -> list[Card]:
    ids = [topic.id for topic in ctx.content.topics.values() if topic.dimension == dimension]
    found = (ctx.content.card(one, locality=ctx.place_id, on=ctx.today, lang=ctx.lang) for one in ids)
    return [card for card in found if card is not None]


def _status(ctx: Context, check: Check) -> HouseholdStatus | None:
    """The status by which help is told, where only one class is possible by the standard of today."""
    told = result.found(ctx, check)
    single = told[0].certain_class if told else None
    return _STATUS.get(single) if single else None


def _said(card: Card, status: HouseholdStatus | None) -> str:
    """What a card says for a status where it says it, else its first words."""
    of_status = next((one.text for one in card.details if status is not None and one.status is status), None)
    return (of_status or card.short).split("\n")[0]


def _kept(turn: Turn, check: Check) -> Turn:
    return checks.keep(turn, check)
