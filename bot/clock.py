"""Time and chance, as the product really has them."""

import random
import secrets
from datetime import UTC, datetime, timedelta


class SystemClock:
    """The machine's time, in UTC."""

    def now(self) -> datetime:
        """The present moment."""
        return datetime.now(UTC)


class ShiftedClock:
    """The machine's time, moved so that now is another day: for looking at the service as it will be."""

    def __init__(self, start: datetime) -> None:
        self._shift: timedelta = start - datetime.now(UTC)

    def now(self) -> datetime:
        """The present moment of that day."""
        return datetime.now(UTC) + self._shift


class SystemChance:
    """The machine's randomness: from the operating system where somebody might guess."""

    def pick(self, alphabet: str, length: int) -> str:
        """`length` characters of `alphabet`, each equally likely; not guessable."""
        return "".join(secrets.choice(alphabet) for _ in range(length))

    def fraction(self) -> float:
        """A number from 0 to 1; only for spreading retries."""
        return random.random()
