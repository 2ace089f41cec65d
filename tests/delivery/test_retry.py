"""From a refusal to what happens next."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.delivery import Delivery, DeliveryStatus, Priority
from core.errors import SendError, SendErrorKind
from core.messages import OutboundMessage
from scheduler.retry import FIRST_WAIT, LONGEST_WAIT, MOST_ATTEMPTS, outcome_of, pauses_account, wait_before
from tests.support.clock import MORNING
from tests.support.rows import urn

SPREADS = st.floats(0, 1, exclude_max=True)
AGAIN = (SendErrorKind.UNREACHABLE,)
GIVEN_BACK = (SendErrorKind.THROTTLED, SendErrorKind.MISCONFIGURED, SendErrorKind.MOVED)


def delivery(attempt: int = 1, *, forget: bool = False) -> Delivery:
    return Delivery(
        id=7,
        message_id=8,
        urn=urn(),
        message=OutboundMessage(text="chào"),
        priority=Priority.REPLY,
        attempt=attempt,
        doubts=0,
        forget=forget,
    )


@given(attempt=st.integers(1, 10_000), spread=SPREADS)
def test_a_wait_is_never_shorter_than_the_first_nor_much_longer_than_the_longest(attempt: int, spread: float) -> None:
    wait = wait_before(attempt, None, spread)
    assert FIRST_WAIT * 0.75 <= wait <= LONGEST_WAIT * 1.25


@given(attempt=st.integers(1, 100), spread=SPREADS)
def test_waits_grow(attempt: int, spread: float) -> None:
    assert wait_before(attempt, None, spread) <= wait_before(attempt + 1, None, spread)


@given(attempt=st.integers(1, 100), spread=SPREADS, asked=st.floats(0, 86_400))
def test_what_the_channel_asks_for_is_kept_exactly(attempt: int, spread: float, asked: float) -> None:
    assert wait_before(attempt, asked, spread) == timedelta(seconds=asked)


def test_all_attempts_together_take_a_working_day_at_most() -> None:
    total = sum((wait_before(attempt, None, 0.5) for attempt in range(1, MOST_ATTEMPTS)), timedelta())
    assert timedelta(hours=6) < total < timedelta(hours=10)


@given(kind=st.sampled_from(SendErrorKind), attempt=st.integers(1, MOST_ATTEMPTS + 5), spread=SPREADS)
def test_every_refusal_leads_to_an_end_or_to_a_later_moment(kind: SendErrorKind, attempt: int, spread: float) -> None:
    outcome = outcome_of(SendError(kind), delivery(attempt), now=MORNING, spread=spread)
    assert outcome.delivery_id == 7
    if kind is SendErrorKind.IN_DOUBT:
        assert (outcome.status, outcome.available_at) == (DeliveryStatus.IN_DOUBT, None)
    elif kind in GIVEN_BACK:
        assert outcome.status is DeliveryStatus.QUEUED
        assert outcome.available_at is None or outcome.available_at > MORNING
    elif kind in AGAIN and attempt < MOST_ATTEMPTS:
        assert outcome.status is DeliveryStatus.RETRY
        assert outcome.available_at is not None and outcome.available_at > MORNING
    else:
        assert (outcome.status, outcome.available_at) == (DeliveryStatus.FAILED, None)


@pytest.mark.parametrize("kind", SendErrorKind)
def test_what_concerns_the_whole_account_pauses_it(kind: SendErrorKind) -> None:
    assert pauses_account(SendError(kind)) is (kind in (SendErrorKind.THROTTLED, SendErrorKind.MISCONFIGURED))


def test_a_farewell_that_cannot_be_said_is_forgotten_and_one_that_can_wait_is_not() -> None:
    failed = outcome_of(SendError(SendErrorKind.REJECTED), delivery(forget=True), now=MORNING, spread=0)
    later = outcome_of(SendError(SendErrorKind.UNREACHABLE), delivery(forget=True), now=MORNING, spread=0)
    assert failed.forget and not later.forget


def test_what_is_recorded_names_the_kind_and_no_person() -> None:
    error = SendError(SendErrorKind.REJECTED, code="400", detail="message too long")
    assert outcome_of(error, delivery(), now=MORNING, spread=0).error == "rejected 400: message too long"
