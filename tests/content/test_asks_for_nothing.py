"""What we say to citizens asks for no money, no code, no account and no identity number."""

import re
from pathlib import Path

CATALOGUES = Path(__file__).parents[2] / "content" / "locale"
# What a citizen would be asked for; officers sign in with codes of their own, under "console." and in commands.
ASKS = re.compile(
    r"(?:(?:gửi|nhập|đọc|cho|nhắn|chuyển|nộp) (?:\w+ ){0,3}(?:mã OTP|mật khẩu|số tài khoản|số căn cước|số thẻ"
    r"|tiền cho Chung Tay)"
    r"|(?:send|enter|give|tell) (?:us |me )?(?:your )?(?:password|account number|identity number|card number|money))",
    re.IGNORECASE,
)
DENIES = re.compile(r"(?:không|đừng|khỏi|not|never|no)\b", re.IGNORECASE)


def test_no_sentence_of_ours_asks_a_citizen_for_money_or_a_secret() -> None:
    asking, read = [], 0
    for path in CATALOGUES.glob("*/LC_MESSAGES/chungtay.po"):
        for entry in path.read_text("utf-8").split("\n\n"):
            name = re.search(r'msgid "([^"]+)"', entry)
            if name is None or name[1].startswith(("console.", "web.health.", "doctor.", "zalo.", "officer.")):
                continue
            read += 1
            text = "".join(re.findall(r'^"?(?:msgstr )?"(.*)"$', entry.split("msgstr", 1)[1].strip(), re.MULTILINE))
            asking += [(name[1], found[0]) for found in ASKS.finditer(text) if not DENIES.search(text[: found.start()])]
    assert read > 600
    assert asking == []


def test_a_sentence_that_asks_would_be_found() -> None:
    asking = ("Gửi mã OTP vào đây để nhận tiền.", "Bà con nhập số tài khoản của mình.", "Please send your password.")
    assert [text for text in asking if not ASKS.search(text)] == []
    found = ASKS.search("Đừng đọc mã OTP cho ai.")
    assert found is not None and DENIES.search("Đừng đọc mã OTP cho ai."[: found.start()])
