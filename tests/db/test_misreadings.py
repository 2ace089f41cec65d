"""What was not understood: kept once a day, one line for the same words, settled together."""

from datetime import timedelta

from core.misreadings import MisreadingState, Proposal, Why
from db.unit_of_work import SqlStorage
from tests.support.clock import MORNING
from tests.support.rows import everything, make_person, new_misreading

NEW, PROPOSED, ACCEPTED, DROPPED = MisreadingState
HOUSING = Proposal(label="housing", text="nhà dột thì sao", officer="lan")
DAY = timedelta(days=1)


async def keep(store: SqlStorage, *words: str, path: str = "somebody", days: int = 0, **fields: object) -> None:
    """Somebody wrote these words, and they were not understood."""
    contact = (await make_person(store, path)).contact.id
    found = [new_misreading(one, contact, at=MORNING + days * DAY, **fields) for one in words]  # type: ignore[arg-type]
    async with store.write() as uow:
        await uow.misreadings.add(found)
        await uow.commit()


async def listed(store: SqlStorage, *states: MisreadingState, locality: str | None = None) -> list[tuple[str, int]]:
    async with store.read() as uow:
        found = await uow.misreadings.list(states=states or (NEW,), locality=locality)
    return [(one.text, one.times) for one in found]


async def test_the_same_words_of_the_same_person_are_kept_once_a_day(store: SqlStorage) -> None:
    await keep(store, "Nhà dột", "nha dot!", "nước")
    await keep(store, "NHÀ DỘT")
    assert await listed(store) == [("Nhà dột", 1), ("nước", 1)]
    await keep(store, "nhà dột", days=1)
    await keep(store, "nhà dột", path="another")
    assert await listed(store) == [("Nhà dột", 3), ("nước", 1)]


async def test_one_of_them_as_it_was_kept(store: SqlStorage) -> None:
    await keep(store, "tiền điện đâu", why=Why.NOT_MEANT, read_as="electricity, housing", locality=None)
    async with store.read() as uow:
        (found,) = await uow.misreadings.list(states=[NEW])
        assert await uow.misreadings.get(found.id) == found
        assert await uow.misreadings.get(found.id + 1) is None
    assert (found.at, found.why, found.read_as, found.locality) == (
        MORNING,
        Why.NOT_MEANT,
        "electricity, housing",
        None,
    )
    assert (found.state, found.proposal, "điện" in repr(found)) == (NEW, None, False)


async def test_of_one_locality_counted_over_all(store: SqlStorage) -> None:
    await keep(store, "nhà dột")
    await keep(store, "nhà dột", path="another", locality="muong-lay")
    assert await listed(store, locality="muong-lay") == [("nhà dột", 2)]
    assert await listed(store, locality="nowhere") == []


async def test_what_is_proposed_stands_for_its_words_and_may_be_said_better(store: SqlStorage) -> None:
    await keep(store, "nhà dột")
    await keep(store, "nhà dột", path="another")
    async with store.write() as uow:
        for officer in ("minh", "lan"):
            assert await uow.misreadings.propose(2, Proposal(label="housing", text=HOUSING.text, officer=officer))
        await uow.commit()
    async with store.read() as uow:
        (found,) = await uow.misreadings.list(states=[NEW, PROPOSED])
    assert (found.id, found.state, found.proposal) == (2, PROPOSED, HOUSING)


async def test_the_same_words_are_settled_together(store: SqlStorage) -> None:
    await keep(store, "nhà dột", "nước")
    await keep(store, "nhà dột", path="another")
    async with store.write() as uow:
        assert await uow.misreadings.settle(1, DROPPED)
        assert not await uow.misreadings.settle(1, DROPPED)
        assert not await uow.misreadings.propose(1, HOUSING)
        assert not await uow.misreadings.settle(99, DROPPED) and not await uow.misreadings.propose(99, HOUSING)
        await uow.commit()
    assert await listed(store) == [("nước", 1)]
    assert await listed(store, DROPPED) == [("nhà dột", 2)]


async def test_only_what_was_checked_is_accepted(store: SqlStorage) -> None:
    await keep(store, "nhà dột")
    async with store.write() as uow:
        await uow.misreadings.propose(1, Proposal(label="tuition", text="nhà dột", officer="lan"))
        assert not await uow.misreadings.settle(1, ACCEPTED, checked=HOUSING)
        await uow.misreadings.propose(1, HOUSING)
        assert await uow.misreadings.settle(1, ACCEPTED, checked=HOUSING)
        await uow.commit()
    assert await listed(store, ACCEPTED) == [("nhà dột", 1)]


async def test_it_is_kept_as_long_as_messages_are(store: SqlStorage) -> None:
    await keep(store, "nhà dột")
    for days, left in ((30, 1), (31, 0)):
        async with store.write() as uow:
            now = MORNING + days * DAY
            dropped = await uow.upkeep.drop_old(
                messages_before=now - 30 * DAY, questions_before=now, ledger_before=now, now=MORNING
            )
            await uow.commit()
        assert dropped["misreadings"] == 1 - left
        assert len((await everything(store))["misreadings"]) == left


async def test_it_is_in_the_persons_own_copy_and_goes_with_them(store: SqlStorage) -> None:
    await keep(store, "nhà dột", why=Why.NOT_MEANT, read_as="tuition")
    await keep(store, "của người khác", path="another")
    async with store.write() as uow:
        copy = await uow.people.export(1)
        await uow.people.erase(1, [], MORNING)
        await uow.commit()
    line = {"at": MORNING.isoformat(), "why": "not_meant", "text": "nhà dột", "read_as": "tuition"}
    assert copy["misreadings"] == [line]
    assert [row["text"] for row in (await everything(store))["misreadings"]] == ["của người khác"]
