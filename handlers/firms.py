"""Whether a firm may send people to work abroad: looked up in the list that the office keeps, with its day.

What is not in the list is not said to be forbidden: it is said that nobody here can tell, and who can.
"""

import re

from content.firms import Firm, Standing, meant, own_words
from core.conversation import Turn
from handlers.context import Context, join
from handlers.routing import Router

router = Router("firms")

ABROAD = "overseas-work"
LOANS = "job-loan"
SHOWN = 3  # firms of one name
_FIRM = r"(?:cong ty|cty|doanh nghiep|trung tam|moi gioi|company|firm|agency)"
_LICENSED = (
    r"(?:giay phep|duoc phep|duoc cap phep|cap phep|co phep|hop phap|dang tin|uy tin|tin duoc|co that"
    r"|licen[sc]ed?|legal|allowed)"
)
_ASKED = re.compile(rf"\b(?P<kind>{_FIRM}) (?P<name>(?:\w+ ){{0,12}}?)(?:co |duoc |la |thi |is |has )*{_LICENSED}\b")
_IN_ENGLISH = re.compile(
    rf"\b(?:is|does) (?:the )?(?P<kind>{_FIRM}) (?P<name>(?:\w+ ){{0,10}}?)(?:have |has |a |an )*{_LICENSED}\b"
    rf"|^(?P<other>(?:\w+ ){{1,8}})(?:co giay phep|duoc phep (?:dua|hoat dong)|is it licensed)\b"
)
_LOOKING = re.compile(rf"\btra (?:ten |giay phep )?{_FIRM}\b|\blook up (?:a |the )?{_FIRM}\b")
# Other licences, and the question which firm there is, which the card answers.
_OTHER = re.compile(
    r"\b(?:xay dung|moi truong|xa thai|khai thac|kinh doanh|lai xe|nuoc sach|nao|which|nhung"
    r"|can giay phep|xin giay phep|thanh lap|mo cong ty|lam giay phep)\b"
)
_NO_NAME = frozenset({"nay", "do", "kia", "ay", "ni", "no", "ho", "this", "that", "it", "ma", "em", "toi", "minh"})
_ABROAD = re.compile(
    r"\b(?:nuoc ngoai|xuat khau|xkld|di (?:nhat|han|dai loan|dai|duc|uc|tay|my)|abroad|overseas|japan|korea|taiwan)\b"
)


@router.before_understanding
def asked(ctx: Context) -> Turn | None:
    """ "Công ty Sao Mai có được phép không": the name is looked up, or asked for where a list is at hand."""
    if ctx.message.payload is not None or _OTHER.search(ctx.folded):
        return None
    found = _ASKED.search(ctx.folded) or _IN_ENGLISH.search(ctx.folded)
    if found is None:
        return _ask(ctx) if _LOOKING.search(ctx.folded) else None
    named = found.groupdict()
    name = " ".join(one for one in (named.get("name") or named.get("other") or "").split() if one not in _NO_NAME)
    return looked_up(ctx, name) if own_words(name) else _ask(ctx)


def _ask(ctx: Context) -> Turn:
    """The name is asked for; without a list there is nothing to look in, which is said at once."""
    if not ctx.content.firms:
        return _told(ctx, ctx.fill("firms.none"))
    return ctx.say("firms.ask", ctx.topic_button(ABROAD), ctx.button("officer")).about(ABROAD)


def looked_up(ctx: Context, name: str) -> Turn:
    """What the list says of a name, or that it does not have it; the officers are one press away."""
    listed = ctx.content.firms
    if not listed:
        return _told(ctx, ctx.fill("firms.none"))
    found = meant(name, listed)[:SHOWN]
    if not found:
        checked = max(firm.checked for firm in listed)
        return _told(ctx, ctx.fill("firms.unknown", date=ctx.day_text(checked)))
    return _told(ctx, join([_said(ctx, firm) for firm in found]), *found)


def _said(ctx: Context, firm: Firm) -> str:
    standing = firm.standing(ctx.today)
    until = "_open" if firm.to is None and standing is Standing.VALID else ""
    return ctx.fill(
        f"firms.{standing}{until}",
        name=firm.name,
        licence=firm.licence,
        start=ctx.day_text(firm.from_),
        end=ctx.day_text(firm.to) if firm.to else "",
    )


def _told(ctx: Context, text: str, *found: Firm) -> Turn:
    """With whom to ask and the warning; "ask an officer" passes the question on, once that is pressed."""
    committee = ctx.content.committee(locality=ctx.place_id, on=ctx.today, lang=ctx.lang)
    # A licence that holds still leaves the question whether they are who they say.
    valid = any(one.standing(ctx.today) is Standing.VALID for one in found)
    advice = ctx.fill("firms.same" if valid else "firms.whom", committee=committee)
    sources = [ctx.words.text("firms.source", documents=one.source, date=ctx.day_text(one.checked)) for one in found]
    source = "\n".join(dict.fromkeys(sources)) or None
    text = join([text, advice, ctx.fill("firms.no_contract")])
    turn = ctx.tell(text, ctx.topic_button(ABROAD), ctx.button("officer"), source=source).about(ABROAD)
    return turn.wait("handover.ready", text=ctx.text, topic=ABROAD, files=[])


def careful(ctx: Context, topic: str, text: str) -> str:
    """What is told of work abroad, with the warning of those who want money first where it has none yet."""
    abroad = topic == ABROAD or (topic == LOANS and _ABROAD.search(ctx.folded) is not None)
    abroad = abroad or (topic == LOANS and any(word in text for word in ("nước ngoài", "abroad")))
    warned = ctx.fill("firms.no_contract")
    if not abroad or any(words in text for words in ("đừng đưa tiền", "pay nobody")):
        return text
    return join([text, warned])
