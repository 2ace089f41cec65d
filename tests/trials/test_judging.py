"""What the trials of notices would find: a judge that sees nothing wrong in anything is none."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from core.campaigns import Campaign, CampaignState
from core.delivery import DeliveryStatus
from core.records import LedgerRow
from tests.support.clock import MORNING
from tests.support.killable import STEPS, Strike
from tests.support.rows import ledger_row
from tests.trials import rounds
from tests.trials.broadcast import HOUSEHOLDS, LEFT_OUT, faults_of, notice_saying
from tests.trials.seen import Seen, approval_fault, fits, late_fault, stop_fault

WHOLE = {one: int(one > HOUSEHOLDS) for one in range(1, 2 * HOUSEHOLDS + 1)}  # who has it when all is well
NOTICE = notice_saying("Tin thử.")


def _ledger(*changed: LedgerRow) -> Sequence[LedgerRow]:
    """Half are left out for their household, half have it; but for these."""
    rows = {one: ledger_row(one, "sent" if has else LEFT_OUT) for one, has in WHOLE.items()}
    return list((rows | {one.contact_id or 0: one for one in changed}).values())


def test_a_ledger_that_agrees_with_the_phones_is_fine() -> None:
    assert faults_of(_ledger(), WHOLE, whole=True) == []
    doubted = ledger_row(20, "sent", attempts=2, doubts=1)
    assert faults_of(_ledger(doubted), WHOLE | {20: 2}, whole=True) == []
    assert faults_of(_ledger(ledger_row(20, "in_doubt", attempts=2, doubts=2)), WHOLE | {20: 0}, whole=True) == []
    assert faults_of(_ledger(ledger_row(20, "cancelled", attempts=0))[1:], WHOLE | {20: 0}, whole=False) == []


@pytest.mark.parametrize(
    ("ledger", "times"),
    [
        (_ledger(), {20: 0}),  # lost
        (_ledger(), {20: 2}),  # twice, and nobody was in doubt
        (_ledger(), {1: 1}),  # a second one of the household
        (_ledger(ledger_row(20, "sent", attempts=1, doubts=2)), {20: 2}),  # a doubt of a stop is no second attempt
        (_ledger(ledger_row(20, "cancelled", attempts=0)), {20: 1}),
        (_ledger(ledger_row(20, "queued", attempts=0)), {20: 0}),  # no end
        (_ledger(ledger_row(20, LEFT_OUT)), {20: 0}),
        (_ledger()[1:], {}),  # somebody in no line
        ([*_ledger(), ledger_row(20, "sent")], {}),  # somebody in two
    ],
)
def test_a_ledger_that_does_not_is_found(ledger: Sequence[LedgerRow], times: dict[int, int]) -> None:
    assert len(faults_of(ledger, WHOLE | times, whole=True)) == 1


def test_who_stands_in_no_line_of_a_stopped_notice_must_not_have_it() -> None:
    assert len(faults_of(_ledger()[:-1], WHOLE, whole=False)) == 1


def _seen(state: CampaignState, *, told: bool = True, **more: object) -> Seen:
    one = Campaign(
        id=1,
        notice=NOTICE,
        state=state,
        created_by="Lan",
        created_at=MORNING,
        approved_by="Hoa" if told else None,
        approved_hash=NOTICE.hash() if told else None,
        starts_at=MORNING if told else None,
        finished_at=MORNING if state is CampaignState.STOPPED else None,
    )
    blank = Seen(campaigns=[one], states={}, shown={}, looked_at=0, paused_until=None, audit={})
    return replace(blank, **more)  # type: ignore[arg-type] # what a test gives


def test_half_an_approval_is_found() -> None:
    entry = {(1, "campaign.approve"): 1}
    assert not approval_fault(_seen(CampaignState.SENDING, audit=entry), by="Hoa", done=True)
    assert not approval_fault(_seen(CampaignState.SUBMITTED, told=False), by="Hoa", done=False)
    assert approval_fault(_seen(CampaignState.APPROVED), by="Hoa", done=True)
    assert approval_fault(_seen(CampaignState.SUBMITTED, told=False, audit=entry), by="Hoa", done=False)
    assert approval_fault(_seen(CampaignState.SUBMITTED), by="Hoa", done=False)


def test_half_a_stop_and_what_comes_behind_it_are_found() -> None:
    entry, taken = {(1, "campaign.stop"): 1}, {(1, "a"): "cancelled", (1, "b"): "leased"}
    stopped = _seen(CampaignState.STOPPED, audit=entry, states=taken, shown={(1, "a"): 0, (1, "b"): 0})
    assert not stop_fault(stopped, done=True)
    assert stop_fault(replace(stopped, audit={}), done=True)
    assert stop_fault(stopped, done=False)
    assert not late_fault(stopped, replace(stopped, shown={(1, "a"): 0, (1, "b"): 1}))
    waits = replace(stopped, states={**taken, (1, "a"): "queued"})  # to be taken back a moment later
    assert not stop_fault(waits, done=True) and late_fault(waits, replace(waits, shown={(1, "a"): 1, (1, "b"): 0}))
    assert late_fault(stopped, replace(stopped, shown={(1, "a"): 1, (1, "b"): 0}))
    assert late_fault(stopped, replace(stopped, shown={(1, "a"): 0, (1, "b"): 2}))


def test_a_death_elsewhere_is_not_taken_for_one_at_the_step() -> None:
    nothing = _seen(CampaignState.APPROVED, told=False)
    late = [one for one in rounds.OFTEN if one not in ("begin", "during-expansion")]
    assert not [step for step in (*late, *rounds.RESCUES) if fits(rounds.Strike(step), nothing, nothing)]
    leased = replace(nothing, states={(1, "a"): DeliveryStatus.LEASED.value}, shown={(1, "a"): 0})
    assert fits(rounds.Strike("before-send"), nothing, leased)
    assert not fits(rounds.Strike("after-send"), nothing, leased)
    assert fits(rounds.Strike("after-send"), nothing, replace(leased, shown={(1, "a"): 1}))
    assert not fits(rounds.Strike("before-send"), nothing, replace(leased, shown={(1, "a"): 1}))


def test_a_step_that_there_is_not_is_refused() -> None:
    assert Strike(f"{STEPS[0]}:2").step == STEPS[0]
    with pytest.raises(ValueError, match="is none of"):
        Strike("afterlease:1")
