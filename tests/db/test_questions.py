"""Citizens' cases."""

import pytest

from core.errors import ConflictError
from core.questions import Author, Entry, QuestionState
from db.unit_of_work import SqlStorage
from tests.support.clock import MORNING
from tests.support.rows import FILE, everything, make_person, new_question

ANSWER = Entry(author=Author.OFFICER, officer="lan", at=MORNING, text="Mời bà con đến xã.", attachments=(FILE,))


async def open_one(storage: SqlStorage, code: str, **fields: object) -> int:
    contact = (await make_person(storage)).contact.id
    async with storage.write() as uow:
        number = await uow.questions.open(new_question(code, contact, **fields))  # type: ignore[arg-type]
        await uow.commit()
    return number


async def test_a_question_is_found_by_number_and_by_code_as_people_type_it(store: SqlStorage) -> None:
    number = await open_one(store, "K7M4PX", attachments=(FILE,))
    async with store.read() as uow:
        found = await uow.questions.get("K7M4PX")
        assert found is not None
        for key in ("k7m 4px", " K7M4PX ", str(number)):
            assert await uow.questions.get(key) == found
        for key in ("K7M4P", "0", "９", "1" * 30, "", "contact:1"):
            assert await uow.questions.get(key) is None
    assert (found.id, found.code, found.state, found.locality) == (number, "K7M4PX", QuestionState.OPEN, "dak-cam")
    assert found.thread == (Entry(author=Author.CITIZEN, at=MORNING, text="Nhà tôi dột.", attachments=(FILE,)),)


async def test_a_code_that_looks_like_a_number_goes_before_the_number(store: SqlStorage) -> None:
    first = await open_one(store, "222222")
    second = await open_one(store, str(first))
    async with store.read() as uow:
        found = await uow.questions.get(str(first))
    assert found is not None and found.id == second


async def test_a_code_is_given_once(store: SqlStorage) -> None:
    await open_one(store, "K7M4PX")
    with pytest.raises(ConflictError):
        await open_one(store, "K7M4PX")
    assert len((await everything(store))["questions"]) == 1


async def test_the_thread_grows_and_the_state_with_it(store: SqlStorage) -> None:
    number = await open_one(store, "K7M4PX")
    async with store.write() as uow:
        await uow.questions.add_entry(number, ANSWER, state=QuestionState.ANSWERED)
        await uow.commit()
    async with store.read() as uow:
        found = await uow.questions.get(str(number))
    assert found is not None and found.state is QuestionState.ANSWERED and found.thread[1] == ANSWER
    async with store.write() as uow:
        await uow.questions.set_state(number, QuestionState.CLOSED)
        await uow.commit()
    async with store.read() as uow:
        assert await uow.questions.list(states=[QuestionState.OPEN, QuestionState.ANSWERED]) == []


async def test_the_list_has_urgent_ones_on_top_then_what_is_due_first(store: SqlStorage) -> None:
    await open_one(store, "LATE22", due_days=9)
    await open_one(store, "URGENT", urgent=True, due_days=30)
    await open_one(store, "SSSS22", due_days=1)
    await open_one(store, "AWAY22", due_days=1, locality="muong-lay")
    async with store.read() as uow:
        all_ = await uow.questions.list(states=[QuestionState.OPEN])
        here = await uow.questions.list(states=[QuestionState.OPEN], locality="dak-cam")
        none = await uow.questions.list(states=[QuestionState.CLOSED])
    assert [one.code for one in all_] == ["URGENT", "SSSS22", "AWAY22", "LATE22"]
    assert [one.code for one in here] == ["URGENT", "SSSS22", "LATE22"]
    assert none == [] and all_[0].thread == ()
