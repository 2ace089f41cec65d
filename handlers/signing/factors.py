"""The second factor: a code that changes every 30 seconds (RFC 6238), or one of ten codes for the day it is lost."""

import hmac
import re
from base64 import b32decode
from datetime import datetime
from urllib.parse import quote

from core.ports import Chance
from core.questions import CODE_ALPHABET
from core.signing import RECOVERY_CODES
from core.text import clean

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"  # RFC 4648
SECRET_LENGTH = 32  # characters: 160 bits, as RFC 4226 recommends
STEP = 30  # seconds
DIGITS = 6
SKEW = 1  # steps by which a telephone's clock may be wrong
RECOVERY_LENGTH = 12  # of 18 signs: 50 bits
ISSUER = "Chung Tay"


def new_secret(chance: Chance) -> str:
    """A secret as authenticator apps take it."""
    return chance.pick(ALPHABET, SECRET_LENGTH)


def spoken_secret(secret: str) -> str:
    """In groups of four, to be typed.

    >>> spoken_secret("ABCDEFGH")
    'ABCD EFGH'
    """
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def uri(secret: str, name: str) -> str:
    """What the picture holds that an app reads.

    >>> uri("ABCD", "chị Lan")
    'otpauth://totp/Chung%20Tay:ch%E1%BB%8B%20Lan?secret=ABCD&issuer=Chung%20Tay'
    """
    return f"otpauth://totp/{quote(ISSUER)}:{quote(name)}?secret={secret}&issuer={quote(ISSUER)}"


def code_at(secret: str, step: int) -> str:
    """The code of a step of time."""
    from cryptography.hazmat.primitives.hashes import SHA1
    from cryptography.hazmat.primitives.twofactor.totp import TOTP

    # SHA-1 is what the apps know; in an HMAC it is not broken.
    made = TOTP(b32decode(secret), DIGITS, SHA1(), STEP, enforce_key_length=False)
    return made.generate(step * STEP).decode()


def step_shown(secret: str, typed: str, *, now: datetime, used: int) -> int | None:
    """The step whose code was typed, where it is about now and later than the one used last; else None."""
    code = re.sub(r"\s", "", clean(typed))
    middle = int(now.timestamp()) // STEP
    steps = [step for step in range(middle - SKEW, middle + SKEW + 1) if step > used]
    fitting = [step for step in steps if hmac.compare_digest(code_at(secret, step).encode(), code.encode())]
    return fitting[-1] if fitting else None


def new_recovery_codes(chance: Chance) -> tuple[str, ...]:
    """Ten codes, each good once."""
    return tuple(chance.pick(CODE_ALPHABET, RECOVERY_LENGTH) for _ in range(RECOVERY_CODES))


def spoken_recovery(code: str) -> str:
    """In groups of four.

    >>> spoken_recovery("K7M4PXRTH9C3")
    'K7M4 PXRT H9C3'
    """
    return spoken_secret(code)


def read_recovery(typed: str) -> str | None:
    """The recovery code somebody typed, in small letters and with gaps too; None where it is none.

    >>> read_recovery("k7m4-pxrt h9c3"), read_recovery("123456")
    ('K7M4PXRTH9C3', None)
    """
    code = re.sub(r"[\s.\-]", "", clean(typed)).upper()
    return code if len(code) == RECOVERY_LENGTH and set(code) <= set(CODE_ALPHABET) else None
