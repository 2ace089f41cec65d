"""What somebody asks of the job fair that was shown last: its announcement's own words, or whom to ask."""

import re
from collections.abc import Sequence

from content.event_words import employers_text, seats_text, short, title_text, when_text, where_text
from content.wording import Wording
from core.conversation import Turn
from core.events import Announced, FairAsked
from handlers.context import Context
from handlers.routing import Router

router = Router("events.asked")

MOST_WORDS = 12
_ITS_BUTTONS = re.compile(r"event-(?:no|yes|pass|name):(\d{1,18})")
# Asked of an announcement, by what would answer it.
_OF_IT: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (about, re.compile(rf"\b(?:{words})\b"))
    for about, words in (
        (
            "time",
            r"may gio|gio (?:nao|giac)|khi nao|bao gio|chung nao|luc nao|(?:bua|hom|ngay) (?:nao|may)|thu may|bat dau"
            r"|ket thuc|bao lau|keo dai|what time|when",
        ),
        ("where", r"o dau|cho nao|dia chi|duong nao|di duong|dau (?:vay|the|a)|xa (?:khong|lam khong)|where"),
        (
            "bring",
            r"(?:mang|dem|cam|chuan bi|can)(?: (?:theo|di|den|nhung|co|them|cai|giay))* gi|giay to|giay gi|ho so|photo"
            r"|can cuoc|chung minh|bring",
        ),
        (
            "employers",
            r"(?:cong ty|noi|ben|cho|nha may|xuong) (?:nao|gi)(?: .*)?tuyen|(?:nhung )?cong ty nao|ai tuyen"
            r"|tuyen (?:gi|ai|viec|nghe)"
            r"|co (?:nhung )?(?:cong ty|viec|nghe) (?:gi|nao)|nhung ai",
        ),
        ("contact", r"hoi ai|goi ai|gap ai|so dien thoai|dien thoai|sdt|lien he"),
        ("seats", r"con (?:cho|nhan|dang ky)|het cho|may nguoi|bao nhieu (?:nguoi|cho)"),
        (
            "other",
            r"mat tien|ton (?:tien|phi|kem)|mien phi|mac (?:do )?gi|dan (?:con|theo|ban)|di (?:chung|cung|kem|ho|thay)"
            r"|(?:co|bao) (?:xe|com|an)|tre thi|di tre|den tre|lam gi",
        ),
    )
)
# With these words another matter is asked about, whatever stands above.
_ANOTHER = re.compile(
    r"\b(?:ngheo|vay (?:von|tien|duoc)|muon vay|von|tro cap|bao hiem|hoc (?:nghe|phi)|lop|uy ban|can bo|phuong"
    r"|to khai|lua|coc|viec (?:khac|nao)|cong an|benh|truong)\b"
)
_ASKS = re.compile(r"\b(?:gi|may|nhieu|dau|nao|khong|sao|ai|chua|ha|ta|nhi|lau|how|what|where|when|do|does|can)\b")


def about_in(ctx: Context) -> tuple[str, ...]:
    """What of an announcement words ask about; empty where they ask nothing of it."""
    if ctx.folded.count(" ") >= MOST_WORDS or _ANOTHER.search(ctx.folded):
        return ()
    if not ("?" in ctx.text or _ASKS.search(ctx.folded)):
        return ()
    return tuple(one for one, words in _OF_IT if words.search(ctx.folded))


@router.before_understanding
def asked(ctx: Context) -> Turn | None:
    """ "Mang gì đi", "mấy giờ bắt đầu": of the fair above, whose buttons stay."""
    talk = ctx.person.conversation
    number = next((int(found[1]) for one in talk.offered if (found := _ITS_BUTTONS.fullmatch(one.payload))), None)
    about = about_in(ctx) if ctx.message.payload is None and number is not None else ()
    return answer(ctx, number, about) if number is not None and about else None


def answer(ctx: Context, number: int, about: tuple[str, ...]) -> Turn:
    """What the announcement of this fair says takes the words of the reply; what was awaited still is."""
    talk = ctx.person.conversation
    turn = ctx.say("event.gone", *talk.offered).event(FairAsked(event_id=number, about=about))
    return turn.wait(talk.waiting.state, **talk.waiting.data) if talk.waiting is not None else turn


def told(one: Announced, about: Sequence[str], words: Wording) -> str:
    """What an announcement says of these things; what it does not say is said too, with whom to ask."""
    event = one.event
    contact = words.text("event.contact", said=short(event.contact))
    says = {
        "time": words.text("event.time", said=when_text(event, words)),
        "where": words.text("event.where", said=short(where_text(event))),
        "bring": words.text("event.bring", said=short(event.bring)) if event.bring else "",
        "employers": words.text("event.employers", said=short(employers_text(event))) if event.employers else "",
        "contact": contact,
        "seats": seats_text(one, words),
    }
    known = [said for name in about if (said := says.get(name, ""))]
    silent = [] if len(known) == len(about) else [words.text("event.asked_silent"), contact]
    return "\n".join(dict.fromkeys([short(title_text(event, words)), *known, *silent]))
