"""What makes a message a follow-up: the words that go on about the topic before, and what is left without them."""

import re

# Asking further without naming a matter: how much, how long, where, which papers, and what about others.
_ASKS_ON = re.compile(
    r"\b(?:bao nhieu|bao lau|duoc may|may$|o dau|di dau|len dau|xa khong|gan day|mo cua|lam viec|thu bay"
    r"|chu nhat|cuoi tuan"
    r"|sang mai|chieu nay|may (?:gio|tien|ngay|thang|nam|lan|phan|cai|ban|giay|tuoi|trieu)"
    r"|cho nao|noi nao|den dau|dau (?:vay|a|ha)|giay (?:gi|to)|ho so|nop|mang (?:gi|theo)|khi (?:nao|mo)|bao gio"
    r"|chung nao|luc nao|ngay nao|ai|can cu (?:vao|o)"
    r"|dua (?:vao|theo|tren)|theo luat|(?:luat|van ban|nghi dinh|quyet dinh|thong tu|dieu) (?:nao|may|so|gi)"
    r"|co ket qua|so dien thoai|goi ai|lau khong|lau chua"
    r"|nap (?:o|cho|dau|gi|ai)|thi sao|sao|lam sao|the nao|nhu the nao|duoc khong|mat (?:tien|phi)|ton tien"
    r"|lam don|mau don|cai (?:do|nay|kia)|tien do|giay do|the do|viec do|chuan bi|can (?:gi|nhung|giay|may|co)"
    r"|(?:khong|chua|hong|chi|gi|may|nao|rang)(?: (?:a|vay|ad|can bo|co|ha|nhi|the|em|do|chu))?$|tiep|nua|han|hon)\b"
    # a kind of household and nothing else
    r"|^(?:(?:con|the|neu|la) ){0,2}(?:nha (?:toi|em|minh|tui) (?:la )?)?(?:ho )?(?:can ngheo"
    r"|moi thoat ngheo|ho ngheo)$"
    # "and how about ...": "con" is also a child
    r"|^(?:the|vay|rua|dzay|nhung|neu|roi)\b"
    r"|^(?:the |vay |dzay |rua )?con (?!(?:toi|em|tui|minh|gai|trai|nho|dau|chau|ruot|ut|be|nha)\b)"
)
# Taken away to see what else is named. Kinds of people and households are no matter of their own.
_ASKING = re.compile(
    r"\b(?:the|con|rua|dzay|nhung|neu|roi|thi|sao|la|bao nhieu|bao lau|bao gio|khi|nao|mo|o dau|len dau|dau"
    r"|cho|noi|di|ai"
    r"|gi|chi|may|lam sao|lam|nhu|duoc|khong|hong|chua|co|phai|can cu(?: vao| theo)?|van ban|nghi dinh|quy dinh"
    r"|dua (?:vao|theo|tren)|(?:ma|luc) noi (?:vay|the|rua)|can|nop|nap|mang|theo|mat|ton|ngay|cai|do|nay|kia|a|ha|nhi"
    r"|ad|can bo|toi|em|e|minh|tui|chau|bac|gia dinh|nguoi|me|bo|ba|ong|(?<!sach )vo|chong|tiep|nua|them|hon|ro|nhan"
    r"|lay|hoi|xin|muon|biet|cua|voi|va|de|moi|rang|chuan bi|nhung|tuoi|\d+|ho (?:can )?(?:moi )?(?:thoat )?ngheo|ngheo"
    r"|gia|kinh|o|xa|phuong|khac|bay|luc|het|xong|giay(?: to)?|tien(?= (?:khong|gi|a|ha)\b)|tien$|xet|goi|so nao"
    r"|nha(?= (?:toi|em|tui|minh|con|chau|khac|nguoi|thi)\b)"
    r"|(?:so )?dien thoai|hoc sinh|sinh vien|tre (?:em|con|nho)|cao tuoi|phu nu|chau be|em be|be"
    # "vậy" at either end; "vay" within is to borrow. "lớp 12" is a kind of person
    r"|^vay|vay$|lop(?= \d)|hoc(?= lop \d)|dung|trong|nam)\b"
)
# The paper itself is the matter, though the words for it are otherwise no matter of their own.
_PAPER = re.compile(r"\b(?:lam|xin|cap|doi)(?: lai| moi)? (?:giay|so)(?: chung nhan)? ho (?:can )?ngheo\b")
_MATTER_FROM = 2  # words: one alone ("tiền", "xe") may be said of anything


def asks_on(folded: str) -> bool:
    """Whether a message has words that go on about what was said before."""
    return _ASKS_ON.search(folded) is not None


def bare(folded: str) -> bool:
    """Whether a message asks on and names nothing at all.

    >>> bare("ai duoc"), bare("mang giay gi"), bare("ai duoc qua tet")
    (True, True, False)
    """
    return asks_on(folded) and not _ASKING.sub(" ", folded).split()


def matter(folded: str) -> str:
    """What a follow-up names besides asking on; two words at least, or empty.

    >>> matter("the con sach vo thi sao"), matter("the mat bao lau"), matter("lam giay ho ngheo o dau")
    ('sach vo', '', 'lam giay ho ngheo')
    """
    if paper := _PAPER.search(folded):
        return paper[0]
    words = _ASKING.sub(" ", folded).split()
    return " ".join(words) if len(words) >= _MATTER_FROM else ""
