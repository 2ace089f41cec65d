"""Fraud that people are being drawn into, and the wish for a verdict or a promise that nobody here can give."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from content.understanding.links import strange_addresses, without_addresses
from content.understanding.signs import english_fraud, fraud, promises
from content.understanding.signs.advice import advises, advises_in_english
from content.understanding.signs.marks import no_lure
from content.understanding.signs.notation import MASKED
from content.understanding.signs.tells import ENGLISH_TELLS, TELLS
from content.understanding.windows import Window
from core.text import fold

_LURE = re.compile(
    r"\b(?:nhan|tien|ho tro|tro cap|qua|vay|luong|thu nhap|tai khoan|trung|giai|trieu|uu dai|khuyen mai|dang ky)\b"
)
# Whether to press an address, or whether what it says is true.
_PRESS = re.compile(
    r"\b(?:bam|nhan vao|an vao|an duoc|mo|vao|click|tin duoc|co that|that khong|that hong|lua|an toan|nguy hiem|co sao"
    r"|nen|link|duong dan|virus|la gi|cua ai|dung khong|phai khong)\b"
)
_ASKS = re.compile(
    r"\b(?:khong|a|ha|phai|dung|that|sao|nen|lam gi|lam sao|hong|hok|chua|toi|em|tui|minh|ho bao|nguoi ta"
    r"|co nguoi|no|han)\b"
)
_BARE = 2  # words beside an address that say nothing of why it was sent
_TOLD = 3  # tells that a warning names; a list is not read to its end
# "v.i.ệ.c n.h.ẹ": letters kept apart so that no machine reads the word.
_SPELT = re.compile(r"\b(?:[^\W\d_][.*_\-·]){2,}[^\W\d_]\b")
_DONG = re.compile(r"\bđồng\b")
_BETWEEN = re.compile(r"[.*_\-·]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Warnings:
    """What a message should be warned about."""

    fraud: bool = False
    paid: bool = False  # money or a secret has already been given away
    advertised: bool = False  # it is the bait itself, not a person telling of it
    verdict: bool = False  # it asks for, or claims, a decision or a promise


def warnings(text: str, found: Sequence[Window]) -> Warnings:
    """Judge a message of any length by its sentences, which are its `windows`."""
    pieces = [_masked(window) for window in found]
    in_english = [_masked_english(window) for window in found]
    lured = not _ours(found) and (
        any(map(fraud.FOUND.search, pieces)) or any(map(english_fraud.FOUND.search, in_english))
    )
    # What tells of money paid is among what tells of a lure.
    paid = lured and (any(map(fraud.PAID.search, pieces)) or any(map(english_fraud.PAID.search, in_english)))
    warned = lured or _strange_link(text)
    selling = warned and any(fraud.SELLING.search(piece) for piece in pieces)
    return Warnings(
        fraud=warned,
        paid=paid,
        advertised=selling and not paid and not any(_ASKS.search(piece) for piece in pieces),
        verdict=any(promises.FOUND.search(piece) for piece in pieces),
    )


def _strange_link(text: str) -> bool:
    """Whether it carries an address of no office, with a lure or a question whether to press it, or alone."""
    if not strange_addresses(text):
        return False
    around = fold(without_addresses(text[:2_000]))
    return around.count(" ") < _BARE or _LURE.search(around) is not None or _PRESS.search(around) is not None


def tells(text: str, found: Sequence[Window]) -> tuple[str, ...]:
    """What in a lure gives it away, by the names of `signs.tells`: at most three, empty where nothing has a name."""
    # "đồng" is no "đóng": beside a sum it would be money to be paid
    pieces = [_masked(window, _DONG.sub("zx", window.lowered)) for window in found]
    english = [_masked_english(window) for window in found]
    seen = {name for name, sign in TELLS.items() if any(map(sign.search, pieces))}
    seen |= {name for name, sign in ENGLISH_TELLS.items() if any(map(sign.search, english))}
    seen |= {"link"} if strange_addresses(text) else set()
    return tuple(name for name in TELLS if name in seen)[:_TOLD]


def _ours(found: Sequence[Window]) -> bool:
    """Whether it says what not to do and to call the police: so speak offices and we ourselves, never a lure."""
    return only_warns(found) and any(" 113" in f" {window.folded}" for window in found)


def only_warns(found: Sequence[Window]) -> bool:
    """Whether somebody warns others of fraud, or asks how to know it, in any of the sentences."""
    return any(advises(window.lowered) or advises_in_english(window.english) for window in found)


def _masked(window: Window, meant: str | None = None) -> str:
    """The sentence as lures are looked for in it; nothing is left of one that warns of them."""
    if advises(window.lowered):
        return ""
    said = _SPELT.sub(lambda spelt: _BETWEEN.sub("", spelt[0]), meant or window.lowered)
    return fraud.LOOKS_LIKE.sub(MASKED, window.folded_as(no_lure(said)))


def _masked_english(window: Window) -> str:
    if advises_in_english(window.english) or advises(window.lowered):
        return ""
    return english_fraud.LOOKS_LIKE.sub(MASKED, window.english)
