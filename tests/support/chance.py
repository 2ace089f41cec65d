"""Chance that comes out the same every time."""

import random


class SeededChance:
    """Implements core.ports.Chance: the same seed gives the same codes and the same spread."""

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)

    def pick(self, alphabet: str, length: int) -> str:
        """`length` characters of `alphabet`."""
        return "".join(self._random.choice(alphabet) for _ in range(length))

    def fraction(self) -> float:
        """A number from 0 (included) to 1 (excluded)."""
        return self._random.random()
