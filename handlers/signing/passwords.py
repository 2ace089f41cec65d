"""Which passwords are taken: long ones, of whatever signs; none of those that are tried first."""

import re
from enum import StrEnum

from core.text import fold

# Characters. NIST SP 800-63B-4 asks for length and for a list of refused ones, and against rules of composition.
SHORTEST, LONGEST = 12, 200

# What the passwords that are tried first are made of, without marks: names, keys beside each other, a ward's own words.
_WORDS = """
matkhau mk pass password passwd word qwerty qwertyuiop asdfghjkl zxcvbnm asdf qwer zxcv qaz wsx abcdef abcd abc abcabc
letmein welcome hello admin administrator root user login master iloveyou love anhyeuem emyeuanh yeuanh yeuem tinhyeu
giadinh khongbiet khongco vietnam viet nam hanoi ha noi saigon danang hochiminh hcm vn chungtay chung tay vinguoingheo
nguoingheo giamngheo hongheo ubnd uyban uybannhandan phuong xa thon canbo van hoa xahoi congdan chuyendoiso dichvucong
zalo telegram facebook google iphone samsung dragon monkey football baseball sunshine princess superman pokemon computer
internet secret test demo guest aaa
"""
COMMON = frozenset(_WORDS.split())


class PasswordFault(StrEnum):
    """Why a password is not taken."""

    SHORT = "short"
    LONG = "long"
    COMMON = "common"
    DIFFERENT = "different"


def password_fault(password: str, again: str, name: str) -> PasswordFault | None:
    """What is wrong with a new password; None where nothing is.

    Common is what consists of common words, the officer's own name and figures alone, whatever stands between them;
    and what has fewer than five different signs.

    >>> password_fault("Matkhau@2026", "Matkhau@2026", "Lan"), password_fault("lan12345678910", "lan12345678910", "Lan")
    (<PasswordFault.COMMON: 'common'>, <PasswordFault.COMMON: 'common'>)
    >>> password_fault("con bò ăn cỏ non", "con bò ăn cỏ non", "Lan")
    """
    if len(password) < SHORTEST:
        return PasswordFault.SHORT
    if len(password) > LONGEST:
        return PasswordFault.LONG
    if is_common(password, name):
        return PasswordFault.COMMON
    return None if password == again else PasswordFault.DIFFERENT


def is_common(password: str, name: str) -> bool:
    """Whether it is one of those that are tried first."""
    plain = re.sub(r"[\W_\d]+", "", fold(password))
    own = [part for part in re.split(r"[\W_\d]+", fold(name)) if part]
    return len(set(password)) < 5 or _made_of(plain, {*COMMON, *own, "".join(own)})


def _made_of(text: str, words: set[str]) -> bool:
    """Whether a text is nothing but these words, one behind the other."""
    reached = {0}
    for start in range(len(text)):
        if start in reached:
            reached |= {start + len(word) for word in words if word and text.startswith(word, start)}
    return len(text) in reached
