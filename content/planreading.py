"""Which part of the local plan a question asks for, told by its words.

A question belongs to the plan when it names the plan, its goals or a project, asks how many households are poor here,
or asks which office handles something. Everything else is left to the understanding.
"""

import re
from dataclasses import dataclass

from core.text import fold

LONGEST = 30  # words; a longer message tells a story

_MONEY = (
    r"(?:bao nhieu tien|may tien|so tien|tong tien|kinh phi|ngan sach|von|may ty|may trieu|bao nhieu ty|nguon tien"
    r"|how? much money|budget|money)"
)
_PLAN = (
    r"(?:ke hoach|chi tieu|muc tieu|muc can dat|phan dau|chuong trinh giam ngheo|the plan|this plan|local plan"
    r"|(?:phuong|xa|dia phuong|thi xa|thanh pho)(?: minh| ta)? hua"
    r"|goals?|targets?)"
)
_POOR = r"(?:ho (?:can )?ngheo|nha (?:can )?ngheo|ty le (?:can )?ngheo|(?:near )?po households?)"
# Folding reads English words as keys: "poor" is typed like "pổ", "how" like "hơ".
_HERE = (
    r"(?:phuong|xa|thi xa|thanh pho|o day|cho minh|noi minh|dia phuong|minh|nam nay|nam toi|cuoi nam|hien|toan|ca"
    r"|20\d\d|here)"
)
_GOAL = r"(?:chi tieu|muc tieu|muc can dat|ke hoach)"
# Without marks "đạt" is also "đặt": how much somebody set themselves is not how far they are.
_HOW_FAR = r"(?:chua|(?:toi|den) dau|(?:toi|den) muc nao)"
_PLACE = r"(?:phuong|xa|thi xa|thanh pho|dia phuong|o day|noi minh|cho minh)"
_HOW_MANY = r"(?: bao nhieu| may| so)"

# In order; the first that is found names the page. Words are folded: no marks, small letters.
_WORDS = (
    (
        "project",
        (
            r"tieu du an (?P<sub>\d{1,2}) (?:cua |thuoc )?du an (?P<of>\d{1,2})",
            r"(?:tieu )?(?:du an|project)(?: so)? (?P<no>\d{1,2})(?: (?:phan|tieu du an) (?P<part>\d{1,2}))?",
        ),
    ),
    ("home", (rf"{_PLAN}\b.*\b(?:het han|tu nam nao|den nam nao|so may|ngay nao|do ai|ai lam ra|ai ra)",)),
    (
        "progress",
        (
            rf"(?:dat|hoan thanh)(?: duoc| xong| het)?(?: cac| nhung)? {_GOAL}\b.{{0,40}}\b{_HOW_FAR}",
            rf"{_GOAL}\b.{{0,40}}\b(?:dat|hoan thanh|thuc hien|lam)(?: duoc| xong)?(?: roi)? {_HOW_FAR}",
            rf"{_GOAL}\b.{{0,40}}\b(?:dat duoc|hoan thanh|hoan thanh duoc|lam duoc) (?:bao nhieu|may)",
            rf"^{_PLACE}(?: minh| ta)? (?:da )?(?:lam|thuc hien|di)(?: duoc)? (?:toi|den) (?:dau|muc nao)(?: roi)?$",
            rf"(?:tien do|ket qua)(?: thuc hien| lam)?(?: cac| nhung)? {_GOAL}",
            rf"(?:lam|thuc hien)(?: duoc)? {_GOAL}\b.{{0,30}}\b(?:toi|den) (?:dau|muc nao)",
            r"(?:reach|reached|meet|met)\b.*\b(?:goals?|targets?)\b",
        ),
    ),
    (
        "poverty",
        (
            r"ty le (?:ho )?(?:can )?ngheo",
            r"giam (?:duoc )?(?:ho )?ngheo(?: duoc)? (?:chua|the nao|ra sao|toi dau|den dau)",
            r"ket qua giam ngheo",
            rf"(?:giam|con|co|tong)(?: duoc| lai| khoang)?{_HOW_MANY} {_POOR}(?=.*\b{_HERE}\b|$)",
            rf"so {_POOR}(?=.*\b{_HERE}\b|$)",
            rf"{_HERE}\b.*\b(?:giam|con|co)(?: duoc| lai)?{_HOW_MANY} {_POOR}",
            rf"(?:bao nhieu|may|giam(?: duoc)? bao nhieu) (?:phan tram )?{_POOR}\b(?!.* (?:duoc|vay|tien)\b)",
            rf"(?:bao gio|khi nao|nam nao|chung nao)(?: thi| moi)? (?:het|khong con|xoa het) {_POOR}",
            rf"how? many {_POOR}",
            r"poverty rate",
        ),
    ),
    (
        "projects",
        (
            r"(?:nhung|cac|may|bao nhieu|co) du an (?:nao|gi)",
            r"(?:co )?(?:may|bao nhieu) du an",
            r"(?:nhung|cac) du an\b(?=.*\b(?:giam ngheo|ke hoach|phuong|xa)\b)",
            rf"{_PLAN}\b.*\b(?:cac du an|projects)",
            r"^(?:cac )?du an$",
        ),
    ),
    (
        "money",
        (
            rf"{_MONEY}\b.*\b(?:{_PLAN}|giam ngheo|du an|dia phuong)",
            rf"(?:{_PLAN}|giam ngheo|cac du an|dia phuong)\b.*\b{_MONEY}",
            rf"{_PLAN}\b.*\b(?:lay )?tien (?:o )?dau",
            rf"tien\b.*\b{_PLAN}\b.*\b(?:lay|o|tu) (?:o |tu )?dau",
            r"^tien (?:o |lay o )?dau ra$",
            r"^(?:tong )?(?:ngan sach|kinh phi)\b.{0,25}\b(?:bao nhieu|may)",
            r"trung uong (?:cho|cap|ho tro) (?:bao nhieu|may)",
        ),
    ),
    ("movement", (r"(?:phong trao|khau hieu|cuoc van dong|slogan|movement)",)),
    (
        "offices",
        (
            r"(?:nhung|cac) (?:phong|ban|co quan|noi)(?: ban)? (?:nao|lo viec gi|lam gi)",
            r"phong nao lo viec gi",
            r"phan cong",
            r"^(?:ke hoach giao )?(?:phong|ban|tram|mat tran|trung tam|van phong|uy ban|cong chuc|thon|truong thon"
            r"|to truong)\b.{0,40}\b(?:lo|lam|phu trach) (?:viec |nhung )?gi",
        ),
    ),
    ("documents", (rf"{_PLAN}\b.*\b(?:can cu|dua (?:vao|theo)|theo van ban)", rf"can cu\b.*\b{_PLAN}")),
    ("silent", (rf"{_PLAN}\b.*\b(?:khong (?:noi|nhac|neu)|bo qua|khong giao)\b.*\b(?:gi|viec nao|ai)",)),
    (
        "priorities",
        (
            rf"{_PLAN}\b.*\buu tien",
            r"ai duoc uu tien",
            r"uu tien (?:ai|ho nao|nha nao)",
            r"(?:thon|to dan pho|ban|ho|nha) nao duoc uu tien",
        ),
    ),
    ("channels", (rf"{_PLAN}\b.*\b(?:tuyen truyen|loa|truyen thanh|trang web|zalo|fanpage|nghe tin)",)),
    ("policies", (rf"{_PLAN}\b.*\b(?:giup (?:gi|khac|them)|ho tro (?:gi|khac|them)|chinh sach (?:gi|nao|khac))",)),
    ("feedback", (rf"{_PLAN}\b.*\b(?:phan anh|vuong mac|bao kho)",)),
    ("disclosure", (rf"{_PLAN}\b.*\b(?:cong khai|minh bach)",)),
    ("counts", (r"(?:may|bao nhieu) (?:thon|to dan pho|ban|phuong xa|phuong|xa)",)),
    ("goals", (rf"{_PLAN}\b.*\b(?:nham (?:gi|muc dich)|de lam gi|muc dich)", rf"muc dich\b.*\b{_PLAN}")),
    (
        "solutions",
        (
            r"(?:giai phap|cach lam)\b.*\b(?:giam ngheo|ke hoach)",
            r"(?:ke hoach|giam ngheo)\b.*\b(?:giai phap|cach nao|bang cach)",
            r"^giai phap$",
        ),
    ),
    ("processes", (rf"{_PLAN}\b.*\b(?:giam sat|kiem tra|tap huan|khen thuong|khao sat|ra soat)",)),
    ("fund", (rf"{_PLAN}\b.*\bquy (?:vi )?(?:nguoi )?ngheo", rf"quy vi nguoi ngheo\b.*\b{_PLAN}")),
)
_PAGES = tuple((name, re.compile("|".join(rf"\b(?:{one})\b" for one in words))) for name, words in _WORDS)
# A goal for a whole dimension: looked for only where the plan is named.
_DIMENSIONS = (
    ("employment", re.compile(r"\b(?:viec lam|lao dong|lam viec)\b")),
    ("health", re.compile(r"\b(?:y te|suc khoe|dinh duong)\b")),
    (
        "education",
        re.compile(r"\b(?:giao duc|hoc hanh|dao tao|hoc sinh|(?:tre|tre em|con|chau) (?:di hoc|den truong))\b"),
    ),
    ("housing", re.compile(r"\bnha o\b")),
    ("water-sanitation", re.compile(r"\b(?:nuoc sach|nuoc sinh hoat|ve sinh)\b")),
    ("information", re.compile(r"\bthong tin\b")),
    ("general", re.compile(r"\b(?:chung|tong quat)\b")),
)
_POVERTY = ("poverty", re.compile(r"\b(?:giam ngheo|ho (?:can )?ngheo|po households?)\b"))
_SHARE = re.compile(r"\b(?:bao nhieu|may) phan tram\b")
_YEAR = re.compile(r"\b20\d\d\b")
_BARE = {"": "targets"}  # nothing but the goals is named
_NAMED = re.compile(rf"\b{_PLAN}\b")
_GOALS = re.compile(r"\b(?:hua|chi tieu|muc tieu|muc can dat|phan dau|goals?|targets?)\b")
_WHO = re.compile(
    r"\b(?:ai|phong nao|co quan nao|ban nao|don vi nao|noi nao|can bo nao|ben nao)"
    r" (?:phu trach|lo|chiu trach nhiem|quan ly|lam|chu tri|giai quyet|dam trach|theo doi)"
    r"(?: (?:viec|ve|chuyen|phan|mang))?\b"
    r"|\b(?:hoi|gap) (?:ai|phong nao|co quan nao|can bo nao|noi nao)\b"
    r"|\bwho (?:handles|is in charge of|takes care of)\b"
)
# Taken away to see which matter is named besides.
_AROUND = re.compile(
    rf"\b(?:{_PLAN}|{_HERE}|noi (?:toi|ve|gi)|nhac (?:toi|den)|neu|dat|de ra|co|khong|bao nhieu|the nao|ra sao"
    r"|thi sao|gi|ve(?! sinh)|la|cua|nam"
    r"|trong|den|toi|giam ngheo|viec(?! lam)|chuyen|phan|mang(?= \w)|vay$|a|nhi|ha|cho|hoi|voi|may|does|say"
    r"|anything|about)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of the plan."""

    page: str | None = None  # key of a page of the plan
    who: bool = False  # which office handles `rest`
    dimension: str | None = None  # what `rest` is, where it is one of the six dimensions as such
    rest: str = ""  # the words that name a matter besides the plan; empty: the plan alone


def asked(text: str) -> Asked | None:
    """What a message asks of the plan; None when it does not ask about the plan.

    >>> asked("năm nay phường mình giảm bao nhiêu hộ nghèo").page
    'poverty'
    >>> asked("dự án 2 bao nhiêu tiền").page, asked("ai phụ trách nước sạch").rest
    ('projects:2', 'nuoc sach')
    >>> asked("hộ nghèo được vay bao nhiêu")
    """
    folded = fold(text)
    if not folded or folded.count(" ") >= LONGEST:
        return None
    page = _page(folded)
    if page is not None:
        return Asked(page=page)
    if found := _WHO.search(folded):
        return Asked(who=True, rest=_rest(f"{folded[: found.start()]} {folded[found.end() :]}"))
    if not _NAMED.search(folded):
        return None
    rest = _rest(folded)
    dimension = next((name for name, pattern in _DIMENSIONS if pattern.fullmatch(rest)), None)
    return Asked(rest=rest, dimension=dimension)


def _page(folded: str) -> str | None:
    for name, pattern in _PAGES:
        if match := pattern.search(folded):
            return _exactly(name, match, folded)
    if _SHARE.search(folded):
        return next((f"targets:{name}" for name, pattern in _DIMENSIONS if pattern.search(folded)), None)
    if not _GOALS.search(folded):
        return None
    rest = _rest(folded)
    return next((f"targets:{name}" for name, pattern in _DIMENSIONS if pattern.fullmatch(rest)), _BARE.get(rest))


def _exactly(name: str, match: re.Match[str], folded: str) -> str:
    """The page with what narrows it: the number of a project, a year."""
    if name == "project":
        number, part = match["no"] or match["of"], match["part"] or match["sub"]
        return f"projects:{int(number)}.{int(part)}" if part else f"projects:{int(number)}"
    if name == "progress":
        part = next((part for part, pattern in (_POVERTY, *_DIMENSIONS) if pattern.search(folded)), "")
        return f"progress:{part}" if part else name
    year = _YEAR.search(folded) if name == "poverty" else None
    return f"{name}:{year[0]}" if year else name


def _rest(folded: str) -> str:
    return " ".join(_AROUND.sub(" ", folded).split())
