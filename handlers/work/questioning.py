"""What somebody asks of the vacancy that was shown last: what its advert says, or that it does not, and whom to ask."""

import re
from collections.abc import Sequence

from content.catalogue import Catalogue
from content.wording import Wording
from content.work.wording import line, short, until_text, wage_text
from core.conversation import Turn
from core.work import OfferAsked, OfferKind, Posted
from handlers.context import Context
from handlers.routing import Router
from handlers.work import asking, telling

router = Router("work.questioning")

MOST_WORDS = 12
_ITS_BUTTONS = re.compile(r"(?:work-yes|lead-(?:share|chat|employer|began|stop)):(\d{1,18})")
_ONLY_LOOKS = re.compile(r"(?:work-browse:vacancy|work-trade:([\w-]+)):([1-9]\d?)")
# Asked of an advert, by what would answer it.
_OF_IT: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (about, re.compile(rf"\b(?:{words})\b"))
    for about, words in (
        (
            "wage",
            r"luong|tien cong|tra (?:bao nhieu|may|the nao)|bao nhieu (?:tien )?(?:mot|1|moi) (?:thang|ngay|gio)",
        ),
        ("place", r"o dau|cho nao|dia chi|khuc nao|xa (?:khong|lam khong|nha khong)|gan (?:khong|nha khong)|bao xa"),
        (
            "hours",
            r"may gio|gio (?:lam|giac)|lam ca|ca dem|lam dem|ban dem|tang ca|chu nhat|cuoi tuan|nghi (?:ngay|chu)",
        ),
        ("age", r"tuoi|gia (?:roi|qua|the)|lon tuoi"),
        (
            "lodging",
            r"bao (?:an|com|o)|cho (?:o|ngu|an)|nha o|o lai|xe (?:dua|don|cong ty)|dua (?:ruoc|don)|an trua|com trua",
        ),
        ("papers", r"giay to|giay gi|mang (?:theo )?gi|ho so gi|can gi"),
        ("degree", r"bang cap|can bang|co bang|kinh nghiem|tay nghe|chua biet nghe|biet nghe|khong biet chu"),
        ("seats", r"con (?:cho|nhan|tuyen|lay|can)|het (?:cho|han)|may nguoi|bao nhieu nguoi|lay nguoi"),
        ("contact", r"so dien thoai|dien thoai|sdt|lien he|gap ai|hoi ai|goi ai|goi so"),
        ("heavy", r"nang|cuc|vat va|met|nang nhoc|de lam|kho lam"),
        (
            "other",
            r"lam gi|lam nhung gi|cong viec|bao hiem|hop dong|thu viec|thuong|nhan (?:khong|nu|nam|minh|toi|em|tui)",
        ),
    )
)
# With these words another matter is asked about, whatever stands above.
_ANOTHER = re.compile(
    r"\b(?:ngheo|vay (?:von|tien|ngan hang|duoc|bao nhieu)|muon vay|von|tro cap|bao hiem y te|the bao hiem"
    r"|hoc nghe|hoc phi|lop|uy ban|can bo|phuong|xa minh|nop|to khai|xet|khong (?:lam|di|chiu|thich)|viec (?:khac|nao)"
    r"|cho khac|cong ty nao|nuoc ngoai|xuat khau|lua|coc)\b"
)

# Below a vacancy, about what it offers, any such word asks: "lương nhiêu", "bao cơm không v".
_ASKS = re.compile(r"\b(?:gi|may|nhieu|dau|nao|khong|sao|ai|chua|ha|ta|nhi|how|what|where|when|is|do|does|can)\b")


@router.before_understanding
def asked(ctx: Context) -> Turn | None:
    """ "Lương bao nhiêu", "60 tuổi họ có nhận không": of the vacancy above, whose buttons stay."""
    talk = ctx.person.conversation
    if ctx.message.payload is not None or ctx.folded.count(" ") >= MOST_WORDS or _ANOTHER.search(ctx.folded):
        return None
    about = tuple(one for one, words in _OF_IT if words.search(ctx.folded))
    if not about or not ("?" in ctx.text or _ASKS.search(ctx.folded)):
        return None
    number = next((int(found[1]) for one in talk.offered if (found := _ITS_BUTTONS.fullmatch(one.payload))), None)
    looks = next((found for one in talk.offered if (found := _ONLY_LOOKS.fullmatch(one.payload))), None)
    if number is None and (looks is None or asking.has_profile(ctx)):
        return None
    trade, place = (looks[1] or "", int(looks[2]) - 1) if looks is not None else ("", 0)
    event = OfferAsked(offer_id=number, place=place, trade=trade, about=about)
    turn = ctx.say("work.asked_gone", *talk.offered).event(event)
    return turn.wait(talk.waiting.state, **talk.waiting.data) if talk.waiting is not None else turn


def told(posted: Posted, about: Sequence[str], content: Catalogue, words: Wording) -> str:
    """What an advert says of these things; what it does not say is said too, with whom to ask."""
    offer = posted.offer
    says = {
        "wage": wage_text(offer, words),
        "place": line(words, f"work.place.{OfferKind.VACANCY}", offer.place),
        "hours": line(words, "work.hours", offer.hours),
        "age": words.text("work.age", age=offer.age_from) if offer.age_from else "",
        "lodging": line(words, "work.lodging", offer.lodging),
        "papers": line(words, "work.papers", offer.papers),
        "degree": words.text("work.no_degree") if offer.no_degree else line(words, "work.degree", offer.degree),
        "seats": until_text(posted, words),
        "contact": telling.contact_text(posted, words),
        "heavy": words.text("work.heavy") if offer.occupation in content.trades.heavy else "",
    }
    known = [said for one in about if (said := says.get(one, ""))]
    silent = [] if len(known) == len(about) else [words.text("work.asked_silent"), says["contact"]]
    first = words.text("work.asked", title=short(offer.title), employer=short(offer.employer))
    return "\n".join(dict.fromkeys([first, *known, *silent]))
