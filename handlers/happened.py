"""An event of a turn, and where the turn's replies are among those of its batch."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.conversation import Event
from core.delivery import NewDelivery


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of a person's turn; the keys of the turn's own replies begin with `replies`."""

    contact: int
    event: Event
    replies: str

    def own(self, said: Sequence[NewDelivery]) -> list[int]:
        """Where the replies of this turn stand: a batch may hold several turns of a person."""
        return [number for number, one in enumerate(said) if one.dedup_key.startswith(self.replies)]
