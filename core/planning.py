"""What a notice costs before it is approved: who is reached on what terms, and whether the month can hold it.

Three things come off the month before a notice is held against it: what was sent, what other approved notices will
take, and the reserve. The reserve is what one broadcast to everybody at the account would take as of now, a template
for the silent ones included; only what is urgent may use it.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from core.campaigns import Campaign, CampaignState, Notice
from core.errors import SendError
from core.ports import QuotaLook
from core.sending_storage import PeopleByWay
from core.storage import UnitOfWork
from core.tariff import Tariff, Terms, Used, month_of
from core.windows import Way

ON_THE_WAY = (CampaignState.APPROVED, CampaignState.SENDING, CampaignState.PAUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What messages take of a month."""

    package: int = 0  # messages of the package
    dong: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPlan:
    """A notice at one account that has a window, against its month."""

    account: str
    month: str  # "2026-11", where people live
    tariff: Tariff
    people: Mapping[Way, int]
    each: int  # messages that one person takes
    used: Used
    package: int  # messages of the package that are left
    told: bool  # the provider said so just now
    held: Bill = field(default_factory=Bill)  # for other approved notices
    reserve: Bill = field(default_factory=Bill)  # for what is urgent
    urgent: bool = False
    joins: bool = False  # it may go together with others

    @property
    def package_free(self) -> int:
        """Messages of the package that this notice may use."""
        return max(0, self.package - self.held.package - (0 if self.urgent else self.reserve.package))

    @property
    def budget_free(self) -> int:
        """Đồng that this notice may cost."""
        kept = self.used.dong + self.held.dong + (0 if self.urgent else self.reserve.dong)
        return max(0, self.tariff.budget - kept)

    @property
    def cost(self) -> Bill:
        """What it takes, if nobody writes until then."""
        return bill(self.people, self.each, self.package_free, self.tariff)

    @property
    def over(self) -> int:
        """Đồng by which it is over the budget; 0 where it fits."""
        return max(0, self.cost.dong - self.budget_free)

    @property
    def gathered(self) -> bool:
        """Whether it waits for people's evening digest: the package allows few, and nothing is lost by joining."""
        return self.joins and self.people.get(Way.CHARGED, 0) * self.each > self.package_free


def bill(people: Mapping[Way, int], each: int, package: int, tariff: Tariff) -> Bill:
    """What it takes to write to so many people, `each` messages a person, with so much of the package left.

    >>> from datetime import date
    >>> zalo = Tariff(kind="zalo", message=55, template=200, quota=10, budget=0, since=date(2026, 10, 1))
    >>> bill({Way.FREE: 9, Way.CHARGED: 12, Way.TEMPLATE: 1, Way.CLOSED: 5}, 1, 10, zalo)
    Bill(package=10, dong=310)
    """
    charged = people.get(Way.CHARGED, 0) * each
    package = min(charged, package)
    return Bill(
        package=package, dong=(charged - package) * tariff.message + people.get(Way.TEMPLATE, 0) * tariff.template
    )


def messages_each(notice: Notice) -> int:
    """Messages that a person takes, at most: the words fit one on every channel, a file may be one of its own."""
    return 1 + len(notice.attachments)


async def plan_of(
    uow: UnitOfWork,
    one: Campaign,
    terms: Terms,
    now: datetime,
    *,
    accounts: Sequence[str],
    left: Mapping[str, tuple[int, int]] | None = None,
) -> Sequence[AccountPlan]:
    """The plan of a notice at each account with a window; none where there is no such account.

    `left` is what providers said of their packages just now (see `asked`). A few statements, however many people.
    """
    windows = terms.windows
    if not windows:
        return ()
    ways = await uow.spending.ways(one.notice, accounts=accounts, windows=windows, now=now)
    everybody = await uow.spending.everybody(list(windows), windows, now)
    others = await _others(uow, one, terms, now, accounts)
    plans = []
    for account in sorted(windows):
        tariff, month = terms.tariff_of(account), month_of(now)
        used = await uow.spending.used(account, month)
        said = (left or {}).get(account)
        package = said[0] if said is not None else max(0, tariff.quota - used.charged)
        held = Bill()
        for people, each in others:
            more = bill(_at(people, account), each, package - held.package, tariff)
            held = Bill(package=held.package + more.package, dong=held.dong + more.dong)
        plans.append(
            AccountPlan(
                account=account,
                month=month,
                tariff=tariff,
                people=_at(ways, account),
                each=messages_each(one.notice),
                used=used,
                package=package,
                told=said is not None,
                held=held,
                reserve=bill(_at(everybody, account), 1, package - held.package, tariff),
                urgent=one.notice.urgent,
                joins=one.notice.joins,
            )
        )
    return plans


async def asked(looks: Mapping[str, QuotaLook]) -> Mapping[str, tuple[int, int]]:
    """What providers say of their packages; of one that cannot be asked now the settings count."""
    said = {}
    for account, look in looks.items():
        with suppress(SendError):
            if (one := await look.quota()) is not None:
                said[account] = one
    return said


async def _others(
    uow: UnitOfWork, one: Campaign, terms: Terms, now: datetime, accounts: Sequence[str]
) -> Sequence[tuple[PeopleByWay, int]]:
    """What other approved notices have still to send."""
    found = []
    for other in await uow.campaigns.list(*ON_THE_WAY):
        if other.id == one.id:
            continue
        if other.expanded_at is None:
            people = await uow.spending.ways(other.notice, accounts=accounts, windows=terms.windows, now=now)
        elif other.counts.get("pending", 0):
            people = await uow.spending.waiting(other.id, terms.windows, now)
        else:
            continue
        found.append((people, messages_each(other.notice)))
    return found


def _at(people: PeopleByWay, account: str) -> Mapping[Way, int]:
    return {way: number for (at, way), number in people.items() if at == account}


def fits(plans: Iterable[AccountPlan]) -> bool:
    """Whether the month holds a notice, at every account."""
    return not any(one.over for one in plans)
