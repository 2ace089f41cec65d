"""What the trials over Zalo would find: who is inside their window, who is outside, and what each may have."""

from dataclasses import replace

import pytest

from core.records import LedgerRow
from tests.support.rows import ledger_row
from tests.trials.broadcast import HOUSEHOLDS, LEFT_OUT
from tests.trials.zalo import Heard, faults_by_window

FIRST, OUTSIDE = HOUSEHOLDS + 1, 2 * HOUSEHOLDS  # one who is inside, one who is outside
INSIDE, NOTHING = Heard(inside=True, texts=1, templates=0), Heard(inside=True, texts=0, templates=0)
BY_TEMPLATE, UNHEARD = Heard(inside=False, texts=0, templates=1), Heard(inside=False, texts=0, templates=0)


def judged(last: LedgerRow, heard: Heard, *, template: bool, inside: Heard = INSIDE) -> list[str]:
    """Half are left out for their household, the others are inside and have it; the last one is like this."""
    left = [ledger_row(one, LEFT_OUT) for one in range(1, FIRST)]
    sent = [ledger_row(one, "delivered") for one in range(FIRST, OUTSIDE)]
    shown = {one.contact_id or 0: NOTHING for one in left} | {one.contact_id or 0: INSIDE for one in sent}
    return faults_by_window(
        [*left, *sent, last], shown | {FIRST: inside, OUTSIDE: heard}, template=template, whole=True
    )


def test_what_the_windows_allow_is_fine() -> None:
    assert judged(ledger_row(OUTSIDE, "delivered"), BY_TEMPLATE, template=True) == []
    twice = replace(BY_TEMPLATE, templates=2)
    assert judged(ledger_row(OUTSIDE, "sent", attempts=2, doubts=1), twice, template=True) == []
    assert judged(ledger_row(OUTSIDE, "skipped"), UNHEARD, template=False) == []
    assert judged(ledger_row(OUTSIDE, "in_doubt", doubts=1), UNHEARD, template=False) == [], (
        "a kill before it was judged"
    )


@pytest.mark.parametrize(
    ("last", "heard", "template"),
    [
        (ledger_row(OUTSIDE, "skipped"), UNHEARD, True),  # the template was to go
        (ledger_row(OUTSIDE, "delivered"), UNHEARD, True),  # lost
        (ledger_row(OUTSIDE, "delivered"), replace(BY_TEMPLATE, templates=2), True),  # twice, and nobody was in doubt
        (ledger_row(OUTSIDE, "delivered"), replace(UNHEARD, texts=1), True),  # the words, to somebody outside
        (ledger_row(OUTSIDE, "delivered"), replace(UNHEARD, texts=1), False),
        (ledger_row(OUTSIDE, "delivered"), UNHEARD, False),  # told as sent, and is not there
        (ledger_row(OUTSIDE, "failed"), UNHEARD, False),  # tried, though nothing may go
    ],
)
def test_what_they_do_not_is_found(last: LedgerRow, heard: Heard, template: bool) -> None:
    assert len(judged(last, heard, template=template)) == 1


@pytest.mark.parametrize("inside", [NOTHING, replace(NOTHING, templates=1)])
def test_who_is_inside_and_has_nothing_or_a_template_is_found(inside: Heard) -> None:
    assert len(judged(ledger_row(OUTSIDE, "delivered"), BY_TEMPLATE, template=True, inside=inside)) == 1


def test_words_that_come_late_do_not_hide_the_template_that_came_too() -> None:
    assert judged(ledger_row(OUTSIDE, "sent", attempts=2, doubts=1), replace(BY_TEMPLATE, texts=1), template=True)
