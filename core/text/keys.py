"""Raw keys: what is left when the Telex or VNI typing of a keyboard was off.

Telex letters are read word by word ("hooj ngheof"). VNI digits ("ho65 ngheo2", "d9u7o7c5") are read only where they
can be no number:

- a digit between letters that fits them ("tie6n2", "d9i") is surely a key;
- digits behind the letters are keys only when the marks they give make a common syllable ("ngheo2" is "nghèo", while
  "lop5" would be "lọp"), and the rest of the message shows that keys are typed: another word that is surely keys, a
  common syllable with two or more key digits ("tien62"), or two words with one digit behind them;
- words that are said before numbers ("quy1", "thang1", "so61", "con2") give their digit away only beside such words,
  and never show by themselves that keys are typed.

So "lop5", "2tr5", "thang1", "khu2", "to3" and "K7M" keep their digits. What stays ambiguous is the whole message
"con2 nha2" (still a number), and "so61" beside other keys (then "số").
"""

import re

from core.text.lists import words
from core.text.syllables import common, is_syllable

# The longest Vietnamese syllable has seven letters ("nghiêng"); raw Telex adds at most five keys ("nghieengs").
TELEX_AT_MOST = 12
_TELEX_VOWEL = re.compile(r"aa|ee|oo|(?<=[aou])w")
_MAYBE_VNI = re.compile(r"[a-z][1-9]")
_VNI_AT_MOST = 12
_SHAPE = re.compile(r"[a-z]+[1-9][a-z1-9]*\Z")
_VNI_DIGITS = re.compile("[1-9]")
_BETWEEN_LETTERS = re.compile(r"[1-9][a-z]")
# The letters that bear each digit's mark: tones 1 to 5, then hat, horn, breve and bar.
_BEARS = {**dict.fromkeys("12345", "aeiouy"), "6": "aeo", "7": "ou", "8": "a", "9": "d"}
_NOT_BOTH = re.compile(r"[1-5].*[1-5]|[68].*[68]|7.*7.*7|9.*9")
_NUMBERED = words(
    """
    a an ap ba bac bai ban bang ben bo buoc ca cai can cap cau chau chi chong chuong co con cum cua cung dao day
    dem den di dich diem dieu do doan doi don dong dot du dua duong e em ga gia gio giai go h ha hai hang hem ho
    hoc hoi hom hop kenh khoa khoan khoang khoi khu kiet ky la lan lo loai lop luc luong ma may mat me mo moi
    mon muc mui nam ngach ngay ngo ngoi nguoi nha nhom o oc ong phan phien phong phu phuong quan que quy ra sao
    so suat tai tang tap tau tham thang the thon thu thua tiet tieu tinh to toa toi tram trang trong truong tu
    tuan tuoi tuyen van vao vi vien vo vu vung xa xe xom y
    """
)


def telex(word: str) -> str:
    """Raw Telex keys ("hooj", "ddieenj") read as the syllable without marks; any other word as it is."""
    tried = _TELEX_VOWEL.sub(lambda found: found[0][:1] if found[0] != "w" else "", word)
    tried = tried.replace("dd", "d")
    if is_syllable(tried):
        return tried
    for at in range(len(tried) - 1, 0, -1):
        if tried[at] in "sfrxj":
            candidate = tried[:at] + tried[at + 1 :]
            if is_syllable(candidate):
                return candidate
    return word


def without_vni(text: str) -> str:
    """A bare text with its raw VNI keys read; all other digits stay."""
    if _MAYBE_VNI.search(text) is None:
        return text
    words = text.split()
    read = {word: _letters(word) for word in set(words)}
    sure = {word for word, letters in read.items() if letters and _sure(word, letters)}
    behind = [word for word, letters in read.items() if letters and word not in sure]
    if not sure and (len(behind) < 2 or all(read[word] in _NUMBERED for word in behind)):
        return text
    return " ".join(read[word] or word for word in words)


def _letters(word: str) -> str:
    """The letters of a word whose digits can be VNI keys, or nothing."""
    if len(word) > _VNI_AT_MOST or _SHAPE.match(word) is None:
        return ""
    letters = _VNI_DIGITS.sub("", word)
    if not is_syllable(letters) or not _fits(word):
        return ""
    return letters if _BETWEEN_LETTERS.search(word) or _common(word, letters) else ""


def _fits(word: str) -> bool:
    """Whether every digit comes after a letter that bears its mark, and none too often."""
    marks = ((sign, word[:at]) for at, sign in enumerate(word) if sign.isdigit())
    return _NOT_BOTH.search(word) is None and all(any(one in before for one in _BEARS[sign]) for sign, before in marks)


def _common(word: str, letters: str) -> bool:
    return letters + "".join(sorted(set(word) - set(letters))) in common().vni


def _sure(word: str, letters: str) -> bool:
    if _BETWEEN_LETTERS.search(word):
        return True
    return len(word) - len(letters) > 1 and letters not in _NUMBERED
