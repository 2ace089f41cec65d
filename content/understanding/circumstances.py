"""What holds somebody back from work, told and nothing else: small children, no vehicle, no heavy work; a search ended.

To the model such words sound like the beginning of a call for help ("con nhỏ, không có xe"; "không tìm nữa", where a
heart may be read without marks). They are one only with something else beside them, and then nothing here applies.
"""

import re

_WHO = "(?:toi|tui|em|e|minh|chau|con|bac|co|chu|anh|chi|ong|ba|me|nha|nha toi|nha minh|nha em|gia dinh|vo chong)"
_BETWEEN = rf"(?:{_WHO}|va|voi|vi|thi|la|ma|nen|lai|cung|con|dang|hien|chi|phai|a|nua|thoi|nhe)"
_COUNT = r"(?:\d|mot|hai|ba|bon|may|hai dua|ba dua|\d dua)"
_CHILDREN = (
    rf"(?:co |nuoi |giu |trong |cham )*(?:{_COUNT} )?(?:con|chau|con cai|tre)(?: con)? "
    r"(?:nho|con nho|dang nho|nho xiu|nho qua|nho dai)(?: duoi \d{1,2}(?: tuoi| thang)?)?"
)
_VEHICLE = (
    r"(?:khong|ko|k|kg|chua|chang)(?: co)? (?:xe(?: may| dap| co)?|phuong tien)(?: rieng| di lam| di lai| may| de di)*"
    r"|di bo|(?:khong|chua) biet (?:di|chay|lai) xe(?: may)?"
)
_FAR = r"(?:khong|ko|k)(?: the)? di (?:lam )?(?:duoc )?xa(?: nha)?(?: duoc)?"
_HEAVY = r"(?:khong|ko|k)(?: the)? lam (?:duoc )?(?:viec |cong viec )?nang(?: nhoc)?(?: duoc)?"
_ONE = rf"(?:{_CHILDREN}|{_VEHICLE}|{_FAR}|{_HEAVY})"
_WHOLE = re.compile(rf"(?:{_BETWEEN} )*?{_ONE}(?: (?:{_BETWEEN} )*?{_ONE})*(?: {_BETWEEN})*")

_CALLED = "toi|tui|em|e|minh|chau|con|anh|chi|co|chu|bac|ad"
_ONLY_CALLS = re.compile(rf"(?:{_CALLED})(?: (?:{_CALLED}|a|oi|ne|day|nay|da))*")  # nothing is told yet: "em ơi", "tôi"
_STOPS = re.compile(
    rf"(?:(?:{_WHO}|thoi|nghi|gio|bay gio|vay|the) )*(?:khong|ko|k|chang)(?: (?:can|muon|dinh|phai|con|di))*"
    r" (?:tim|kiem)(?: (?:viec|lam|nghe|cho|gi|nao|khac))*(?: (?:nua|a|roi|thoi|nhe|nha))*"
)
# "Nữa" is not among what may follow: who does not know any more what to do may be in despair.
_UNDECIDED = re.compile(
    rf"(?:(?:{_WHO}|gio|bay gio|da|a|that|that su) )*(?:khong|ko|k|chua|chang) biet (?:nen |se )?"
    r"(?:lam|hoc|chon|theo|kiem) (?:nghe|viec) (?:gi|nao|chi)"
    r"(?: (?:het|ca|gio|bay gio|cho hop|hop|duoc|day|a|ha|de song|kiem tien))*"
)


def nothing_else(folded: str) -> bool:
    """Whether a whole message, folded, says no more than what holds somebody back, a call, or that a search ends.

    >>> [nothing_else(one) for one in ("con nho khong co xe", "con nho sot cao khong co xe", "em oi")]
    [True, False, True]
    """
    return any(one.fullmatch(folded) for one in (_WHOLE, _ONLY_CALLS, _UNDECIDED)) or stops_looking(folded)


def stops_looking(folded: str) -> bool:
    """Whether a whole message, folded, says that something is not looked for any more.

    >>> [stops_looking(one) for one in ("thoi khong tim nua", "tim khong dap nua", "khong tim thay con toi")]
    [True, False, False]
    """
    return _STOPS.fullmatch(folded) is not None
