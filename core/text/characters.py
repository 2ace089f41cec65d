"""Signs: what a text is made of, as it is kept (`clean`) and bare of all that is not a letter or a digit (`bare`).

Both run in time linear in the length of the text, and never raise.
"""

import re
import unicodedata

# A run of marks without a letter between them is sorted by the Unicode library in square time: no letter of any
# language needs more than this many, so the rest of a run is dropped before.
MARKS_AT_MOST = 8

RUN_OF_MARKS = re.compile(rf"[^\w\s!-~]{{{MARKS_AT_MOST + 1},}}")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
_LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_SPACED_LINE_END = re.compile(r" ?\n ?")
_BLANK_LINES = re.compile(r"\n{3,}")
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]+")
_NOT_A_WORD = re.compile(r"[\W_]+")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")

# Letters that look like a Latin one: the d family, then the Cyrillic and Greek ones seen in copied and spam texts.
# Marks typed behind their letter as signs of their own ("nghe`o", "ha´n") go without leaving a space.
_LOOK_ALIKES = str.maketrans(
    "đĐðÐɖƉƌᶁȡıһԁɡɑаеорсухіјкнтвмѕАЕОРСУХІЈКНТВМЅαοεικντυρΑΟΕΙΚΝΤΥΡ",
    "ddddddddd" + "i" + "hdga" + "aeopcyxijkhtbms" * 2 + "aoeikvtyp" + "aoeiknt" + "yp",
    "`´ˊˋˆ˜",
)

# The tone of an open syllable stands on its last vowel in one way of writing, on the one before in the other.
_OLD_TONE = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)
_TONE_PLACE = re.compile(rf"(?<!q)(?:{'|'.join(_OLD_TONE)})(?= |$)")


def clean(text: str) -> str:
    """The text as it is stored and shown again: NFC, without control and bidirectional signs, spaces put in order.

    Line ends stay (at most one blank line between two lines); tabs and other spaces become one space.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _UNSEEN.sub("", RUN_OF_MARKS.sub(fewer_marks, text))
    text = unicodedata.normalize("NFC", text)
    text = _SPACED_LINE_END.sub("\n", _SPACES.sub(" ", text))
    return _BLANK_LINES.sub("\n\n", text).strip()


def typed_words(text: str) -> str:
    """The words as they were typed, marks and all: lower case, no punctuation, the tone on the same vowel ("hòa").

    >>> typed_words("Hoà giải ở cơ sở, thuỷ lợi?")
    'hòa giải ở cơ sở thủy lợi'
    """
    words = _NOT_A_WORD.sub(" ", unicodedata.normalize("NFC", text).lower()).split()
    return _TONE_PLACE.sub(lambda found: _OLD_TONE[found[0]], " ".join(words))


def bare(text: str) -> str:
    """Lower case without marks, look-alikes, punctuation and stretched letters."""
    text = _UNSEEN.sub("", RUN_OF_MARKS.sub(fewer_marks, text)).translate(_LOOK_ALIKES)
    text = text.replace("\ufdfa", " ")  # one sign that compatibility would turn into eighteen
    text = "".join(map(_plain_digit, text)) if _has_foreign_digit(text) else text
    text = unicodedata.normalize("NFKD", text).lower()
    text = _MARKS.sub("", text).translate(_LOOK_ALIKES)
    return unicodedata.normalize("NFC", _STRETCHED.sub(r"\1", _NOT_A_WORD.sub(" ", text)))


def fewer_marks(run: re.Match[str]) -> str:
    kept, marks = [], 0
    for sign in run[0]:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= MARKS_AT_MOST:
            kept.append(sign)
    return "".join(kept)


_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")


def _has_foreign_digit(text: str) -> bool:
    return not text.isascii() and _FOREIGN_DIGIT.search(text) is not None


def _plain_digit(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if not sign.isascii() and sign.isdecimal() else sign
