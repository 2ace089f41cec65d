"""What officers say of messages in doubt: it arrived, it did not, or send it again. Each leaves an entry in the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.campaigns import Campaign, CampaignState, Settlement
from core.console_storage import Once
from core.errors import ChungTayError
from core.officers import Right
from core.records import AuditEntry, Doubt
from core.storage import Storage, UnitOfWork
from handlers.permission import demand

GROUP = 500  # in one transaction
# Of these something may still go to people; a finished one goes back to being sent.
_MAY_SEND = (CampaignState.APPROVED, CampaignState.SENDING, CampaignState.PAUSED, CampaignState.FINISHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What came of it."""

    done: int
    barred: Sequence[Doubt]  # in doubt still: they cannot be sent once more


async def settle(
    storage: Storage,
    one: Campaign,
    settlement: Settlement,
    *,
    contact: int | None,
    officer: str,
    now: datetime,
    once: Once | None = None,
) -> Settled:
    """Settle what is in doubt for one person, or for everybody; a form that was sent before settles nothing.

    Raises NotAllowedError, ChungTayError.
    """
    places, subject = one.notice.localities, f"campaign:{one.id}"
    await demand(storage, officer, Right.CONTROL_CAMPAIGNS, localities=places, subject=subject, now=now)
    done, after, barred = 0, 0, list[Doubt]()
    while True:
        async with storage.write() as uow:
            if once is not None and not after and not await uow.forms.claim(once, now):
                return Settled(done=0, barred=[])
            await _demand_going(uow, one, settlement)
            found = await uow.doubts.list(one.id, contact_id=contact, after=after, limit=GROUP, now=now)
            if not found:
                break
            shut = [each for each in found if settlement is Settlement.AGAIN and each.barred]
            # It may have been leased once more a moment ago, then it is in doubt no longer.
            settled = set(await uow.doubts.settle([each.id for each in found if each not in shut], settlement, now))
            await uow.audit.append(
                [_entry(one, each, settlement, officer, now) for each in found if each.id in settled]
            )
            if settlement is Settlement.AGAIN and settled:
                await uow.campaigns.step(one.id, CampaignState.FINISHED, CampaignState.SENDING, finished_at=None)
            await uow.commit()
        done, after = done + len(settled), found[-1].id
        barred += shut
    if contact is not None and not done:
        _refuse(one, contact, barred)
    return Settled(done=done, barred=barred)


async def _demand_going(uow: UnitOfWork, one: Campaign, settlement: Settlement) -> None:
    """That what is queued again will be sent; it does not end before this transaction does."""
    state = await uow.campaigns.hold(one.id)
    if settlement is Settlement.AGAIN and (state not in _MAY_SEND or not one.approved):
        raise ChungTayError(
            f"is {state or 'gone'}: nothing of it is sent any more",
            where=f"campaign {one.id}",
            mend="write another campaign",
        )


def _refuse(one: Campaign, contact: int, barred: Sequence[Doubt]) -> None:
    where = f"contact {contact} of campaign {one.id}"
    if barred:
        raise ChungTayError(f"cannot be sent again: {barred[0].barred}", where=where)
    raise ChungTayError("is not in doubt (any more)", where=where, mend=f"see: chungtay campaign doubts {one.id}")


def _entry(one: Campaign, doubt: Doubt, settlement: Settlement, officer: str, now: datetime) -> AuditEntry:
    detail = {"contact": doubt.contact_id, "delivery": doubt.id, "as": settlement.value}
    return AuditEntry(
        at=now, actor=f"officer:{officer}", action="campaign.settled", subject=f"campaign:{one.id}", detail=detail
    )
