"""Who may be written to, and what a message is taken from."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from core.ports import Clock
from tests.support.zalo.errors import OaError

FREE = timedelta(hours=48)
OPEN = timedelta(days=7)
VIETNAM = timezone(timedelta(hours=7))  # doubt: time zone of the night ban
_COUNTED_UNTIL = datetime(2026, 1, 1, tzinfo=VIETNAM)  # eight free answers in 48 hours, before
_TOLD_UNTIL = datetime(2026, 3, 1, tzinfo=VIETNAM)  # how many are left, before
_FREE_ANSWERS = 8


def milliseconds(moment: datetime) -> str:
    """A moment as it travels: a string of milliseconds since 1970."""
    return str(round(moment.astimezone(UTC).timestamp() * 1000))


def night(moment: datetime) -> bool:
    """Is it between 22:00 and 05:59 in Viet Nam?"""
    return not 6 <= moment.astimezone(VIETNAM).hour < 22


@dataclass
class Window:
    """One person's: opened by what they do, never by what they read."""

    last: datetime | None = None
    answers: int = 0  # free ones since `last`

    def opened(self, now: datetime) -> None:
        """They have done something that counts."""
        self.last, self.answers = now, 0


@dataclass
class Quota:
    """What the OA may still send, and what it has paid.

    `told` says what an answer tells of it: "full", "short" (neither remain nor total), "none" (nothing at all); empty
    follows the calendar, by which free answers have been told short since March 2026. `outside`: the number after
    seven days. Money and prices are in đồng.
    """

    clock: Clock
    sub_total: int = 500
    sub_remain: int = 500
    daily_total: int = 500  # template messages
    daily_remain: int = 500
    balance: int = 1_000_000
    spent: int = 0
    told: str = ""
    outside: int = -230

    def kind(self, window: Window) -> str:
        """reply or sub_quota. Raises OaError when the person may not be written to, or the package is used up."""
        now = self.clock.now()
        if window.last is None:
            raise OaError(-232)
        gone = now - window.last
        if gone > OPEN:
            raise OaError(self.outside)
        counted = now < _COUNTED_UNTIL and window.answers >= _FREE_ANSWERS
        if gone <= FREE and not counted:
            return "reply"
        if self.sub_remain < 1:
            raise OaError(-211)
        return "sub_quota"

    def take(self, kind: str, window: Window, owner_id: str) -> dict[str, str]:
        """One message of this kind; what the answer tells of it, which may be nothing."""
        now = self.clock.now()
        if kind == "reply":
            window.answers += 1
            left, total = _FREE_ANSWERS, _FREE_ANSWERS
            if now < _COUNTED_UNTIL:
                left -= window.answers
            expires = (window.last or now) + FREE
        else:
            self.sub_remain -= 1
            left, total, expires = self.sub_remain, self.sub_total, now + timedelta(days=30)
        told = self.told or ("short" if kind == "reply" and now >= _TOLD_UNTIL else "full")
        if told == "none":
            return {}
        counts = {"remain": str(left), "total": str(total)} if told == "full" else {}
        # The format of expired_date was never captured; milliseconds are a guess.
        owner = {"expired_date": milliseconds(expires), "owner_type": "OA", "owner_id": owner_id}
        return {"quota_type": kind} | counts | owner

    def charge(self, price: int, code: int) -> None:
        """Pay for a template message. Raises OaError with this number where the money is not there."""
        if price > self.balance:
            raise OaError(code)
        self.balance -= price
        self.spent += price
