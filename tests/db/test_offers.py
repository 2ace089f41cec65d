"""Offers as officers look through them and as employers send them in, on both databases."""

from datetime import date, timedelta

from core.offer_desk import OffersAsked
from core.work import OfferKind, OfferState, Standing
from db.unit_of_work import SqlStorage
from tests.db.test_work import TODAY, put
from tests.support.clock import MORNING
from tests.support.rows import an_offer, everything


async def filled(store: SqlStorage) -> None:
    """One of each standing in Đăk Cấm, and a course that is open; one elsewhere."""
    await put(store, an_offer(title="draft"), verified=False)
    await put(store, an_offer(title="late", deadline=date(2026, 12, 30)), an_offer(title="soon", deadline=TODAY))
    (full,) = await put(store, an_offer(title="full", seats=2))
    await put(store, an_offer(title="over", deadline=TODAY - timedelta(days=1)))
    await put(store, an_offer(title="course", kind=OfferKind.COURSE, deadline=date(2026, 12, 1)))
    (closed,) = await put(store, an_offer(title="closed"))
    await put(store, an_offer(title="elsewhere"), locality="di-su")
    async with store.write() as uow:
        await uow.work.take_seats(full, 2)
        await uow.work.step(closed, OfferState.VERIFIED, OfferState.CLOSED, closed_by="Duy", why="x")
        await uow.commit()


async def test_the_list_stands_as_each_offer_says_of_itself(store: SqlStorage) -> None:
    await filled(store)
    order = ["draft", "soon", "course", "late", "full", "over", "closed"]
    async with store.read() as uow:
        found, total = await uow.offers.page(OffersAsked(localities=["dak-cam"], on=TODAY), offset=0, limit=30)
        assert [one.offer.title for one in found] == order and total == 7
        part, total = await uow.offers.page(OffersAsked(localities=["dak-cam"], on=TODAY), offset=2, limit=2)
        assert [one.offer.title for one in part] == order[2:4] and total == 7
        counts = await uow.offers.counts(["dak-cam"], TODAY)
        for standing in Standing:
            asked = OffersAsked(localities=["dak-cam", "nowhere"], on=TODAY, standing=standing)
            some, total = await uow.offers.page(asked, offset=0, limit=30)
            assert {one.standing(TODAY) for one in some} == {standing} and counts[standing] == total == len(some)
        ending = await uow.offers.ending(["dak-cam"], TODAY, date(2026, 12, 1), 5)
        assert [one.offer.title for one in ending] == ["soon", "course"]
        assert [one.offer.title for one in await uow.offers.ending([], TODAY, date(2026, 12, 1), 5)] == []


async def test_what_was_changed_meanwhile_is_not_written_over(store: SqlStorage) -> None:
    (number,) = await put(store, an_offer())
    async with store.write() as uow:
        one = await uow.work.get(number)
        assert one is not None
        new = an_offer(title="Thợ may", seats=3)
        assert not await uow.offers.edit(one, new, seen=one.version - 1, by="Hoa", now=MORNING)
        assert not await uow.work.take_seats(number, 1, seen=one.version - 1)
        assert await uow.offers.edit(one, new, seen=one.version, by="Hoa", now=MORNING)
        assert not await uow.offers.edit(one, an_offer(), seen=one.version, by="Thu", now=MORNING)
        there = await uow.work.get(number)
        await uow.commit()
    assert there is not None and there.offer == new and there.authors == ("Lan", "Hoa")
    assert (there.state, there.verified_by, there.version) == (OfferState.DRAFT, None, one.version + 1)


async def test_what_employers_send_is_kept_once_counted_and_found_by_its_code(store: SqlStorage) -> None:
    since = MORNING - timedelta(days=1)
    async with store.write() as uow:
        sent = {"sender": b"a", "now": MORNING}
        first = await uow.offers.receive("dak-cam", an_offer(), code="K7M4PX", **sent)
        assert await uow.offers.receive("dak-cam", an_offer(), code="K7M4PY", **sent) is None
        await uow.offers.receive("di-su", an_offer(), code="K7M4PZ", **sent)
        await uow.commit()
    await put(store, an_offer(title="of an officer"), verified=False)
    async with store.read() as uow:
        counted = await uow.offers.received("dak-cam", b"a", on=TODAY, since=since)
        assert (counted.waiting, counted.lately) == (1, 2)
        later = await uow.offers.received("dak-cam", b"b", on=date(2027, 2, 1), since=since)
        assert (later.waiting, later.lately) == (0, 0)
        found = await uow.offers.by_code("K7M4PX")
        assert found is not None and (found.id, found.authors) == (first, ())
        assert await uow.offers.by_code("K7M4PY") is None
        assert await uow.offers.twin("dak-cam", an_offer().key) == first
    assert len((await everything(store))["work_offers"]) == 3
