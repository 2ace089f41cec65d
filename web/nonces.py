"""The id that a page gives to each thing said, so that it is stored once however often it is sent."""

import re

NONCE = re.compile(r"[A-Za-z0-9_-]{8,64}")
_STORED = re.compile(rf"form-({NONCE.pattern})-[0-9a-f]{{12}}")


def external_id(nonce: str, digest: str) -> str:
    """The id of the update that stores what a form said; `digest` is twelve hexadecimal digits of its content.

    >>> external_id("abcdefgh", "0123456789ab")
    'form-abcdefgh-0123456789ab'
    """
    return f"form-{nonce}-{digest}"


def nonce_of(external_id: str | None) -> str | None:
    """The nonce of the form with which an update was posted; None for what no form said.

    >>> nonce_of("form-abcdefgh-0123456789ab"), nonce_of("form-abcdefgh-0123456789ab-live"), nonce_of(None)
    ('abcdefgh', None, None)
    """
    found = _STORED.fullmatch(external_id or "")
    return found[1] if found else None
