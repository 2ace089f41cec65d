"""The hidden field of every form: it proves that we gave the form to this officer, and counts it once.

It holds a nonce, the session and the officer, and a keyed hash over them. So a forged form is told from one of our own
that is merely old: that one is not acted on either, but what was typed into it is kept for the officer whose it is.
"""

import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass

from web.nonces import NONCE

FIELD = "form"
_SHAPE = re.compile(rf"({NONCE.pattern})\.(\d{{1,18}})\.(\d{{1,18}})\.([A-Za-z0-9_-]{{32}})")
KeyedHash = Callable[[str], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormToken:
    """A form that is ours: whose it is. Session and officer are 0 before somebody signed in."""

    nonce: str
    session: int
    officer: int


def form_token(keyed_hash: KeyedHash, token: FormToken, door: str = "") -> str:
    """The value of the field. `door` is the cookie of a browser in which nobody signed in."""
    return f"{token.nonce}.{token.session}.{token.officer}.{_mac(keyed_hash, token, door)}"


def read_token(keyed_hash: KeyedHash, value: str, door: str = "") -> FormToken | None:
    """The form that this field came with; None where it is not one of ours."""
    found = _SHAPE.fullmatch(value)
    if found is None:
        return None
    token = FormToken(nonce=found[1], session=int(found[2]), officer=int(found[3]))
    expected = _mac(keyed_hash, token, "" if token.officer else door)
    return token if hmac.compare_digest(expected, found[4]) else None


def _mac(keyed_hash: KeyedHash, token: FormToken, door: str) -> str:
    said = keyed_hash(f"form:{token.nonce}:{token.session}:{token.officer}:{door}")
    return urlsafe_b64encode(said[:24]).decode()
