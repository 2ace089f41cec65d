"""Taking, giving, handing over, closing: asked of the handlers themselves, whoever calls them."""

from collections.abc import Awaitable, Callable

import pytest

from bot.knowledge import Knowledge
from core.console_storage import Once
from core.errors import ChungTayError, NotAllowedError, NotFoundError, StaleError
from core.officers import Grant, Role
from db.unit_of_work import SqlStorage
from handlers import holding
from handlers.holding import Act
from tests.support.clock import MORNING
from tests.support.rows import ask, everything

pytestmark = pytest.mark.either

Acts = Callable[[Act], Awaitable[None]]


@pytest.fixture
async def store(storage: SqlStorage) -> SqlStorage:
    """Question 1 of Đăk Cấm; Lan answers there, Minh in Dị Sử, Tâm only reads in Đăk Cấm."""
    await ask(storage)
    places = {"Lan": (Role.ANSWERER, "dak-cam"), "Minh": (Role.ANSWERER, "di-su"), "Tâm": (Role.VIEWER, "dak-cam")}
    async with storage.write() as uow:
        for name, (role, place) in places.items():
            await uow.officers.grant(await uow.officers.add(name, MORNING), [Grant(role=role, locality=place)])
        await uow.commit()
    return storage


def act(officer: str = "Lan", *, seen: int = 0, nonce: str = "a" * 22) -> Act:
    return Act(key="1", officer=officer, seen=seen, once=Once(officer_id=1, nonce=nonce), now=MORNING)


@pytest.fixture(params=["hold", "hand over", "close", "note"])
def doing(request: pytest.FixtureRequest, store: SqlStorage, knowledge: Knowledge) -> Acts:
    """Each of them in turn."""
    content = knowledge.content
    acts: dict[str, Acts] = {
        "hold": lambda one: holding.hold(store, one, "Lan"),
        "hand over": lambda one: holding.hand_over(store, content, one, office="phong-vhxh", note=""),
        "close": lambda one: holding.close(store, one, note="Đã gặp."),
        "note": lambda one: holding.note(store, one, text="Đã xem."),
    }
    return acts[str(request.param)]


@pytest.mark.parametrize("officer", ["Minh", "Tâm", "Nobody"])
async def test_only_who_may_answer_there(store: SqlStorage, doing: Acts, officer: str) -> None:
    with pytest.raises(NotAllowedError):
        await doing(act(officer))
    rows = await everything(store)
    assert [row["action"] for row in rows["audit_log"]] == ["refused"]
    assert rows["questions"][0]["version"] == 0 and rows["question_notes"] == rows["question_holders"] == []


async def test_the_same_form_counts_once(store: SqlStorage, doing: Acts) -> None:
    await doing(act())
    before = await everything(store)
    await doing(act())
    assert await everything(store) == before
    assert len(before["form_posts"]) == len(before["audit_log"]) == 1


async def test_what_was_not_seen_stops_it(store: SqlStorage, doing: Acts, request: pytest.FixtureRequest) -> None:
    await holding.hold(store, act(nonce="b" * 22), "Lan")
    before = await everything(store)
    if "note" in request.node.name:
        await doing(act())  # a note takes nothing from anybody
        return
    with pytest.raises(StaleError):
        await doing(act())
    assert await everything(store) == before
    await doing(act(seen=before["questions"][0]["version"]))


async def test_nobody_gets_what_they_may_not_answer(store: SqlStorage) -> None:
    for name in ("Minh", "Tâm", "Nobody"):
        with pytest.raises(NotFoundError):
            await holding.hold(store, act(), name)
    assert (await everything(store))["question_holders"] == []


@pytest.mark.parametrize("office", ["", "no-such-office", "kinh-te-di-su"])
async def test_only_to_an_office_that_is_there(store: SqlStorage, knowledge: Knowledge, office: str) -> None:
    with pytest.raises(NotFoundError):
        await holding.hand_over(store, knowledge.content, act(), office=office, note="")


async def test_notes_have_words_and_an_end(store: SqlStorage) -> None:
    for text in (" ", "x" * (holding.MOST_NOTE + 1)):
        with pytest.raises(ChungTayError):
            await holding.note(store, act(), text=text)
        with pytest.raises(ChungTayError):
            await holding.close(store, act(), note=text)


async def test_what_is_closed_is_not_handed_on(store: SqlStorage, knowledge: Knowledge) -> None:
    await holding.close(store, act(), note="Đã gặp.")
    with pytest.raises(ChungTayError, match="closed"):
        await holding.close(store, act(seen=2, nonce="c" * 22), note="Lần nữa.")
    with pytest.raises(ChungTayError, match="closed"):
        await holding.hand_over(store, knowledge.content, act(seen=2, nonce="d" * 22), office="phong-vhxh", note="")
