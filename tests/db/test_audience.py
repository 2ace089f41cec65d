"""Whom a notice is for: the database says of all what the rule says of each; who is left out is counted by reason."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core.audience import AllOf, AnyOf, Audience, Facts, Field, Is, Not, holds, localities, parse, plain, unknown
from core.contacts import Consent, ContactStatus, Purpose, Refusal
from core.records import LeftOut, NewContact
from db.audience import meant
from db.models import contacts
from db.unit_of_work import SqlStorage
from tests.support.clock import MORNING
from tests.support.rows import make_account, make_person, notice_to, urn

VALUES = {
    Field.LOCALITY: ["dak-cam", "di-su"],
    Field.HAMLET: ["thôn 1", "thôn 2"],
    Field.STATUS: ["poor", "near-poor"],
    Field.LACKING: ["housing", "health"],
    Field.TOPIC: ["tuition", "housing"],
    Field.LANGUAGE: ["vi", "en"],
    Field.CHANNEL: ["telegram", "telegram.main", "webchat"],
    Field.REACHED: ["1", "x"],
}
CONSENT = Consent(
    purpose=Purpose.NOTICES, granted_at=MORNING, expires_at=MORNING + timedelta(days=9), wording="ward list"
)
LEAVES = st.sampled_from([(name, value) for name, values in VALUES.items() for value in values]).map(
    lambda pair: Is(pair[0], (pair[1],))
)
AUDIENCES: st.SearchStrategy[Audience] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: AllOf(tuple(parts))),
        st.lists(inner, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=6,
)
# Everything that can be told apart of a person, and some of whom nothing is known.
PEOPLE: list[dict[Field, list[str]]] = [
    {},
    {Field.LOCALITY: ["dak-cam"], Field.LANGUAGE: ["vi"]},
    {Field.LOCALITY: ["dak-cam"], Field.HAMLET: ["thôn 1"], Field.STATUS: ["poor"], Field.LANGUAGE: ["vi"]},
    {Field.LOCALITY: ["di-su"], Field.HAMLET: ["thôn 2"], Field.STATUS: ["near-poor"], Field.LACKING: ["housing"]},
    {Field.LOCALITY: ["di-su"], Field.STATUS: ["poor"], Field.TOPIC: ["tuition", "housing"], Field.LANGUAGE: ["en"]},
    {Field.LOCALITY: ["dak-cam"], Field.LACKING: ["housing", "health"], Field.TOPIC: ["housing"]},
]


def listed(path: str, one: dict[Field, list[str]], household: str = "") -> NewContact:
    return NewContact(
        urn=urn(path, "telegram.main"),
        name="",
        phone="",
        locality=next(iter(one.get(Field.LOCALITY, [])), None),  # type: ignore[arg-type]
        hamlet=next(iter(one.get(Field.HAMLET, [])), None),
        status=next(iter(one.get(Field.STATUS, [])), None),
        language=next(iter(one.get(Field.LANGUAGE, [])), "vi"),
        household=household,
        topics=tuple(one.get(Field.TOPIC, [])),
    )


async def fill(storage: SqlStorage) -> dict[int, Facts]:
    """The people; gives what is known of each by number."""
    await make_account(storage, "telegram.main")
    await make_account(storage)
    async with storage.write() as uow:
        await uow.lists.enrol([listed(str(n), one) for n, one in enumerate(PEOPLE)], CONSENT, MORNING)
        await uow.commit()
    found: dict[int, Facts] = {}
    for number, one in enumerate(PEOPLE):
        person = await make_person(storage, str(number), "telegram.main")
        async with storage.write() as uow:
            await uow.people.keep_needs(person.contact.id, one.get(Field.LACKING, []))
            await uow.commit()
        known = {**one, Field.CHANNEL: ["telegram", "telegram.main"], Field.LANGUAGE: [person.contact.language]}
        found[person.contact.id] = Facts(values=known)
    return found


async def said(storage: SqlStorage, audience: Audience) -> set[int]:
    async with storage.engine.connect() as connection:
        found = set((await connection.execute(select(contacts.c.id).where(meant(audience)))).scalars())
        walked = await connection.execute(select(contacts.c.id).where(meant(audience, walking=True)))
        assert set(walked.scalars()) == found
        return found


@pytest.mark.thorough
async def test_the_database_says_of_all_what_the_rule_says_of_each(store: SqlStorage) -> None:
    people = await fill(store)
    loop = asyncio.get_running_loop()

    @settings(max_examples=40, suppress_health_check=list(HealthCheck), database=None)
    @given(AUDIENCES)
    def same(audience: Audience) -> None:
        found = asyncio.run_coroutine_threadsafe(said(store, audience), loop).result()
        assert found == {number for number, facts in people.items() if holds(audience, facts)}

    await asyncio.to_thread(same)


async def test_who_is_left_out_is_counted_by_the_first_reason(store: SqlStorage) -> None:
    await make_account(store, "telegram.main")
    await make_account(store)
    at = {Field.LOCALITY: ["dak-cam"]}
    async with store.write() as uow:
        people = [listed(str(n), at, "H1" if n < 3 else "") for n in range(6)]
        await uow.lists.enrol(people, CONSENT, MORNING)
        await uow.commit()
    ids = [(await make_person(store, str(n), "telegram.main")).contact.id for n in range(6)]
    async with store.write() as uow:
        await uow.people.refuse(urn("0", "telegram.main"), Refusal.BLOCKED, MORNING)  # of H1: another one gets it
        await uow.people.withdraw(ids[3], Purpose.NOTICES)
        await uow.connection.execute(
            contacts.update().where(contacts.c.id == ids[4]).values(status=ContactStatus.STOPPED.value)
        )
        await uow.commit()
    async with store.read() as uow:
        notice = notice_to(Is(Field.LOCALITY, ("dak-cam",)))
        found = await uow.audiences.reach(notice, accounts=["telegram.main"], now=MORNING)
        later = await uow.audiences.reach(notice, accounts=["telegram.main"], now=CONSENT.expires_at)
    one_each = {LeftOut.STOPPED: 1, LeftOut.NO_CONSENT: 1, LeftOut.NO_ADDRESS: 1, LeftOut.HOUSEHOLD: 1}
    assert (found.meant, found.reached, dict(found.left_out)) == (6, 2, one_each)
    assert later.reached == 0 and Counter(later.left_out)[LeftOut.NO_CONSENT] == 5


@given(AUDIENCES)
def test_data_and_back(audience: Audience) -> None:
    def joined(one: Any) -> bool:
        return isinstance(one, AllOf | AnyOf) and (not one.parts or any(map(joined, one.parts)))

    if not joined(audience) and "[]" not in repr(plain(audience)):
        facts = [Facts(values=one) for one in PEOPLE]
        assert [holds(parse(plain(audience)), one) for one in facts] == [holds(audience, one) for one in facts]


@given(AUDIENCES, st.sampled_from(PEOPLE))
def test_nobody_outside_of_the_places_is_meant(audience: Audience, person: dict[Field, list[str]]) -> None:
    bound = localities(audience)
    if bound is not None and holds(audience, Facts(values=person)):
        assert not bound.isdisjoint(person.get(Field.LOCALITY, []))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ([], "audience: names at least one of localities"),
        ({}, "audience: names at least one of localities"),
        ({"wards": ["x"]}, "audience.wards: is none of localities"),
        ({"localities": "dak-cam"}, 'audience.localities: is a list of words, such as ["dak-cam"]'),
        ({"localities": []}, "audience.localities: is a list of words"),
        ({"any": {}}, "audience.any: is a list of conditions"),
        ({"any": [{"topics": [1]}]}, "audience.any[0].topics: is a list of words"),
        ({"topics": [str(n) for n in range(501)]}, "audience.topics: has more than 500 values"),
        ({"not": {"not": {"not": {"not": {"not": {"not": {"not": {"topics": ["x"]}}}}}}}}, "more than 6 deep"),
    ],
)
def test_what_is_no_audience(data: object, why: str) -> None:
    with pytest.raises(ValueError) as error:
        parse(data)
    assert why in str(error.value)


def test_values_that_nothing_has_are_named() -> None:
    audience = parse({"localities": ["dak-cam"], "not": {"topics": ["tution"]}})
    assert unknown(audience, lambda which, value: (which, value) == (Field.LOCALITY, "dak-cam")) == [
        (Field.TOPIC, "tution")
    ]
