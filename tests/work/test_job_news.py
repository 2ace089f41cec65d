"""Who is told of which new offers, and when: rules of core/job_news.py."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.caps import LOCAL
from core.contacts import ContactStatus
from core.job_news import FOR_EVERYBODY, HELD, MOST, PER_SEAT, How, Told, best, kinds_wanted, look_again, may_hear
from core.rhythm import HOUR, Rhythm
from core.wishes import Wishes
from core.work import OfferKind, Posted
from tests.support.examples import examples
from tests.work.test_matching import MANY, NOW, TODAY, market, posted, seekers

PEOPLE = st.lists(st.integers(1, 40), unique=True, max_size=30)


@settings(max_examples=examples(60), deadline=None)
@given(st.data(), MANY, st.frozensets(st.integers(1, 40)))
def test_only_what_is_new_open_and_suits_and_the_best_of_it(
    data: st.DataObject, offers: list[Posted], known: frozenset[int]
) -> None:
    who = data.draw(seekers(offers))
    here = market(*offers)
    found = best([here], who, known, MOST)
    answered = {said.offer_id for said, _ in who.answers}
    suits = [one for one in here.top(who, 100) if one.posted.id not in known | answered]
    assert found == suits[:MOST]
    assert all(here.excluded(who, one.posted) is None for one in found)
    assert all(one.posted.standing(TODAY).value == "open" for one in found)


def told_of(draw: st.DataObject, people: list[int], now: datetime) -> dict[int, Told]:
    some = draw.draw(st.lists(st.sampled_from(people), unique=True)) if people else []
    hours = [draw.draw(st.integers(0, 100)) for _ in some]
    hows = [draw.draw(st.sampled_from(list(How))) for _ in some]
    return {one: Told(at=now - timedelta(hours=ago), how=how) for one, ago, how in zip(some, hours, hows, strict=True)}


@settings(max_examples=examples(80), deadline=None)
@given(st.data(), PEOPLE, st.integers(1, 5), st.integers(0, 200))
def test_where_seats_are_few_the_first_in_turn_hear_first(
    data: st.DataObject, suits: list[int], free: int, hours: int
) -> None:
    offer = replace(posted(1, seats=free + 1, taken=1), verified_at=NOW)
    now = NOW + timedelta(hours=hours)
    told = told_of(data, suits, now)
    who = may_hear(offer, suits, told, now)
    if len(suits) <= PER_SEAT * free or now - NOW >= FOR_EVERYBODY:
        assert who is None
        return
    assert who is not None and not who & told.keys()
    waiting = [one for one in suits if one not in told]
    assert who == set(waiting[: len(who)]), "nobody hears before who stands further in front"
    held = sum(one.how is How.SENT and now - one.at < HELD for one in told.values())
    assert len(who) == max(0, min(len(waiting), PER_SEAT * free - held))


def test_an_offer_without_seats_told_is_everybodys() -> None:
    offer = replace(posted(1), verified_at=NOW)
    assert may_hear(offer, list(range(100)), {}, NOW) is None


@settings(max_examples=examples(80), deadline=None)
@given(
    st.sampled_from(list(Rhythm)),
    st.timedeltas(timedelta(0), timedelta(days=400)).map(lambda after: NOW + after),
    st.none() | st.timedeltas(timedelta(0), timedelta(days=7)),
)
def test_the_next_look_is_later_and_not_before_there_is_room(
    rhythm: Rhythm, now: datetime, until: timedelta | None
) -> None:
    free = None if until is None else now + until
    again = look_again(rhythm, now, free)
    assert again > now and again >= (free or now)
    assert again - max(now, free or now) <= timedelta(days=1)
    assert rhythm is Rhythm.AT_ONCE or again.astimezone(LOCAL).time() >= HOUR


@pytest.mark.parametrize(
    ("wishes", "kinds"),
    [
        (Wishes(), set(OfferKind)),
        (Wishes(status=ContactStatus.STOPPED), set()),
        (Wishes(status=ContactStatus.ALERTS), set()),
        (Wishes(muted_until=NOW + timedelta(days=1)), set()),
        (Wishes(muted_until=NOW), set(OfferKind)),
        (Wishes(wanted=frozenset({"housing"})), set()),
        (Wishes(wanted=frozenset({"job-connection"})), set(OfferKind)),
        (Wishes(stopped=frozenset({"job-connection"})), set()),
        (Wishes(stopped=frozenset({"vocational-training"})), {OfferKind.VACANCY}),
    ],
)
def test_what_somebody_wants_to_be_told_of(wishes: Wishes, kinds: set[OfferKind]) -> None:
    assert kinds_wanted(wishes, NOW) == kinds
