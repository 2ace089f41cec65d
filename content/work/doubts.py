"""What in an offer looks like a fraud: for an officer to ask about before they verify it, and never a verdict."""

import re
from functools import lru_cache

from content.understanding.links import strange_addresses
from content.understanding.warnings import tells, warnings
from content.understanding.windows import windows
from core.text import fold
from core.work import Offer

# What an advert may well say without being a lure ("lương cao", an address on the web) counts only in what is one.
_ALONE = frozenset({"first", "secret", "papers", "tasks", "abroad", "prize", "profit", "arranged"})
_CLAUSE = re.compile(r"[;\n]+|[.,:]+(?=\s|$)|\b(?:nhưng|riêng|chỉ)\b", re.IGNORECASE)
# "không thu tiền, không đặt cọc", "Nhà nước đóng học phí": who speaks so asks for nothing.
_ASKS_NOTHING = re.compile(
    r"\b(?:khong|chang|mien|cam)\b(?: \w+){0,3} ?\b(?:thu|phai|dong|nop|coc|mat|lay|doi|giu|phi|tien)\b"
    r"|\b(?:nha nuoc|cong ty|phuong|xa|quy|chu) (?:\w+ )?(?:dong|tra|lo|nop)\b|\bdong (?:bao hiem|bhxh|goi|hang|hop)\b"
)
_MORE = {
    "first": re.compile(r"\bgiu cho\b|\bdat truoc\b|\bky quy\b|\bthe chan\b|\bchuyen khoan\b.*\b(?:truoc|moi)\b"),
    "papers": re.compile(r"\b(?:can cuoc|ho chieu|bang goc|giay to)\b.{0,40}\b(?:giu|cam)\b"),
}
_TEXTS: tuple[str, ...] = ("title", "employer", "contact", "hours", "health", "basis", "papers", "degree", "lodging")
_TEXTS += ("level", "length", "support", "priority", "note", "place", "licence")


@lru_cache(maxsize=1000)
def signs(offer: Offer) -> tuple[str, ...]:
    """By the names of the sentences `fraud.tell.*`; "some" where what was seen has no name.

    >>> from datetime import date
    >>> from core.work import OfferKind
    >>> told = {"kind": OfferKind.VACANCY, "title": "a", "occupation": "sewing", "place": "b", "employer": "c"}
    >>> one = Offer(**told, deadline=date(2026, 12, 31), note="Đặt cọc 500.000 đồng khi nhận việc.")
    >>> signs(one), signs(Offer(**told, deadline=date(2026, 12, 31), note="Không thu tiền, không đặt cọc."))
    (('first',), ())
    """
    clauses = [each for name in _TEXTS for each in _CLAUSE.split(getattr(offer, name)) if each.strip()]
    asking = [one for one in clauses if _ASKS_NOTHING.search(fold(one)) is None]
    said = ". ".join(asking)
    found = windows(said)
    lure, seen = warnings(said, found).fraud, dict.fromkeys(tells(said, found))
    names = [one for one in seen if lure or one in _ALONE]
    folded = [fold(one) for one in asking]
    names += ["link"] if "link" not in names and any(map(strange_addresses, asking)) else []
    names += [name for name, more in _MORE.items() if name not in names and any(map(more.search, folded))]
    return tuple(names) or (("some",) if lure else ())


def suspicious(offer: Offer) -> tuple[str, ...]:
    """The words in which it asks for what it should not, as they stand in it: people will read them.

    >>> from datetime import date
    >>> from core.work import OfferKind
    >>> told = {"kind": OfferKind.VACANCY, "title": "a", "occupation": "sewing", "place": "b", "employer": "c"}
    >>> suspicious(Offer(**told, deadline=date(2026, 12, 31), note="Làm ca ngày. Đặt cọc 500.000 đồng."))
    ('Đặt cọc 500.000 đồng',)
    """
    seen, found = set(signs(offer)), []
    for clause in (each.strip() for name in _TEXTS for each in _CLAUSE.split(getattr(offer, name))):
        folded = fold(clause)
        if not clause or _ASKS_NOTHING.search(folded):
            continue
        named = set(tells(clause, windows(clause))) | {name for name, more in _MORE.items() if more.search(folded)}
        if named & seen or ("link" in seen and strange_addresses(clause)):
            found.append(clause.rstrip("."))
    return tuple(dict.fromkeys(found))
