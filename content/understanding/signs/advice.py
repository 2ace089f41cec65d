"""Who warns others of fraud, or asks how to know it: a notice of the ward or the police, a card of ours, no lure.

Judged sentence by sentence, so that a lure which begins with "cảnh báo" is still found by what it asks for next.
"""

import re

from content.understanding.signs.notation import signs
from core.text import fold

_EVERYBODY = "(ba con|moi nguoi|nguoi dan|nhan dan|cong dan|quy vi|chi em|cac ho|cac gia dinh|hoi vien)"
_WRONG = (
    r"(lua dao|lua|gia danh|gia mao|mao danh|gia (lam )?cong an|gia can bo|viec nhe luong cao|toi pham|ke xau|chieu tro"
    "|thu doan|mua ban nguoi|tin dung den)"
)
_DEED = "(chuyen (them )?(tien|khoan)|dua (tien|giay to|can cuoc)|doc ma|bam|nap tien|cung cap|gui (tien|giay to))"
_STOP = rf"(vay |vi vay )?({_DEED}|de ai|cho ai|ky|dua)"
# Who tells what others said to them gives no advice.
_TOLD_BY_OTHERS = re.compile(
    r"\b(?:ho(?! (?:ngheo|can|gia)\b)|no|nguoi ta|nguoi nao|han|ben do|co nguoi|toi|em|tui|(?<!noi )minh"
    r"|lo (?:chuyen|dua|doc|bam|nap|gui|dong|nop))\b"
)
# Typed as such, "đừng" is no "đúng" and no "dùng".
_DO_NOT = re.compile(r"\bđừng (?:có |vội |nên )?(?=\w)")
_NOT = "zq zx"  # no words: folding leaves them alone
_ASKED = signs(rf"""
    {_EVERYBODY} (\w+ ){{0,4}}(canh giac|de phong|can trong|can than|luu y|chu y)
    (nhac|khuyen cao|luu y) {_EVERYBODY}
    {_EVERYBODY} (\w+ ){{0,4}}(khong|dung|tuyet doi|khong nen|{_NOT}) (\w+ ){{0,3}}{_DEED}
    (canh bao|canh giac|tuyen truyen|phong chong|phong tranh|phong ngua|de phong|nhan biet|nhan dien|dau hieu)\b.*
    + \b{_WRONG}
    thi (dung lai|{_NOT} (tra|dua|dong|nop|doc|bam|chuyen|ky))
    (thu doan|chieu tro|chieu|kieu) (\w+ )?lua (dao )?(moi|pho bien|hay gap)
    chung tay (\w+ ){{0,4}}khong (thu|nhan|xin|lay|hoi|doi) (\w+ ){{0,4}}(tien|ma|mat khau)
    (lam sao|cach|lam the nao|the nao|sao) (de |ma )?(\w+ )?(biet|nhan ra|nhan biet|tranh) (\w+ ){{0,4}}(lua dao
    + |gia danh)
""")
_SAID = signs(rf"""
    {_NOT} {_STOP}|^(dung|khong|tuyet doi khong) {_DEED}|dung lai (hoi|goi|bao)
""")
_THREAT = signs(rf"(khong|chua) {_DEED} (\w+ ){{0,2}}((?<!nguoi )(?<!dan )(?<!link )(?<!so )la|thi|se)")
_ENGLISH = signs("""
    (?<!i )(?<!we )(?<!they )(?<!you )(do not|never|dont) (pay|send|press|open|read|give|sign|let|transfer|click)
    _ (\\w+ ){0,2}(anybody|anyone|anything|money|link|code|card|to|on|nobody|because)
    pay no (go between|broker)
    (pay|let|tell|give|read|press) (\\w+ )?(nobody|nothing)
    send no money|read no code|(takes|asks for) no (loan )?(papers
    + |money|password)|beware of|be careful of
    first stop and ask
""")


def advises(lowered: str) -> bool:
    """Whether a sentence in small letters warns of fraud, or asks how to know it.

    >>> advises("bà con không đọc mã cho ai"), advises("họ bảo đừng chuyển tiền vội")
    (True, False)
    """
    folded = fold(_DO_NOT.sub(f"{_NOT} ", lowered))
    if _THREAT.search(folded):
        return False
    return bool(_ASKED.search(folded) or (_SAID.search(folded) and not _TOLD_BY_OTHERS.search(folded)))


def advises_in_english(words: str) -> bool:
    """The same of a sentence in English, over `english.words`."""
    return _ENGLISH.search(words) is not None
