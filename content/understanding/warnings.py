"""Fraud that people are being drawn into, and the wish for a verdict or a promise that nobody here can give."""

import re
from dataclasses import dataclass

from content.understanding.windows import windows
from core.text import fold

_FRAUD = (
    r"\bviec nhe luong cao\b",
    r"\bluong cao viec nhe\b",
    r"\bnhe nhang luong cao\b",
    r"\bkhong can kinh nghiem\b.{0,60}\b(?:luong|thu nhap|trieu)\b",
    (
        r"(?<!lao )(?<!hoat )(?<!hop )\b(?:dong|nop|chuyen|dua|gui|ung|dat)(?: (?!hoi\b|nam\b|thang\b|tuan\b"
        r"|lan\b|don\b|giay\b|ho so\b|hoc phi\b|bao hiem (?:y te|xa hoi|truoc)\b)\w+){0,6} truoc\b(?! (?:ngay"
        r"|thang|khi|han|thoi han)\b)(?=.{0,60}\b(?:moi|de|cho|roi|thi|la|co|dung|that|vay|lay|khong|nhan)\b"
        r"|$)"
    ),
    r"\bdat coc truoc\b",
    (
        r"\b(?:doi|thu|bat|yeu cau|bao|keu|phai)(?: \w+){0,4} (?:tien coc|dat coc|tien the chan|phi ho so"
        r"|tien ho so|phi ship|phi bao hiem khoan)\b(?! khong)"
    ),
    (
        r"\b(?:dong|nop|chuyen khoan|chuyen) (?:phi|tien) (?:\w+ ){0,3}(?:moi|de) (?:duoc )?(?:nhan|vay"
        r"|giai ngan|lay|lanh|linh)\b"
    ),
    r"\b(?:otp|ma xac (?:nhan|minh|thuc)|mat khau (?:ngan hang|the))\b",
    r"\bdoc (?:\w+ ){0,2}(?:ma|day so|sau so|6 so|may so)\b",
    (
        r"\b(?:xung|tu xung|gia danh|gia mao|mao danh|gia lam|gia)(?: \w+){0,3} (?:cong an|can bo|nhan vien"
        r"|ngan hang|dien luc|buu dien|toa an|uy ban|nha nuoc|xa|phuong)\b"
    ),
    r"\b(?:cong an|can bo|nhan vien) (?:gia|dom)\b",
    r"\bso la (?:goi|nhan|keu|bao)\b.{0,60}\b(?:ma|tien|khoan|link|cong an|trung|tai khoan)\b",
    r"\bco so la goi\b",
    r"\blua dao\b",
    r"\bbi lua (?:doc|chuyen|mat|dong|nop|tien|qua mang|tren mang|di|sang)\b(?! ban\b)",
    r"\bdu (?:sang|di) (?:cam|campuchia|myanmar|lao)\b",
    r"\bdoi tien chuoc\b",
    r"\btrung (?:thuong|giai)\b.{0,80}\b(?:nop|dong|thue|phi|chuyen|nhan|so|link|xe|trieu|goi)\b",
    r"\bviec nhe\b.{0,40}\bcampuchia\b",
    r"\b(?:duong )?(?:link|lien ket)(?: \w+){0,8} (?:nhan|tien|ho tro|tai khoan|tro cap|dien)\b",
    r"\bbam vao (?:link|duong|day)\b.{0,60}\b(?:nhan|tien)\b",
    (
        r"\b(?:dang nhap|cung cap|dua|gui|cho|doc|khai|dien)(?: \w+){0,3} (?:tai khoan ngan hang|so the"
        r"|mat khau|thong tin the|so tai khoan)\b.{0,60}\b(?:de|nhan|moi)\b"
    ),
    r"\blam nhiem vu\b.{0,60}\b(?:tien|hoa hong|nop|mang)\b",
    r"\b(?:tien ao|da cap)\b",
    r"\blai (?:suat )?(?:\w+ ){0,4}(?:mot|1|moi) (?:thang|ngay)\b.*\bdau tu\b",
    r"\bdau tu\b.{0,40}\blai\b.{0,40}\b(?:thang|ngay)\b",
    r"\bbao (?:dau|duyet|do)\b(?! bo)",
    r"\b(?:lo|chay) (?:xong |duoc )?(?:giay|so|suat|ho so)(?: \w+){0,5} ho ngheo\b.{0,40}\b(?:trieu|tien)\b",
    (
        r"\b(?:co|ong co|moi gioi|nguoi la|nguoi ta|no|ho|han|thang)\b(?: \w+){0,6} (?:dua|doi|lay"
        r"|thu)(?: \w+){0,3} (?:trieu|tram|ngan|nghin|chuc)\b.{0,60}\b(?:lo|la xong|moi|de)\b"
    ),
    r"\b(?:lo|da|vua) chuyen (?:tien|khoan)(?: \w+){0,4} (?:nguoi la|cho ho|chan so|mat)\b",
    r"\bchan so (?:toi|em|minh|tui)\b",
    r"\bchuyen tien cho nguoi la\b",
    (
        r"\b(?:nguoi la|co thang|co nguoi|co ke|thang nao|may nguoi)(?: \w+){0,3} (?:doi|bat|keu|bao"
        r"|thu)(?: \w+){0,3} tien(?: \w+){0,2} (?:moi|de)\b"
    ),
    r"\b(?:cat|khoa|phat|bat)(?: \w+){0,3} (?:neu|khong)? ?(?:chuyen khoan|chuyen tien)\b",
    r"\b(?:doi|bat|ep) chuyen (?:khoan|tien)\b",
    r"\bkhong chuyen (?:tien|khoan) (?:la|thi|se)\b",
)
_LINK = re.compile(
    r"https?://|www\.|\b[\w-]+\.(?:com|net|top|xyz|vip|info|club|site|online|example|cc|me)\b|bit\.ly|t\.me/", re.I
)
_LURE = re.compile(
    r"\b(?:nhan|tien|ho tro|tro cap|qua|vay|luong|thu nhap|tai khoan|trung|giai|trieu|uu dai|khuyen mai|dang ky)\b"
)
_SELLING = re.compile(
    r"\b(?:inbox|lien he ngay|lien he zalo|tuyen gap|ib|uy tin|bao dau|truy cap|dang ky ngay|nhan ngay"
    r"|chuc mung ban|click|so luong co han"
    r"|vui long cung cap|chi can|thu nhap \w+ moi ngay|cho vay|ho tro vay|giai ngan (?:nhanh|trong ngay|ngay))\b"
)
_ASKS = re.compile(
    r"\b(?:khong|a|ha|phai|dung|that|sao|nen|lam gi|lam sao|hong|hok|chua|toi|em|tui|minh|ho bao|nguoi ta"
    r"|co nguoi|no|han)\b"
)

_I = (
    r"(?:nha toi|nha em|nha tui|nha minh|nha mien|nha con|nha chau|toi|em|tui|minh|con|chau|bac|bo|ba|me|ma"
    r"|ma tui|me toi|nha|e|gia dinh toi|gia dinh em)"
)
_CLASS = r"(?:dien )?(?:la )?ho (?:can )?ngheo"
_GOT = r"(?:duoc|du dieu kien|dau|thuoc|la ho|vao|vo|co the|co ten|trung|dat|coi nhu)"
_TAG = (
    r"(?:phai khong|dung khong|phai hong|dung hong|nhe|nha|nhi|ha|he|hi|hen|nghen|dung chua|phai chua|ak|a"
    r"|can bo|do|roi|khoi xet nua)"
)
_CAUTION = (
    (
        rf"^(?:\w+ ){{0,2}}(?:vay|the|rua|dzay|nhu vay|nhu the|vay thi|the thi)(?: (?:la|tuc la|nghia la"
        rf"|coi nhu|mai|nay|chac|chac chan))*(?: \w+){{0,3}}? ?\b{_GOT}\b.* (?:roi|luon"
        rf"|chac)(?: {_TAG})*(?: \w+){{0,3}}$"
    ),
    (
        rf"^(?:vay|the|rua|dzay|nhu vay) (?:la )?(?:\w+ ){{0,5}}(?:duoc|dau|du dieu kien|duyet"
        rf"|ho ngheo)(?: \w+){{0,4}} (?:{_TAG} ?)+$"
    ),
    (
        r"(?<!tai san )(?<!khong )\b(?:chac chan|chac an|bao dam|dam bao|cam doan|cam ket|hua chac|noi chac"
        r"|tra loi chac)\b(?=.*\b(?:duoc|co|dau|ho ngheo|duyet|cho|tien|dung|la)\b)(?!.*\bvay von lai\b)"
    ),
    r"(?<!can bo )(?<!xa )(?<!ho )(?<!ong )(?<!co )\bhua (?:voi|chac|la|di|giup)\b.*\b(?:duoc|co|se|cho)\b",
    r"\bdut khoat\b",
    r"\b(?:cho toi |cho em )?mot cau chac chan\b",
    (
        rf"\b(?:duyet|ky duyet|phe duyet|xet duyet|cong nhan|quyet dinh) (?:luon |ngay |giup |ho |dum |gium "
        rf"|ho so )*(?:cho |giup |dum |gium )?(?:{_I}|ho so|don)\b.*\b(?:di|cai|voi|luon|nhe|nha|nghen|ngay"
        rf"|la ho(?: can)? ngheo(?: \w+)?)$"
    ),
    r"\bduyet (?:luon|ngay|di|lien)\b",
    rf"\b(?:duyet|cong nhan|quyet dinh) cho {_I}(?: \w+){{0,6}}(?: di| voi| luon| nhe| nha| ad|$)",
    rf"\b(?:cho|dua|cap|ghi) {_I} (?:\w+ )?(?:vo|vao|lam|la) {_CLASS}(?: \w+)? ?(?:luon|ngay|di|nhe|nha|voi)\b",
    (
        r"\b(?:chung tay|may|bot|ban|ad)(?: \w+)? (?:bao|noi|xac nhan|ket luan|tra loi|khang dinh"
        r"|hua)(?: \w+){0,4} (?:duoc|la ho|thuoc|du dieu kien|dau|dat)\b.*\b(?:roi|nhe|nhi|tuc|phai|dung"
        r"|khoi)\b"
    ),
    rf"\b{_I} (?:\w+ )?(?:duoc|thuoc|la|dau|vao|vo) {_CLASS} roi(?: {_TAG})+(?: cam on.*)?$",
    rf"\b{_I} (?:duoc|thuoc|la) {_CLASS} roi (?:nhe|nha|nhi|cam on)\b",
    r"\byen tam la (?:duoc|co|dau)\b",
    r"\bcoi nhu (?:\w+ ){0,2}(?:duoc|dau|xong)\b(?=.*\b(?:roi|nhe|nha|nhi|ha|dung|phai)\b|$)",
    r"\bco dau (?:ho ngheo )?(?:hay )?khong\b",
    r"\b(?:duoc|co) hay (?:la )?khong (?:duoc|co)\b.*\bchac\b",
    r"\b(?:tra loi|noi) (?:mot cau |thang |luon )?(?:la )?co phai ho (?:can )?ngheo hay (?:khong|la khong)\b",
)


def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


_FRAUD_SIGN, _CAUTION_SIGN = _any(_FRAUD), _any(_CAUTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Warnings:
    """What a message should be warned about."""

    fraud: bool = False
    advertised: bool = False  # it is the bait itself, not a person telling of it
    verdict: bool = False  # it asks for, or claims, a decision or a promise


def warnings(text: str) -> Warnings:
    """Judge a message of any length by its sentences."""
    pieces = [fold(window) for window in windows(text)]
    linked = _LINK.search(text[:2_000]) is not None and any(_LURE.search(piece) for piece in pieces)
    fraud = linked or any(_FRAUD_SIGN.search(piece) for piece in pieces)
    selling = fraud and any(_SELLING.search(piece) for piece in pieces)
    return Warnings(
        fraud=fraud,
        advertised=selling and not any(_ASKS.search(piece) for piece in pieces),
        verdict=any(_CAUTION_SIGN.search(piece) for piece in pieces),
    )
