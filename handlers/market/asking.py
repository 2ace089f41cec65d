"""Whether somebody sells or looks for something: read from their words, where they say nothing else besides."""

import re
from dataclasses import dataclass

from content.goods import amount_in, goods_in, plain
from core.market import LONGEST, Goods, Side
from core.text import clean
from handlers.market.crossing import priced_goods

MOST_WORDS = 16
_ME = r"(?:(?:toi|tui|em|minh|chau|con|nha toi|nha em|nha minh|nha|bac|co|chu|anh|chi) )?"
_OFFERS = (
    re.compile(rf"{_ME}(?:(?:muon|can|dang|rao|xin|dang tin|dang bai) )*ban (?P<what>.+)"),
    re.compile(rf"{_ME}(?:dang |con |moi )?co (?P<what>.+?)(?: (?:muon|can|dang|de))+ ban(?: .*)?"),
)
_WANTED = (re.compile(rf"{_ME}(?:(?:muon|can|tim|dang|rao|xin) )+(?:tim )?(?:thu )?mua (?P<what>.+)"),)
# Words of a question, of another matter, or of a trouble: then it is no post.
_ELSE = re.compile(
    r"\b(?:khong|ko|hong|sao|dau|gi|ai|nao|bao nhieu|may gio|vay|von|ho tro|tro gia|bi|ep gia|lua|mat gia|rot gia"
    r"|the nao|duoc khong|giup|nghe|viec|bao hiem|the bao|gia bao|chinh sach|nha nuoc|lop|hoc|tra gop|roi|ma"
    r"|tra no|ngan hang|no nan|chua benh|dong hoc)\b"
)
_OFF = re.compile(
    rf"{_ME}(?:thoi |khoi |khong |dung |bo |huy )+(?:dang|ban|mua|gui|tin)?(?: (?:tin|nua|dau|nay|a|nhe))*"
)
_NO_NUMBER = re.compile(r"(?:thoi )?(?:khong|khoi|dung)(?: (?:can|muon|phai))?(?: (?:cho|co|ghi|de))?(?: so)?\b")
_PAST = re.compile(r"\b(?:ban xong|ban het|da ban|mua duoc)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody sells or looks for, as far as their words say it."""

    side: Side
    what: str
    goods: Goods
    amount: str = ""
    price: str = ""


def said_in(text: str) -> Said | None:
    """A post in somebody's own words; None where they say something else.

    >>> said = said_in("tôi có 20 con gà muốn bán")
    >>> said.side.value, said.what, said.amount
    ('offer', 'gà', '20 con')
    >>> said_in("toi ban 20 con ga").goods.value
    'poultry'
    >>> said_in("bán rau bị ép giá thì hỏi ai") is None
    True
    >>> said_in("bán 20 con gà 150k/con").price
    '150k/con'
    """
    price, unpriced = priced_goods(text)
    line = re.sub(r"[.,;!]+", " ", clean(unpriced))
    words = line.split()
    folded = [plain(one) for one in words]
    joined = " ".join(folded)
    if "?" in text or not 1 < len(words) <= MOST_WORDS or any(not one or " " in one for one in folded):
        return None
    if _ELSE.search(joined) or _PAST.search(joined):
        return None
    for side, patterns in ((Side.OFFER, _OFFERS), (Side.WANTED, _WANTED)):
        for pattern in patterns:
            found = pattern.fullmatch(joined)
            if found is None:
                continue
            first = joined[: found.start("what")].count(" ")
            named = " ".join(words[first : first + found["what"].count(" ") + 1])
            if (goods := goods_in(named)) is not None:  # not of the whole line: "toi" of "toi ban ga" is no garlic
                amount, what = amount_in(named)
                return Said(side=side, what=what[: LONGEST["what"]], goods=goods, amount=amount, price=price)
    return None


def asks_else(folded: str) -> bool:
    """Whether words that are no goods ask about another matter."""
    return _ELSE.search(folded) is not None


def calls_off(folded: str) -> bool:
    """Whether somebody does not want to post after all.

    >>> calls_off("thoi khong dang nua"), calls_off("thoi khong cho so")
    (True, False)
    """
    return _OFF.fullmatch(folded) is not None


def refuses_number(folded: str) -> bool:
    """Whether somebody shows no telephone number."""
    return _NO_NUMBER.match(folded) is not None
