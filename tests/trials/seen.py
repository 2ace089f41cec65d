"""What stands in the database and on the phones at the moment of a kill: whether it struck where it says."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from core.campaigns import Campaign, CampaignState
from core.delivery import DeliveryStatus
from db.campaign_tables import left_out
from db.models import audit_log, channel_accounts, deliveries
from db.unit_of_work import SqlStorage
from tests.support.killable import BATCH
from tests.trials.rounds import Strike


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A look from outside."""

    campaigns: Sequence[Campaign]
    states: Mapping[tuple[int, str], str]  # of each delivery, by campaign and address
    shown: Mapping[tuple[int, str], int]  # how often a phone shows a notice
    looked_at: int  # people, of all the campaigns
    paused_until: datetime | None
    audit: Mapping[tuple[int, str], int]  # entries, by campaign and what was done

    def in_state(self, *states: DeliveryStatus) -> set[tuple[int, str]]:
        """Deliveries in one of these states."""
        return {key for key, state in self.states.items() if state in states}

    def at_least(self, *states: CampaignState) -> int:
        """How many campaigns stand in one of these states."""
        return sum(one.state in states for one in self.campaigns)

    @property
    def waiting(self) -> int:
        """Messages still to go."""
        return sum(one.counts.get("pending", 0) for one in self.campaigns)


async def look(engine: AsyncEngine, account: str, numbers: Sequence[int], shown: Mapping[tuple[int, str], int]) -> Seen:
    """At these campaigns, sent by this account; `shown` is what the phones tell."""
    d, a = deliveries.c, audit_log.c
    async with SqlStorage(engine).read() as uow:
        campaigns = [one for number in numbers if (one := await uow.campaigns.get(number)) is not None]
        rows = await uow.connection.execute(select(d.campaign_id, d.path, d.status).where(d.campaign_id.in_(numbers)))
        states = {(row.campaign_id, row.path): row.status for row in rows}
        out = select(func.count()).where(left_out.c.campaign_id.in_(numbers))
        left = (await uow.connection.execute(out)).scalar_one()
        silent = select(channel_accounts.c.paused_until).where(channel_accounts.c.id == account)
        until = (await uow.connection.execute(silent)).scalar_one()
        subjects = {f"campaign:{number}": number for number in numbers}
        entries = await uow.connection.execute(select(a.subject, a.action).where(a.subject.in_(subjects)))
        audit = Counter((subjects[row.subject], row.action) for row in entries)
    return Seen(
        campaigns=campaigns,
        states=states,
        shown=shown,
        looked_at=len(states) + int(left),
        paused_until=until,
        audit=audit,
    )


def _leased(before: Seen, now: Seen, number: int) -> bool:
    return bool(now.in_state(DeliveryStatus.LEASED))


def _unsaid(before: Seen, now: Seen, number: int) -> bool:
    """Something is leased that nobody has."""
    return any(not now.shown[key] for key in now.in_state(DeliveryStatus.LEASED))


def _unwritten(before: Seen, now: Seen, number: int) -> bool:
    """Somebody has what is still leased."""
    return any(now.shown[key] for key in now.in_state(DeliveryStatus.LEASED))


def late_fault(before: Seen, now: Seen) -> str:
    """Behind a stop only what was in flight arrives, and once. Empty when it is so."""
    # On a slow machine the lease of a message that hangs may have run out, or the patience with it.
    flying = before.in_state(DeliveryStatus.LEASED, DeliveryStatus.IN_DOUBT)
    late = {key: times - before.shown[key] for key, times in now.shown.items() if times > before.shown[key]}
    wrong = sorted(key for key, times in late.items() if key not in flying or times > 1)
    return f"{wrong} got it after the stop" if wrong else ""


def _paused(before: Seen, now: Seen) -> bool:
    return now.paused_until != before.paused_until


def _all_sent(now: Seen) -> bool:
    return now.waiting == 0 and all(one.expanded_at is not None for one in now.campaigns)


_BEGUN = (CampaignState.SENDING, CampaignState.FINISHED)
_FINISHED = CampaignState.FINISHED
_DOUBT, _SENT = DeliveryStatus.IN_DOUBT, (DeliveryStatus.SENT, DeliveryStatus.DELIVERED)
_HOLDS: dict[str, Callable[[Seen, Seen, int], bool]] = {
    "after-lease": _unsaid,
    "before-send": _unsaid,
    "after-send": _unwritten,
    "before-record": _unwritten,
    "after-record": lambda before, now, number: len(now.in_state(*_SENT)) > len(before.in_state(*_SENT)),
    "during-expansion": lambda before, now, number: now.looked_at == before.looked_at + (number - 1) * BATCH,
    "after-expansion-batch": lambda before, now, number: now.looked_at == before.looked_at + number * BATCH,
    "begin": lambda before, now, number: now.at_least(*_BEGUN) == number - 1,
    "after-begin": lambda before, now, number: now.at_least(*_BEGUN) == number,
    "finish": lambda before, now, number: now.at_least(_FINISHED) < number and _all_sent(now),
    "after-finish": lambda before, now, number: now.at_least(_FINISHED) >= number,
    "pause-note": lambda before, now, number: _leased(before, now, number) and (number > 1 or not _paused(before, now)),
    "after-pause-note": lambda before, now, number: _paused(before, now),
    "rescue": lambda before, now, number: (
        _leased(before, now, number) and len(now.in_state(_DOUBT)) <= len(before.in_state(_DOUBT))
    ),
    "after-rescue": lambda before, now, number: bool(now.in_state(_DOUBT)),
}


def fits(strike: Strike, before: Seen, now: Seen) -> bool:
    """Whether things stand as they must when a process died at this step, and not at another."""
    return _HOLDS[strike.step](before, now, strike.number)


def approval_fault(now: Seen, *, by: str, done: bool) -> str:
    """An approval is wholly there or not at all; and which of the two it must be. Empty when it is so."""
    (one,) = now.campaigns
    entries = now.audit.get((one.id, "campaign.approve"), 0)
    found = (one.state is CampaignState.SUBMITTED, one.approved_by, one.approved_hash, one.starts_at is None, entries)
    wanted = (False, by, one.notice.hash(), False, 1) if done else (True, None, None, True, 0)
    return "" if found == wanted else f"the approval is {found} instead of {wanted}"


def stop_fault(now: Seen, *, done: bool) -> str:
    """The same for a stop: its state and the entry. What waits is taken back afterwards, by the service."""
    (one,) = now.campaigns
    entries = now.audit.get((one.id, "campaign.stop"), 0)
    found = (one.state, entries)
    wanted = (CampaignState.STOPPED, 1) if done else (CampaignState.SENDING, 0)
    return "" if found == wanted else f"the stop is {found} instead of {wanted}"
