"""Which work suits whom: what excludes, what comes first, and that nobody's list depends on how it was made."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.matching import Market, learning
from core.suiting import Because, Excluded, Seeker, Trade, kilometres
from core.work import (
    Answer,
    Answered,
    Hindrance,
    OfferKind,
    OfferState,
    Paid,
    Posted,
    Profile,
    Reach,
    Times,
    Unfit,
)
from tests.support.examples import examples
from tests.support.rows import an_offer

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
GROUPS = {"sewing": "cloth", "tailoring": "cloth", "mason": "building", "cook": "kitchen", "waiting": "kitchen"}
TRADE = Trade(group_of=GROUPS, heavy=frozenset({"mason"}), skilled=frozenset({"mason", "tailoring"}))
NAMES = {"dak-cam": ["dak cam"]}
SEWS = Profile(can=("sewing",), wants=("sewing",))


def posted(number: int, locality: str = "dak-cam", **fields: Any) -> Posted:
    state = fields.pop("state", OfferState.VERIFIED)
    taken = fields.pop("taken", 0)
    offer = an_offer(**fields)
    return Posted(id=number, locality=locality, state=state, offer=offer, taken=taken, created_by="Lan", created_at=NOW)


def seeker(profile: Profile = SEWS, contact: int = 1, **fields: Any) -> Seeker:
    return Seeker(contact=contact, locality="dak-cam", profile=profile, **fields)


def market(*offers: Posted) -> Market:
    return Market(offers, TRADE, TODAY, names=NAMES)


def ranked(one: Market, who: Seeker, count: int = 50) -> list[int]:
    return [match.posted.id for match in one.top(who, count)]


def test_the_trade_somebody_wants_comes_first_then_what_they_can_then_what_is_near() -> None:
    offers = market(
        posted(1, occupation="tailoring"),
        posted(2, occupation="cook"),
        posted(3, occupation="sewing"),
        posted(4, occupation="mason"),
    )
    wants = seeker(Profile(can=("cook",), wants=("sewing",)))
    assert ranked(offers, wants) == [3, 2, 1]
    assert offers.excluded(wants, posted(4, occupation="mason")) is Excluded.TRADE
    assert [one.reasons[0] for one in offers.top(wants, 3)] == [Because.WANTED, Because.CAN, Because.LIKE]


def test_a_group_is_all_its_trades_and_nothing_named_is_anything() -> None:
    offers = market(*(posted(number, occupation=one) for number, one in enumerate(GROUPS, 1)))
    assert sorted(ranked(offers, seeker(Profile(wants=("kitchen",))))) == [4, 5]
    assert len(ranked(offers, seeker(Profile()))) == 5
    assert ranked(offers, seeker(Profile(can=("cook",))))[0] == 4


def test_what_excludes() -> None:
    offers = {
        Excluded.NOT_OPEN: posted(1, state=OfferState.DRAFT),
        Excluded.ELSEWHERE: posted(2, locality="di-su"),
        Excluded.AWAY: posted(3, away=True),
        Excluded.HEAVY: posted(4, occupation="mason"),
    }
    who = seeker(Profile(reach=Reach.DAILY, held=(Hindrance.HEAVY,)))
    here = market(*offers.values())
    assert {why: here.excluded(who, one) for why, one in offers.items()} == {why: why for why in offers}
    assert ranked(here, who) == []
    assert set(ranked(here, seeker(Profile(reach=Reach.ANYWHERE)))) == {3, 4}


def test_a_course_in_a_heavy_trade_may_be_learnt_by_anybody() -> None:
    who = seeker(Profile(held=(Hindrance.HEAVY,)))
    assert ranked(market(posted(1, occupation="mason", kind=OfferKind.COURSE)), who) == [1]


def test_who_knows_no_trade_is_offered_first_what_needs_none() -> None:
    nothing, well_paid = seeker(Profile()), {"wage_from": 12_000_000, "paid": Paid.MONTH}
    offers = market(
        posted(1, occupation="mason", title="Thợ xây", **well_paid),
        posted(2, occupation="cook", title="Đầu bếp nhà hàng", **well_paid),
        posted(3, occupation="waiting", title="Phục vụ", deadline=TODAY + timedelta(days=9)),
        posted(4, occupation="mason", title="Phụ thợ xây", note="sẽ được dạy nghề"),
        posted(5, occupation="waiting", title="Thổ cẩm: bán ở quán"),
    )
    assert set(ranked(offers, nothing)[:3]) == {3, 4, 5}, "well paid as the others are"
    assert set(ranked(offers, nothing)) == {1, 2, 3, 4, 5}, "they are left all the same"
    for profile in (Profile(can=("mason",)), Profile(can=("building",)), Profile(wants=("mason",))):
        assert ranked(offers, seeker(profile))[0] == 1, "who knows it, or asks for it by name"


def test_a_course_teaches_its_trade() -> None:
    course = posted(1, occupation="mason", kind=OfferKind.COURSE, title="Thợ xây")
    (match,) = market(course).top(seeker(Profile()), 1)
    plain = posted(2, occupation="cook", kind=OfferKind.COURSE, title="Nấu ăn")
    assert match.points == market(plain).top(seeker(Profile()), 1)[0].points


def test_what_is_full_or_over_is_shown_to_nobody() -> None:
    offers = market(
        posted(1, deadline=TODAY - timedelta(days=1)),
        posted(2, deadline=TODAY),
        posted(3, seats=2, taken=2),
        posted(4, seats=2, taken=1, deadline=TODAY + timedelta(days=9)),
    )
    assert ranked(offers, seeker()) == [2, 4]


def test_reasons_are_true_and_distance_only_from_coordinates() -> None:
    here = posted(1, hours="7 giờ đến 16 giờ", no_degree=True)
    away = posted(2, place="xã khác", degree="Trung cấp", hours="8 giờ một ngày")
    with_children = seeker(replace(SEWS, held=(Hindrance.CHILDREN,)))
    first, second = market(here, away).top(with_children, 2)
    assert first.reasons == (Because.WANTED, Because.HERE, Because.DAYTIME, Because.NO_DEGREE)
    assert second.reasons == (Because.WANTED,) and first.distance is second.distance is None
    measured = posted(3, latitude=14.36, longitude=108.0)
    (match,) = market(measured).top(seeker(position=(14.35, 108.0)), 1)
    assert Because.NEAR in match.reasons and round(match.distance or 0, 1) == 1.1
    assert kilometres((14.35, 108.0), (14.35, 108.0)) == 0


@pytest.mark.parametrize(("north", "told"), [(14.36, Because.NEAR), (14.42, Because.NEAR), (14.6, Because.HERE)])
def test_what_is_in_the_ward_is_worth_no_less_because_it_was_measured(north: float, told: Because) -> None:
    both = market(posted(1), posted(2, latitude=north, longitude=108.0))
    found = {one.posted.id: one for one in both.top(seeker(position=(14.35, 108.0)), 2)}
    assert found[2].points >= found[1].points and found[1].distance is None
    assert told in found[2].reasons and found[2].distance == kilometres((14.35, 108.0), (north, 108.0))


def test_where_somebody_lives_excludes_nothing() -> None:
    far = posted(1, latitude=14.9, longitude=108.3)
    for who in (seeker(position=(14.35, 108.0)), seeker(replace(SEWS, reach=Reach.HERE), position=(14.35, 108.0))):
        assert market(far).excluded(who, far) is None and ranked(market(far), who) == [1]


@pytest.mark.parametrize(
    ("hours", "by_day"),
    [
        ("7 giờ đến 16 giờ", True),
        ("7h30 - 11h30, 13h - 17h", True),
        ("Giờ hành chính", True),
        ("6h-14h, 14h-22h", False),
        ("22h - 6h", False),
        ("8 giờ một ngày", False),
        ("", False),
    ],
)
def test_that_work_is_by_day_is_told_only_where_the_hours_say_so(hours: str, by_day: bool) -> None:
    (match,) = market(posted(1, hours=hours)).top(seeker(replace(SEWS, times=Times.DAYTIME)), 1)
    assert (Because.DAYTIME in match.reasons) is by_day


def test_hours_and_vehicles_count() -> None:
    night, day, some = (
        posted(1, hours="ca đêm"),
        posted(2, hours="8 giờ một ngày"),
        posted(3, hours="buổi sáng, theo giờ"),
    )
    offers = market(night, day, some)
    assert ranked(offers, seeker(replace(SEWS, times=Times.PARTLY)))[0] == 3
    assert ranked(offers, seeker(replace(SEWS, held=(Hindrance.CHILDREN,))))[-1] == 1
    bus = posted(4, place="xa", lodging="có xe đưa đón")
    without = seeker(replace(SEWS, held=(Hindrance.VEHICLE,)))
    assert ranked(market(posted(5, place="xa"), bus), without) == [4, 5]


def test_what_was_said_of_one_offer_moves_the_others() -> None:
    low, high, far = (
        posted(1, wage_from=5_000_000, paid=Paid.MONTH, deadline=TODAY),
        posted(2, wage_from=5_900_000, paid=Paid.MONTH),
        posted(3, wage_from=5_800_000, paid=Paid.MONTH, place="xa"),
    )
    offers, who = market(low, high, far), seeker()
    assert ranked(offers, who) == [1, 2, 3]
    poorly_paid = learning(who, Answered(offer_id=2, answer=Answer.NOT_FIT, why=Unfit.WAGE), high)
    assert ranked(offers, poorly_paid) == [1, 3], "what was refused does not come back"
    other = posted(4, title="khác", wage_from=6_000_000, paid=Paid.MONTH, place="xa")
    offers = market(low, high, far, other)
    assert ranked(offers, poorly_paid)[0] == 4, "what pays more comes first now"
    too_far = learning(who, Answered(offer_id=3, answer=Answer.NOT_FIT, why=Unfit.FAR), far)
    assert ranked(offers, too_far) == [1, 2, 4]
    mind = learning(poorly_paid, Answered(offer_id=2, answer=Answer.INTERESTED), high)
    assert 2 in ranked(offers, mind), "the newest answer counts"


def test_poor_households_are_told_first_where_seats_are_few() -> None:
    one = posted(1, seats=3)
    people = [seeker(contact=number, priority=3 - number % 4) for number in range(8)]
    told = market(one).people_for(one, people, 3)
    assert [who.priority for who, _ in told] == [0, 0, 1] and [who.contact for who, _ in told] == [3, 7, 2]
    best = replace(people[0], profile=Profile(wants=("tailoring",)))
    assert [who.contact for who, _ in market(one).people_for(one, [best, people[4]], 9)] == [4, 0], "then by fit"


HOMES = st.sampled_from([None, (14.35, 108.0), (14.42, 108.05)])
WHERE = st.sampled_from([(None, None), (14.36, 108.0), (14.41, 108.04), (14.3, 107.9)])


def put(number: int, where: tuple[float | None, float | None] = (None, None), **fields: Any) -> Posted:
    return posted(number, latitude=where[0], longitude=where[1], **fields)


OFFERS = st.builds(
    put,
    st.integers(1, 40),
    WHERE,
    occupation=st.sampled_from([*GROUPS]),
    title=st.sampled_from(["Công nhân", "Thợ giỏi", "Phụ việc"]),
    locality=st.sampled_from(["dak-cam", "di-su"]),
    state=st.sampled_from(list(OfferState)),
    taken=st.integers(0, 2),
    seats=st.sampled_from([None, 1, 2, 5]),
    deadline=st.dates(TODAY - timedelta(days=2), TODAY + timedelta(days=5)),
    away=st.booleans(),
    place=st.sampled_from(["phường Đăk Cấm", "xa"]),
    hours=st.sampled_from(["", "ca đêm", "buổi sáng", "8 giờ"]),
    wage_from=st.sampled_from([None, 3_000_000, 7_000_000, 20_000_000]),
    paid=st.sampled_from([Paid.MONTH, Paid.PIECE]),
    no_degree=st.booleans(),
)
NAMED = st.lists(st.sampled_from([*GROUPS, *set(GROUPS.values())]), max_size=3, unique=True).map(tuple)
PROFILES = st.builds(
    Profile,
    can=NAMED,
    wants=NAMED,
    reach=st.sampled_from(list(Reach)),
    times=st.sampled_from(list(Times)),
    held=st.lists(st.sampled_from(list(Hindrance)), unique=True).map(tuple),
)
MANY = st.lists(OFFERS, max_size=25, unique_by=lambda one: one.id)


@st.composite
def seekers(draw: st.DrawFn, offers: list[Posted]) -> Seeker:
    who = seeker(draw(PROFILES), position=draw(HOMES))
    for about in draw(st.lists(st.sampled_from(offers), max_size=3, unique_by=lambda one: one.id)) if offers else []:
        said = draw(st.sampled_from(list(Answer)))
        who = learning(who, Answered(offer_id=about.id, answer=said, why=draw(st.sampled_from([None, *Unfit]))), about)
    return who


@settings(max_examples=examples(40), deadline=None)
@given(st.data(), MANY)
def test_nothing_excluded_is_ever_proposed_and_all_else_is(data: st.DataObject, offers: list[Posted]) -> None:
    who, here = data.draw(seekers(offers)), market(*offers)
    assert set(ranked(here, who)) == {one.id for one in offers if here.excluded(who, one) is None}
    for match in here.top(who, 50):
        assert match.posted.standing(TODAY).value == "open" and match.posted.locality == "dak-cam"


@settings(max_examples=examples(40), deadline=None)
@given(st.data(), MANY, OFFERS)
def test_another_offer_moves_nobody_and_a_better_wage_never_lowers(
    data: st.DataObject, offers: list[Posted], more: Posted
) -> None:
    who = data.draw(seekers(offers))
    more = replace(more, id=99)
    before, after = ranked(market(*offers), who), ranked(market(*offers, more), who)
    assert [one for one in after if one != 99] == before
    offer = replace(more.offer, paid=Paid.MONTH, wage_from=(more.offer.wage_from or 0) + 4_000_000)
    better = ranked(market(*offers, replace(more, offer=offer)), who)
    assert (99 in better) == (99 in after)
    assert 99 not in after or more.offer.paid is Paid.PIECE or better.index(99) <= after.index(99)


@settings(max_examples=examples(40), deadline=None)
@given(st.data(), MANY, st.lists(OFFERS, max_size=5))
def test_a_market_that_was_changed_is_one_made_anew(
    data: st.DataObject, offers: list[Posted], changes: list[Posted]
) -> None:
    changed, who = market(*offers), data.draw(seekers(offers))
    plain = replace(who, answers=())
    for one in changes:
        ranked(changed, plain)  # so that lists are kept that the change must not leave as they are
        changed.put(one)
    anew = market(*{one.id: one for one in [*offers, *changes]}.values())
    assert changed.top(who, 50) == anew.top(who, 50)
    assert changed.top(plain, 3) == anew.top(plain, 50)[:3], "by shelves and one by one alike"
    assert changed.top(plain, 50) == sorted(
        changed.top(plain, 50), key=lambda one: (-one.points, one.posted.offer.deadline, one.posted.id)
    )


@settings(max_examples=examples(40), deadline=None)
@given(MANY, PROFILES, HOMES, st.integers(1, 6))
def test_lists_put_together_by_rings_are_those_judged_one_by_one(
    offers: list[Posted], profile: Profile, home: tuple[float, float] | None, count: int
) -> None:
    here, who = market(*offers), seeker(profile, position=home)
    for somebody in (seeker(profile), seeker(profile, position=(14.42, 108.05))):
        ranked(here, somebody, count)  # lists that are kept are those of others as well
    alone = [match for one in offers for _, match in here.people_for(one, [who], 1)]
    alone.sort(key=lambda one: (-one.points, one.posted.offer.deadline, one.posted.id))
    assert here.top(who, count) == alone[:count]


BETTER: tuple[dict[str, Any], ...] = (
    {"no_degree": True},
    {"place": "phường Đăk Cấm", "away": False},
    {"hours": ""},  # than at night
    {"lodging": "có nhà ở", "place": "xa"},
    {"note": "không cần kinh nghiệm"},
    {"title": "Phụ việc"},  # than a tradesman's
    {"latitude": 14.38, "longitude": 108.02},  # nearer to everybody
)


@settings(max_examples=examples(40), deadline=None)
@given(st.data(), MANY, OFFERS, st.sampled_from(BETTER))
def test_what_suits_better_never_stands_lower(
    data: st.DataObject, offers: list[Posted], more: Posted, better: dict[str, Any]
) -> None:
    who = data.draw(seekers(offers))
    plain: dict[str, Any] = {"title": "Thợ giỏi", "place": "xa", "hours": "ca đêm" if "hours" in better else ""}
    plain |= {"latitude": None, "longitude": None} if "place" in better else {}
    plain |= {"latitude": 14.3, "longitude": 107.9} if "latitude" in better else {}
    before = replace(more, id=99, offer=replace(more.offer, **plain))
    after = replace(before, offer=replace(before.offer, **better))
    first, second = ranked(market(*offers, before), who), ranked(market(*offers, after), who)
    assert 99 not in first or second.index(99) <= first.index(99)


@settings(max_examples=examples(40), deadline=None)
@given(MANY)
def test_who_tells_nothing_sees_all_that_is_open_and_nothing_else(offers: list[Posted]) -> None:
    shown = market(*offers).everything("dak-cam", 50)
    assert {one.posted.id for one in shown} == {
        one.id for one in offers if one.locality == "dak-cam" and one.standing(TODAY).value == "open"
    }
    here = [Because.HERE in one.reasons for one in shown]
    assert here == sorted(here, reverse=True), "what is in the ward first"
