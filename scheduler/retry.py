"""From a refusal and an attempt to what happens next. Pure."""

from datetime import datetime, timedelta

from core.delivery import PENDING, Delivery, DeliveryStatus, Outcome
from core.errors import SendError, SendErrorKind

FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=15)
# 2 s, 4 s, ... 15 min, ...: after 40 attempts about eight hours have passed and an answer helps nobody.
MOST_ATTEMPTS = 40


def outcome_of(error: SendError, delivery: Delivery, *, now: datetime, spread: float) -> Outcome:
    """What to record about a delivery that was refused.

    `spread` from 0 to 1 keeps many retries from coming at the same moment.
    """
    again = now + wait_before(delivery.attempt, error.retry_after, spread)
    match error.kind:
        case SendErrorKind.IN_DOUBT:
            status = DeliveryStatus.IN_DOUBT
        case SendErrorKind.REJECTED | SendErrorKind.CONTACT_STOPPED:
            status = DeliveryStatus.FAILED
        case SendErrorKind.THROTTLED | SendErrorKind.MISCONFIGURED | SendErrorKind.MOVED:
            # Not this message's fault: however long it takes, it is no attempt.
            status = DeliveryStatus.QUEUED
        case _:
            status = DeliveryStatus.RETRY if delivery.attempt < MOST_ATTEMPTS else DeliveryStatus.FAILED
    return Outcome(
        delivery_id=delivery.id,
        status=status,
        available_at=again if status in PENDING and error.kind is not SendErrorKind.MOVED else None,
        error=str(error),
        refusal=error.refusal if error.kind is SendErrorKind.CONTACT_STOPPED else None,
        moved_to=error.moved_to,
        forget=delivery.forget and status is DeliveryStatus.FAILED,
    )


def wait_before(attempt: int, retry_after: float | None, spread: float) -> timedelta:
    """How long to wait before the next attempt: what the channel asked for, else twice as long each time."""
    if retry_after is not None:
        return timedelta(seconds=retry_after)
    doublings = min(max(attempt - 1, 0), 20)
    doubled = min(LONGEST_WAIT, FIRST_WAIT * float(2**doublings))
    return doubled * (0.75 + spread / 2)


def pauses_account(error: SendError) -> bool:
    """Whether the whole account must stop sending for a while, not only this message."""
    return error.kind in (SendErrorKind.THROTTLED, SendErrorKind.MISCONFIGURED)
