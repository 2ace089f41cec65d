"""Passwords by Argon2id, in a thread: one takes a tenth of a second and 64 MiB on purpose.

The parameters are the second recommendation of RFC 9106 (3 passes, 64 MiB, 4 lanes), which argon2-cffi has as its own.
"""

import asyncio
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

AT_ONCE = 2  # more would take memory that a small computer does not have
PASSES, KIBIBYTES, LANES = 3, 65_536, 4


class Argon2Passwords:
    """Implements core.ports.Passwords."""

    def __init__(self, *, passes: int = PASSES, kibibytes: int = KIBIBYTES, lanes: int = LANES) -> None:
        self._passes, self._kibibytes, self._lanes = passes, kibibytes, lanes
        self._places = asyncio.Semaphore(AT_ONCE)

    async def hashed(self, password: str) -> str:
        """What is kept of it: parameters, salt and hash."""
        async with self._places:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def matches(self, kept: str | None, password: str) -> bool:
        """Whether it is the one. Without one to compare with it takes as long, and is not."""
        async with self._places:
            return await asyncio.to_thread(self._verified, kept, password)

    def _verified(self, kept: str | None, password: str) -> bool:
        from argon2.exceptions import InvalidHashError, VerificationError

        nobodys = self._nobodys  # made at the first try of whatever name
        try:
            return self._hasher.verify(kept or nobodys, password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False

    @cached_property
    def _hasher(self) -> "PasswordHasher":
        from argon2 import PasswordHasher

        return PasswordHasher(time_cost=self._passes, memory_cost=self._kibibytes, parallelism=self._lanes)

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash("a password that nobody has")
