"""The demonstration's vacancies and courses: many, varied, nobody's, found in the chat, put in once."""

import re
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import App
from bot.demo_work import VERIFIER, fill_work
from bot.keys import load_key
from bot.knowledge import Knowledge
from content.work.doubts import signs
from content.work.lawful import demand_lawful_words
from core.work import OfferKind, Paid, Posted, Standing
from tests.capabilities.office import office
from tests.support.clock import FixedClock
from tests.support.databases import Databases
from tests.support.rows import everything
from tests.web.conftest import client_of
from tests.web.visiting import Visitor

PLACES = ("dak-cam", "di-su", "hong-linh", "muong-lay", "phan-rang")


@pytest.fixture
def folder(tmp_path: Path, databases: Databases) -> Path:
    load_key(tmp_path)
    databases.put(tmp_path / "chungtay.db")
    return tmp_path


@pytest.fixture
async def app(folder: Path, knowledge: Knowledge, clock: FixedClock) -> AsyncIterator[App]:
    async with office(folder, knowledge, clock) as made:
        await fill_work(made.app)
        yield made.app


async def stored(app: App) -> dict[str, list[Posted]]:
    async with app.storage.read() as uow:
        return {place: list(await uow.work.list([place])) for place in PLACES}


@pytest.mark.thorough
async def test_each_place_has_many_and_nobody_of_them_exists(app: App) -> None:
    today = app.clock.now().date()
    for place, found in (await stored(app)).items():
        kinds = Counter(one.offer.kind for one in found)
        assert kinds[OfferKind.VACANCY] >= 60 and kinds[OfferKind.COURSE] >= 15, place
        opened = Counter(one.offer.kind for one in found if one.standing(today) is Standing.OPEN)
        assert opened[OfferKind.VACANCY] >= 50 and opened[OfferKind.COURSE] >= 15
        assert len({one.offer.occupation for one in found}) >= 18 and len({one.offer.title for one in found}) >= 30
        assert {one.standing(today) for one in found} == set(Standing) - {Standing.EXPIRED}
        assert any(one.offer.deadline <= today + timedelta(days=7) for one in found)
        for one in found:
            assert one.offer.employer.endswith("(ví dụ)") and one.offer.occupation in app.knowledge.content.trades.all
            said = " ".join(str(each) for each in one.offer.plain().values())
            assert not re.search(r"\d{8,}|\b0\d{2,3}[ .]\d{3}", said.replace(str(one.offer.wage_to), "")), said
            demand_lawful_words(f"{one.offer.title}. {one.offer.note}")
        doubtful = [one for one in found if signs(one.offer)]
        assert [(one.verified_by, one.code is not None) for one in doubtful] == [(None, True)], "the lure, unverified"
        assert {one.verified_by for one in found} == {None, VERIFIER}


@pytest.mark.thorough
async def test_wages_are_those_of_the_region(app: App) -> None:
    def usual(found: list[Posted]) -> float:
        monthly = [one.offer.wage_from or 0 for one in found if one.offer.paid is Paid.MONTH and not one.code]
        return sum(monthly) / len(monthly)

    by_place = {place: usual(found) for place, found in (await stored(app)).items()}
    assert by_place["muong-lay"] < by_place["hong-linh"] < by_place["di-su"]
    assert all(4_000_000 < one < 9_000_000 for one in by_place.values())


@pytest.mark.thorough
async def test_a_second_start_finds_them_there_and_a_month_later_there_are_new_ones(
    app: App, clock: FixedClock
) -> None:
    before = (await everything(app.storage))["work_offers"]
    await fill_work(app)
    assert (await everything(app.storage))["work_offers"] == before
    clock.advance(days=80)
    await fill_work(app)
    assert len((await everything(app.storage))["work_offers"]) == 2 * len(before)


@pytest.mark.parametrize("place", ["dak-cam", pytest.param("muong-lay", marks=pytest.mark.thorough)])
async def test_they_are_found_in_the_chat(app: App, place: str) -> None:
    visitor = Visitor(client_of(app.web))
    await visitor.open(f"/?at={place}")
    for words in ("tìm việc", "đồng ý", "làm nông", "chăn nuôi", "Sáng đi, tối về", "Lúc nào cũng được", "không"):
        page = await visitor.say(words)
    said = f"{page.answers[-1].text} {page.answers[-1].source}"
    assert "(ví dụ)" in said and "đã kiểm tra ngày 20/11/2026" in said
