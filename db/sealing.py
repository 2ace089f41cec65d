"""What was told in private is written down so that only this installation reads it, and for its own person only.

AES-256-GCM, a fresh nonce each time. The contact's number is authenticated with it: a row that is moved to somebody
else does not open. The library is imported when the first notes are sealed or opened: it costs start-up time.
"""

import json
import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"  # in front of the nonce: another way of sealing would have another one
NONCE = 12  # bytes


class Seal:
    """Closes and opens with one key of 32 bytes."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def close(self, data: Mapping[str, Any], *, contact: int) -> bytes:
        """Plain data as bytes that say nothing."""
        nonce = secrets.token_bytes(NONCE)
        plain = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        return VERSION + nonce + self._cipher().encrypt(nonce, plain, _of(contact))

    def open(self, sealed: bytes, *, contact: int) -> Mapping[str, Any] | None:
        """The data; None where it was sealed by another key or for another person, or is damaged."""
        from cryptography.exceptions import InvalidTag

        if not sealed.startswith(VERSION):
            return None
        nonce, rest = sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
        try:
            data = json.loads(self._cipher().decrypt(nonce, rest, _of(contact)))
        except (InvalidTag, ValueError):  # too short, among others
            return None
        return data if isinstance(data, dict) else None

    def _cipher(self) -> "AESGCM":
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(self._key)


class OfficerSeal:
    """The same for what is an officer's own, with a key of its own: no contact's notes open with it."""

    def __init__(self, key: bytes) -> None:
        self._seal = Seal(key)

    def close(self, data: Mapping[str, Any], *, officer: int) -> bytes:
        """Plain data as bytes that say nothing. Officer 0 is nobody yet."""
        return self._seal.close(data, contact=officer)

    def open(self, sealed: bytes, *, officer: int) -> Mapping[str, Any] | None:
        """The data; None where it is another officer's, sealed by another key, or damaged."""
        return self._seal.open(sealed, contact=officer)


def _of(contact: int) -> bytes:
    return VERSION + str(contact).encode()
