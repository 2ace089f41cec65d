"""Posts of the market on both databases: found while they are open, and gone with time, consent and their owner."""

from datetime import date, timedelta

from core.contacts import Consent, Purpose
from core.market import Goods, NewPost, PostState, Side, last_day_of
from db.unit_of_work import SqlStorage
from tests.support.clock import MORNING
from tests.support.rows import a_post, everything, make_person

TODAY = date(2026, 11, 20)


async def put(store: SqlStorage, *new: NewPost, verified: bool = True) -> list[int]:
    numbers = []
    async with store.write() as uow:
        for each in new:
            number = await uow.market.add(each, MORNING, TODAY)
            assert number is not None
            numbers.append(number)
            one = await uow.market.get(number)
            assert one is not None
            last = last_day_of(one.side, TODAY)
            if verified:
                assert await uow.market.step(one, PostState.VERIFIED, by="Lan", now=MORNING, last_day=last)
        await uow.commit()
    return numbers


async def shown(store: SqlStorage, on: date = TODAY, *places: str) -> list[int]:
    async with store.read() as uow:
        return [one.id for one in await uow.market.open_in(places or ("dak-cam",), on)]


async def agreed(store: SqlStorage, path: str, days: int = 90) -> int:
    contact = (await make_person(store, path)).contact.id
    until = MORNING + timedelta(days=days)
    async with store.write() as uow:
        consent = Consent(purpose=Purpose.MARKET, granted_at=MORNING, expires_at=until, wording="market.preview")
        await uow.people.consent(contact, consent)
        await uow.commit()
    return contact


async def test_only_what_is_verified_and_not_over_is_shown(store: SqlStorage) -> None:
    await put(store, a_post("chờ"), verified=False)
    sold, wanted = await put(store, a_post(), a_post("mua", side=Side.WANTED))
    await put(store, a_post("nơi khác", locality="di-su"))
    assert await shown(store) == [wanted, sold]
    assert await shown(store, TODAY + timedelta(days=14)) == [wanted, sold], "the last day itself counts"
    assert await shown(store, TODAY + timedelta(days=15)) == [wanted]
    assert await shown(store, TODAY + timedelta(days=31)) == []


async def test_the_same_post_is_kept_once_a_day_and_decided_once(store: SqlStorage) -> None:
    (number,) = await put(store, a_post(), verified=False)
    async with store.write() as uow:
        assert await uow.market.add(a_post("20 CON  GÀ"), MORNING, TODAY) is None
        assert await uow.market.add(a_post(), MORNING, TODAY + timedelta(days=1)) is not None
        one = await uow.market.get(number)
        assert one is not None
        assert await uow.market.step(one, PostState.REFUSED, by="Lan", now=MORNING, why="x")
        assert not await uow.market.step(one, PostState.VERIFIED, by="Minh", now=MORNING), "as it was seen before"
        await uow.commit()


async def test_what_fits_is_of_the_other_side_the_same_goods_and_somebody_elses(store: SqlStorage) -> None:
    me, other = await agreed(store, "me"), await agreed(store, "other")
    mine, own = await put(store, a_post(contact_id=me), a_post("cần gà", side=Side.WANTED, contact_id=me))
    (fits,) = await put(store, a_post("cần vịt", side=Side.WANTED, contact_id=other))
    (page,) = await put(store, a_post("cần trứng", side=Side.WANTED))
    await put(store, a_post("cần heo", side=Side.WANTED, goods=Goods.LIVESTOCK))
    await put(store, a_post("cần ngan", side=Side.WANTED), verified=False)
    async with store.read() as uow:
        one, what = await uow.market.get(mine), await uow.market.get(own)
        assert one is not None and what is not None
        assert [each.id for each in await uow.market.fitting(one, ["dak-cam"], TODAY, 5)] == [page, fits]
        assert await uow.market.fitting(one, ["di-su"], TODAY, 5) == []
        assert await uow.market.fitting(what, ["dak-cam"], TODAY, 5) == []


async def test_it_is_exported_and_goes_with_its_owner_their_consent_and_time(store: SqlStorage) -> None:
    one, two, three = [await agreed(store, name, days) for name, days in (("one", 90), ("two", 90), ("three", 1))]
    await put(store, *(a_post(f"{who}", contact_id=who) for who in (one, two, three)))
    await put(store, a_post("từ trang"))
    async with store.write() as uow:
        (copy,) = (await uow.people.export(one))["market_posts"]
        assert copy["post"] == {"what": str(one)} and copy["last_day"] == "2026-12-04"
        await uow.people.erase(one, [b"x" * 32], MORNING)
        await uow.people.withdraw(two, Purpose.MARKET)
        await uow.commit()
    assert [row["contact_id"] for row in (await everything(store))["market_posts"]] == [three, None]
    for days, left in ((2, [None]), (44, [None]), (46, [])):
        now = MORNING + timedelta(days=days)
        ago = now - timedelta(days=365)
        async with store.write() as uow:
            await uow.upkeep.drop_old(messages_before=ago, questions_before=ago, ledger_before=ago, now=now)
            await uow.commit()
        assert [row["contact_id"] for row in (await everything(store))["market_posts"]] == left, days
