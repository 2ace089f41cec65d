"""Addresses in a message: whose they are, and what is left to read without them."""

import re

_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|\b(?:[\w-]+\.)+(?:com|net|org|top|xyz|vip|info|club|site|online|shop|store|app|link|live|pro|icu|example|cc|me"
    r"|ly|gl|vn)\b(?:/\S*)?",
    re.IGNORECASE,
)
_HOST = re.compile(r"^(?:https?://)?(?:[^/@\s]*@)?([^/:?#\s]+)", re.IGNORECASE)
_STATE = ".gov.vn"  # given only to offices of the state
_LOOKED_AT = 2_000  # characters


def strange_addresses(text: str) -> tuple[str, ...]:
    """The addresses in the first two thousand characters that are not of an office of the state (".gov.vn").

    >>> strange_addresses("vào dichvucong.gov.vn hay gov-vn.top/nhan?")
    ('gov-vn.top/nhan?',)
    """
    return tuple(one for one in _ADDRESS.findall(text[:_LOOKED_AT]) if not _of_the_state(one))


def without_addresses(text: str) -> str:
    """The text with every address taken out."""
    return _ADDRESS.sub(" ", text)


def _of_the_state(address: str) -> bool:
    host = _HOST.match(address)
    # With a name before an "@" the host is not what it seems: never trusted.
    if host is None or "@" in address:
        return False
    return f".{host[1].lower().rstrip('.,;!?)')}".endswith(_STATE)
