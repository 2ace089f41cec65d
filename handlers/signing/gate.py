"""What signing in takes, and who is signed in."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from core.officers import Officer
from core.ports import Chance, OfficerSealing, Passwords
from core.signing import TRIES_BY_ADDRESS, TRIES_BY_NAME, Limit, Session
from core.storage import Storage
from core.text import fold

TOKEN_LENGTH = 43  # characters of 64: 256 bits
TOKEN_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"  # noqa: S105


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What is needed to let somebody in."""

    storage: Storage
    passwords: Passwords
    seal: OfficerSealing
    keyed_hash: Callable[[str], bytes]  # 32 bytes by the installation's key
    chance: Chance

    def new_token(self) -> str:
        """What a cookie or a link carries; storage keeps its hash."""
        return self.chance.pick(TOKEN_ALPHABET, TOKEN_LENGTH)

    def limits(self, name: str, address: str) -> tuple[Limit, Limit]:
        """By the name that was typed, whether somebody has it or not, and by the address it was typed at."""
        return (
            Limit(key=self.keyed_hash(f"name:{fold(name)}"), free=TRIES_BY_NAME),
            Limit(key=self.keyed_hash(f"address:{address}"), free=TRIES_BY_ADDRESS),
        )

    def own_limit(self, officer: Officer) -> Limit:
        """Of codes that somebody types who is signed in: no stranger's try counts here."""
        return Limit(key=self.keyed_hash(f"own:{officer.id}"), free=TRIES_BY_NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """An officer in one browser."""

    officer: Officer
    session: Session
    token: str = field(repr=False)


def hashed(token: str) -> bytes:
    """What is kept of a token. It has 256 random bits: one pass of SHA-256 is enough."""
    return hashlib.sha256(token.encode()).digest()
