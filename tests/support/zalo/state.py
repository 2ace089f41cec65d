"""All the server knows: one place that people, calls and deliveries share."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from core.ports import Clock
from tests.support.faults import Faults
from tests.support.telegram.changes import Changes
from tests.support.zalo.calls import Call
from tests.support.zalo.errors import OaError, invalid
from tests.support.zalo.events import Bodies
from tests.support.zalo.faults import Fault
from tests.support.zalo.files import Files
from tests.support.zalo.oauth import OAuth
from tests.support.zalo.profile import OaProfile
from tests.support.zalo.rates import Rates
from tests.support.zalo.templates import Templates
from tests.support.zalo.webhook import Webhook
from tests.support.zalo.windows import Quota, milliseconds

if TYPE_CHECKING:
    from tests.support.zalo.people import Person


class WallClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """Now."""
        return datetime.now(UTC)


@dataclass
class State:
    """`hurry` shortens every wait of the server itself: 100 makes thirty seconds a third of one."""

    oauth: OAuth
    oa: OaProfile
    webhook: Webhook
    clock: Clock
    hurry: float
    chance: random.Random
    changes: Changes
    lists: bool = True  # does cs take cards (doubt: list on v3)?
    proof_needed: bool = False  # the console asks for appsecret_proof
    unknown_user: int = -213  # the number for somebody the OA never met; -201 is the other one seen
    people: "dict[str, Person]" = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    ignored: list[tuple[str, str]] = field(default_factory=list)
    _stamped: int = 0

    def __post_init__(self) -> None:
        self.bodies = Bodies(self.oauth.app_id, self.oauth.oa_id)
        self.files = Files(self.clock, self.chance)
        self.faults = Faults[Fault](self.hurry)
        self.quota = Quota(self.clock)
        self.rates = Rates(self.clock)
        self.templates = Templates()
        self.oauth.ignored = self.ignored

    def stamp(self) -> str:
        """The time of an event in milliseconds. No two are the same, also where the clock stands still."""
        self._stamped = max(int(milliseconds(self.clock.now())), self._stamped + 1)
        return str(self._stamped)

    def hex_id(self, length: int) -> str:
        """An id that means nothing."""
        return "".join(self.chance.choices("0123456789abcdef", k=length))

    def person(self, user_id: object, field: str = "user_id") -> "Person":
        """Whom this id means. Raises OaError when it is no id, or nobody's."""
        if not isinstance(user_id, str) or not user_id.isdigit():
            raise invalid(field)
        if user_id not in self.people:
            raise OaError(self.unknown_user, f"{field} is invalid!" if self.unknown_user == -201 else "")
        return self.people[user_id]
