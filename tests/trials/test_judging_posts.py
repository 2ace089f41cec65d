"""What the trials of schedules would find: a post that is half fired, fired twice, too late, or left out unsaid."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from core.schedules import Occurrence, OccurrenceState, Schedule, ScheduleState, Skipped
from tests.support.clock import MORNING
from tests.trials.broadcast import notice_saying
from tests.trials.posts import (
    ALLOWED,
    FIRED,
    LATE_HOURS,
    MAYBE,
    NEVER,
    SKIPPED,
    Entry,
    Posted,
    end_faults,
    post_fits,
    torn,
)
from tests.trials.rounds import Strike
from tests.trials.seen import Seen

TOLD = f"what=the post {NEVER} was not sent: late"
DUE = {NEVER: MORNING - 2 * ALLOWED, MAYBE: MORNING - ALLOWED, "soon": MORNING}
FIRED_AS = {MAYBE: 7, "soon": 8}


def _one(post: str, state: OccurrenceState) -> Occurrence:
    return Occurrence(
        id=1,
        schedule_id=1,
        post=post,
        due_at=DUE[post],
        late_hours=LATE_HOURS,
        notice=notice_saying(post),
        state=state,
        why=Skipped.LATE if state is OccurrenceState.SKIPPED else None,
        campaign_id=FIRED_AS[post] if state is OccurrenceState.FIRED else None,
    )


def _entry(post: str, action: str, campaign: int | None = None) -> Entry:
    return Entry(post=post, action=action, at=MORNING, campaign=campaign)


LOG = (_entry(NEVER, SKIPPED), _entry(MAYBE, FIRED, 7), _entry("soon", FIRED, 8))
MADE = {MAYBE: [7], "soon": [8]}


def _posted(
    states: Mapping[str, OccurrenceState], made: Mapping[str, Sequence[int]] = MADE, log: Sequence[Entry] = LOG
) -> Posted:
    posts = tuple(_one(post, state) for post, state in states.items())
    return Posted(
        schedule=Schedule(
            id=1,
            series="trial",
            locality="dak-cam",
            state=ScheduleState.APPROVED,
            created_by="Lan",
            created_at=MORNING,
            occurrences=posts,
        ),
        campaigns=made,
        made_at=dict.fromkeys((7, 8, 9), MORNING),
        entries=log,
        seen=Seen(campaigns=[], states={}, shown={}, looked_at=0, paused_until=None, audit={}),
        at=MORNING,
    )


PLAN, FIRE, SKIP = OccurrenceState.PLANNED, OccurrenceState.FIRED, OccurrenceState.SKIPPED
BEFORE = _posted(dict.fromkeys(DUE, PLAN), {}, ())
AFTER = _posted({NEVER: SKIP, MAYBE: FIRE, "soon": FIRE})


def test_what_stands_together_is_fine() -> None:
    assert torn(BEFORE) == torn(AFTER) == [] == end_faults(AFTER, TOLD)


@pytest.mark.parametrize(
    "half",
    [
        replace(AFTER, campaigns=MADE | {"soon": []}),  # fired, and no campaign
        replace(AFTER, campaigns=MADE | {"soon": [8, 9]}),  # two of them
        replace(AFTER, campaigns=MADE | {NEVER: [9]}),  # skipped, and sent all the same
        replace(AFTER, entries=LOG[:2]),
        replace(AFTER, entries=(*LOG, LOG[2])),
        replace(AFTER, entries=(*LOG[:2], replace(LOG[2], campaign=7))),
        replace(AFTER, entries=LOG[1:]),  # skipped, and nobody logged it
        replace(BEFORE, campaigns={"soon": [8]}),  # a campaign of a post that is still to come
        replace(BEFORE, entries=LOG[2:]),
    ],
)
def test_what_is_half_there_is_found(half: Posted) -> None:
    assert len(torn(half)) == 1


def test_what_is_missing_too_late_or_unsaid_is_found() -> None:
    assert end_faults(AFTER, "") == [f"{NEVER} was skipped, and nobody was told"]
    assert end_faults(_posted({NEVER: SKIP, MAYBE: PLAN}, {}, LOG[:1]), TOLD) == [f"{MAYBE} is still to come"]
    late = replace(AFTER, made_at={7: MORNING + timedelta(seconds=1), 8: MORNING})
    assert end_faults(late, TOLD) == [f"{MAYBE} was fired, and it was too late for it"]
    early = _posted({MAYBE: SKIP}, {}, [_entry(MAYBE, SKIPPED)])
    assert end_faults(early, f"the post {MAYBE} was not sent: late") == [f"{MAYBE} was skipped before it was too late"]
    in_time = _posted({"soon": SKIP}, {}, [replace(_entry("soon", SKIPPED), at=MORNING + 2 * ALLOWED)])
    assert end_faults(in_time, "the post soon was not sent: late") == ["soon was skipped: late"]


def test_a_death_elsewhere_is_not_taken_for_one_at_the_firing() -> None:
    inside = ("before-claim", "after-claim", "firing")
    assert all(post_fits(Strike(step), BEFORE, BEFORE) for step in inside)
    assert not any(post_fits(Strike(step), BEFORE, AFTER) for step in inside)
    assert not post_fits(Strike("after-firing"), BEFORE, BEFORE)
    assert post_fits(Strike("after-firing"), BEFORE, AFTER)
    assert not post_fits(Strike("firing", 2), BEFORE, BEFORE)
    assert not post_fits(Strike("after-expansion-batch"), BEFORE, AFTER)
    nothing_due = replace(BEFORE, at=MORNING - 3 * ALLOWED)
    assert not any(post_fits(Strike(step), nothing_due, nothing_due) for step in inside)
