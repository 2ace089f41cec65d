"""What somebody says of where, when and what holds them back, in whole sentences, whichever question waits."""

import re
from collections.abc import Mapping, Sequence

from core.text import fold
from core.work import Hindrance, Reach, Times

Heard = Mapping[str, Sequence[str]]

# Only what means nothing else in any sentence: what answers its own question in a word is read there.
_CLEAR: tuple[tuple[str, str, str], ...] = (
    ("reach", Reach.HERE, r"gan nha|trong (?:xa|phuong|thon|lang|buon|ban)|tai nha|quanh day|gan day"),
    ("reach", Reach.DAILY, r"sang di (?:toi|chieu) ve|di (?:ve )?trong ngay|ve trong ngay"),
    (
        "reach",
        Reach.ANYWHERE,
        r"(?:xa(?: nha)?|dau|noi nao|di dau) cung (?:duoc|di|lam|ok)|khong ngai xa"
        r"|(?<!khong )(?<!khong the )di (?:lam )?xa (?:nha )?(?:cung )?(?:duoc|ok)(?! khong)",
    ),
    (
        "times",
        Times.DAYTIME,
        r"(?:chi )?ban ngay|gio hanh chinh|khong (?:lam )?(?:ban |ca )?dem"
        r"|(?:tu )?sang (?:den|toi|som den|som toi) chieu|sang (?:di )?lam chieu (?:ve|nghi)",
    ),
    ("times", Times.PARTLY, r"vai (?:gio|tieng)|nua (?:ngay|buoi)|mua vu|thoi vu|luc ranh|khi ranh|ban thoi gian"),
    ("times", Times.ANY, r"(?:luc|gio|khi) nao cung (?:duoc|di|lam|ok)"),
    (
        "held",
        Hindrance.CHILDREN,
        r"con (?:nho|mon|dai)|chau nho|giu con|trong con|nuoi con|don con|be nho|dua nho|em be",
    ),
    ("held", Hindrance.VEHICLE, r"(?:khong|chua) (?:co )?xe|co xe dau|xe (?:dau|khong co)|mat xe|het xe"),
    ("held", Hindrance.HEAVY, r"khong (?:lam )?(?:duoc )?(?:viec )?nang|dau (?:lung|khop|chan)|khong (?:vac|khieng)"),
)
_PATTERNS = tuple((step, value, re.compile(rf"\b(?:{words})\b")) for step, value, words in _CLEAR)
_NOT_SO = re.compile(r"\b(?:khong can|khoi can|dau can) (?:gan nha|trong xa|ban ngay)\b")
# "Việc gì cũng được": anything; and nobody is held back by having no certificate.
ANY_WORK = re.compile(
    r"\b(?:viec |lam |nghe )?(?:gi|nao) (?:cung|deu) (?:duoc|lam|lam duoc|ok|chiu|nhan)\b|\bsao cung duoc\b"
)
_NO_TRADE = re.compile(
    r"\b(?:khong|chua) (?:\w+ ){0,2}(?:bang cap|bang|tay nghe|nghe|chuyen mon|hoc hanh|hoc nghe)\b"
    r"|\blao dong pho thong\b"
)


def heard_in(text: str) -> Heard:
    """What a sentence says, by the question that it answers.

    >>> {step: [str(one) for one in said] for step, said in heard_in("gan nha thui, con nho, co xe dau ma di").items()}
    {'reach': ['here'], 'held': ['children', 'vehicle']}
    >>> heard_in("may, phu ho")
    {}
    """
    folded = _NOT_SO.sub(" ", fold(text))
    found: dict[str, list[str]] = {}
    for step, value, words in _PATTERNS:
        if words.search(folded) and (step == "held" or step not in found):
            found.setdefault(step, []).append(value)
    return found


def no_trade(text: str) -> bool:
    """Whether somebody says that they learned no trade.

    >>> no_trade("tui 47t ko co bang cap gi"), no_trade("khong biet may")
    (True, False)
    """
    return _NO_TRADE.search(fold(text)) is not None
