"""Conditions that no offer may ask for here: of sex, and of an age other than that from which people may work.

Nothing in our packs is a basis for any other, so none is taken; what is asked of health needs its document.
"""

import re

from content.work.agelimits import limits_age
from content.work.sexes import asks_for_one_sex
from core.text import fold
from core.work import LONGEST

# The texts in which conditions hide, and those of them that are names.
TEXTS = ("title", "note", "degree", "papers", "hours", "lodging", "level", "length", "support")
NAMES = ("employer", "place", "contact")
AGES = (15, 18)  # years from which somebody may be asked to be
_ANY = re.compile(
    r"(?:nam|nam va|nam hoac|nam hay) nu|nu(?: va| hoac| hay)? nam|khong(?: yeu cau| phan biet)?|deu duoc|tat ca"
)
_NO_AGE = re.compile(
    r"(?:khong(?: yeu cau| gioi han| han che)?(?: tuoi| do tuoi)?|moi (?:lua |do )?tuoi|tu do|deu duoc)"
)
_FROM = re.compile(r"(?:(?:tu|du|tren|tu du) ?)?(\d\d)(?: tuoi)?(?: ?\+| tro len| tuoi tro len)?")
SEX_REFUSED = (
    "không nhận điều kiện về giới tính; bỏ đi, và ghi việc đòi hỏi gì, như: mang vác đến 25 kg, đứng máy cả ca"
)
AGE_REFUSED = (
    "chỉ nhận “đủ 18 tuổi” hay “đủ 15 tuổi”; bỏ giới hạn khác, và ghi việc đòi hỏi gì, như: làm ca đêm, leo cao"
)
HEALTH_REFUSED = "điều kiện sức khỏe cần có văn bản quy định; ghi văn bản ấy vào cột “căn cứ”, hoặc bỏ điều kiện đi"


def demand_no_sex(said: str) -> None:
    """Of a column for it. Raises ValueError where one sex is asked for.

    >>> demand_no_sex("Nam/Nữ"), demand_no_sex("")
    (None, None)
    """
    plain = re.sub(r"[^a-z ]+", " ", fold(said))
    if plain.strip() and _ANY.fullmatch(" ".join(plain.split())) is None:
        raise ValueError(SEX_REFUSED)


def age_from(said: str) -> int | None:
    """The age from which people are taken; None where none is asked for. Raises ValueError at any other limit.

    >>> [age_from(one) for one in ("", "Đủ 18 tuổi trở lên", "từ 15 tuổi", "không yêu cầu")]
    [None, 18, 15, None]
    """
    folded = fold(said)
    if not folded or _NO_AGE.fullmatch(folded):
        return None
    found = _FROM.fullmatch(folded)
    if found is None or int(found[1]) not in AGES:
        raise ValueError(AGE_REFUSED)
    return int(found[1])


def demand_lawful_words(text: str, *, names: bool = False) -> None:
    """Of any text of an offer. With `names`, it is of somebody or of a place: there a word alone is no condition.

    Raises ValueError where it asks for one sex, or for another age.
    """
    text = text[:LONGEST]  # a longer one is refused for its length
    if asks_for_one_sex(text, names=names):
        raise ValueError(SEX_REFUSED)
    if limits_age(text, AGES):
        raise ValueError(AGE_REFUSED)


def demand_basis(health: str, basis: str) -> None:
    """Raises ValueError where health is asked for without the document that says so."""
    if health and not basis:
        raise ValueError(HEALTH_REFUSED)
