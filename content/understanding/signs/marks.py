"""Words that typed marks tell apart, though they are the same once folded."""

import re

from content.understanding.signs.notation import MASKED

_NO_WORD = "zx"  # stands for what is no lure; `MASKED` may stand for "đòi" there

_APART = (
    # Weariness of life is no hunger ("chán đợi" is only impatience), a child starved ("bỏ đói") no soldier ("bộ đội"),
    # a cow ("bò") no father ("bố"), a wife called ("vợ ơi") no birth, a blanket no foot.
    (re.compile(r"\bchán (?:cái )?đời\b"), "chan song"),
    (re.compile(r"\bbỏ đói\b"), "hanh ha"),
    (re.compile(r"\bbạo hành\b"), "danh dap"),
    (re.compile(r"\bbò\b"), "trau"),
    (re.compile(r"\bchăn(?! (?:trâu|bò|dê|vịt))\b"), "quan ao"),
    (
        re.compile(
            r"\b(?:vợ ơi|là ngon|bảo hành|sắp đẻ|giờ trở|hơn mê|dang dở|bận muốn|no muốn|bán nước|áo quần|có lap"
            r"|(?:tôi|tui) có)\b"
        ),
        MASKED,
    ),
)
# What is surely not đói, đánh, tự tử, tự vẫn, treo cổ, cứu, đâm, đấm, tát, sờ, cắn, thở, tim, tím, rớt, trợn, quất ...
_ANOTHER_WORD = re.compile(
    r"\b(?:đòi|đợi|đôi|đối|đổi|đội|đời|đới|đồi|đỗi|dối|dồi|dỗi|dời|dội|dõi|dành|đành|từ từ|tư vấn|cờ|cựu|cừu|cưu|dám"
    r"|đám|dặm|đạm|đầm|đậm|đẫm|dầm|đắm|tật|tắt|tất|đáp|đắp|chảy(?! (?:\w+ )?máu)|chạy|lủ|lụ|mại|mãi|mai|giả|giá"
    r"|bạo dạn|sập xệ|số|lỡ|gạo nếp|sợ|sổ|sơ|sở|cần|cận|cân|thợ|thờ|thơ|thỏ|thọ|thổ|tính|tệ|tế|giặt|ngắt|tìm|tiềm"
    r"|trọn|rót|quát|quạt|nhìn)\b"
)
# The same for fraud and promises: "giả" is no price, age or family, "mã" no mother, "thằng" no month, "đòi" no pair,
# "đa cấp" not what was given, "bao đậu" no letter of admission, "vậy" no loan, "đậu" no pain, "bạn" no paper.
_NO_LURE = re.compile(
    r"\b(?:giá|già|mà|má|mạ|tháng|thẳng|đôi|đổi|đối|đợi|đời|độc|đã cấp|(?:báo|bảo) (?:đậu|đỗ|đó|đợi|dờ)|bao dờ"
    r"|có đau|bản cam kết|(?:bảo|nói) dắt|vay (?:tiền|vốn|học)|dăm)\b"
)


def told_apart(lowered: str) -> str:
    """The text with every word that its marks show to be no danger masked, or said otherwise.

    >>> told_apart("bỏ đói con bò"), told_apart("sắp đẻ")
    ('hanh ha con trau', 'zq')
    """
    for pattern, meant in _APART:
        lowered = pattern.sub(meant, lowered)
    return _ANOTHER_WORD.sub(MASKED, lowered)


def no_lure(lowered: str) -> str:
    """The text with every word masked that its marks show to be no word of fraud.

    >>> no_lure("giá nhà nước")
    'zx nhà nước'
    """
    return _NO_LURE.sub(_NO_WORD, lowered)
