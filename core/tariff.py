"""What a channel charges, and what of it was used: prices are dated settings, by which what was sent is priced."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from core.caps import LOCAL
from core.windows import Way, Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff:
    """The prices of a kind of channel, in đồng, and what of it a month allows."""

    kind: str  # of channel, such as "zalo"
    message: int  # for one that is charged, beyond the package
    template: int
    quota: int  # charged messages a month that the package holds
    budget: int  # đồng a month
    since: date  # when these were last looked up


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What an account used in a month."""

    free: int = 0  # messages; the next two likewise
    charged: int = 0  # those of the package included
    template: int = 0
    dong: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What a message took that was sent."""

    account: str
    way: Way
    messages: int  # pieces: a provider charges each


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On what terms accounts may be used. One without an entry may be used at any time and charges nothing."""

    windows: Mapping[str, Window] = field(default_factory=dict)  # by account
    tariffs: Mapping[str, Tariff] = field(default_factory=dict)  # by kind of channel

    def tariff_of(self, account: str) -> Tariff:
        """What an account charges: nothing, where nobody said."""
        return tariff_of(self.tariffs, account)


def tariff_of(tariffs: Mapping[str, Tariff], account: str) -> Tariff:
    """What an account charges: nothing, where nobody said."""
    kind = account.partition(".")[0]
    nothing = Tariff(kind=kind, message=0, template=0, quota=0, budget=0, since=date.min)
    return tariffs.get(kind, nothing)


def month_of(moment: datetime) -> str:
    """The month of a moment where people live, as it is counted under.

    >>> month_of(datetime.fromisoformat("2026-11-30T17:00:00+00:00"))
    '2026-12'
    """
    return moment.astimezone(LOCAL).strftime("%Y-%m")


def price(tariff: Tariff, way: Way, messages: int, *, before: int = 0) -> int:
    """Đồng for so many messages, after `before` charged ones of the same month: the package goes first.

    >>> zalo = Tariff(kind="zalo", message=55, template=200, quota=10, budget=0, since=date(2026, 10, 1))
    >>> price(zalo, Way.CHARGED, 4, before=8), price(zalo, Way.TEMPLATE, 2), price(zalo, Way.FREE, 9)
    (110, 400, 0)
    """
    if way is Way.TEMPLATE:
        return messages * tariff.template
    if way is not Way.CHARGED:
        return 0
    return (max(0, before + messages - tariff.quota) - max(0, before - tariff.quota)) * tariff.message


def affordable(tariff: Tariff, used: Used, way: Way, messages: int = 1) -> bool:
    """Whether the month's budget holds this too; what costs nothing always goes."""
    dong = price(tariff, way, messages, before=used.charged)
    return dong == 0 or used.dong + dong <= tariff.budget
