"""How the channel is doing, from what its calls end with."""

import pytest

from bot.channels.watch import DOWN_AFTER, FORGOTTEN_AFTER, LAST, SLOW, Watch
from core.errors import SendError, SendErrorKind
from core.ports import ChannelState, Condition
from tests.support.clock import FixedClock

NETWORK = SendError(SendErrorKind.UNREACHABLE, code="network")


@pytest.fixture
def watch(clock: FixedClock) -> Watch:
    """Nothing was called yet."""
    return Watch(clock)


def test_it_begins_well_and_one_failure_is_chance(watch: Watch) -> None:
    assert watch.condition() == Condition()
    for _ in range(DOWN_AFTER - 1):
        watch.failed(NETWORK)
    assert watch.condition() == Condition()
    watch.failed(SendError(SendErrorKind.IN_DOUBT))
    assert watch.condition().state is ChannelState.DOWN
    watch.answered()
    assert watch.condition() == Condition()


def test_what_nobody_has_tried_since_is_forgotten(watch: Watch, clock: FixedClock) -> None:
    for _ in range(DOWN_AFTER):
        watch.failed(NETWORK)
    clock.advance(seconds=FORGOTTEN_AFTER.total_seconds() - 1)
    assert watch.condition().state is ChannelState.DOWN
    clock.advance(seconds=1)
    assert watch.condition() == Condition()
    for _ in range(LAST):
        watch.answered(SLOW + 1)
    clock.advance(seconds=FORGOTTEN_AFTER.total_seconds())
    assert watch.condition() == Condition()


def test_limits_end_by_themselves(watch: Watch, clock: FixedClock) -> None:
    watch.failed(SendError(SendErrorKind.THROTTLED, retry_after=30))
    assert watch.condition() == Condition(state=ChannelState.LIMITED, code="429")
    clock.advance(seconds=30)
    assert watch.condition() == Condition()


def test_a_refusal_stays_until_a_call_is_accepted(watch: Watch) -> None:
    watch.failed(SendError(SendErrorKind.MISCONFIGURED, code="401"))
    watch.failed(NETWORK)
    assert watch.condition() == Condition(state=ChannelState.REFUSED, code="401")
    watch.answered(0.1)
    assert watch.condition() == Condition()


def test_late_answers_are_slow_and_one_late_answer_is_not(watch: Watch) -> None:
    for _ in range(LAST - 1):
        watch.answered(SLOW + 1)
    assert watch.condition() == Condition()
    watch.answered(SLOW + 1)
    assert watch.condition() == Condition(state=ChannelState.SLOW, code="4 s")
    for _ in range(LAST // 2 + 1):
        watch.answered(0.1)
    assert watch.condition() == Condition()


def test_a_person_who_cannot_be_reached_is_no_trouble(watch: Watch) -> None:
    watch.failed(NETWORK)
    watch.failed(NETWORK)
    watch.failed(SendError(SendErrorKind.CONTACT_STOPPED))
    watch.failed(NETWORK)
    assert watch.condition() == Condition()


def test_telegram_not_reaching_us_is_no_connection(watch: Watch) -> None:
    watch.unreached()
    assert watch.condition().state is ChannelState.DOWN
