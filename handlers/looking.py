"""What officers only look at, each of them at what is of their places."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from core.errors import NotFoundError
from core.misreadings import Misreading, MisreadingState
from core.officers import Officer, Right
from core.questions import Question, QuestionState
from core.records import TallyRow
from core.storage import Storage
from handlers.permission import demand, demand_somewhere

Row = TypeVar("Row")


async def questions(
    storage: Storage, states: Sequence[QuestionState], *, locality: str | None, officer: str, now: datetime
) -> Sequence[Question]:
    """Questions of the places and offices where somebody may read them. Raises NotAllowedError."""
    known = await demand_somewhere(storage, officer, Right.READ_QUESTIONS, subject="questions", now=now)
    async with storage.read() as uow:
        found = await uow.questions.list(states=states, locality=locality)
    return _theirs(found, known, Right.READ_QUESTIONS, lambda one: (one.locality, one.office))


async def question(
    storage: Storage, key: str, *, officer: str, now: datetime, right: Right = Right.READ_QUESTIONS
) -> Question:
    """A question with its thread, for somebody who may do this with it. Raises NotFoundError, NotAllowedError."""
    async with storage.read() as uow:
        found = await uow.questions.get(key)
    if found is None:
        raise NotFoundError("no such question", where=key, mend="see: chungtay questions list")
    await demand(
        storage,
        officer,
        right,
        localities=[found.locality] if found.locality else [],
        office=found.office or "",
        subject=f"question:{found.id}",
        now=now,
    )
    return found


async def misreadings(
    storage: Storage, states: Sequence[MisreadingState], *, locality: str | None, officer: str, now: datetime
) -> Sequence[Misreading]:
    """What was not understood, of the places where somebody may say what was meant. Raises NotAllowedError."""
    known = await demand_somewhere(storage, officer, Right.TEACH, subject="misreadings", now=now)
    async with storage.read() as uow:
        found = await uow.misreadings.list(states=states, locality=locality)
    return _theirs(found, known, Right.TEACH, lambda one: (one.locality, None))


async def totals(
    storage: Storage, *, locality: str | None, since: str, until: str, officer: str, now: datetime
) -> Sequence[TallyRow]:
    """Finished self-checks of the places whose totals somebody may read. Raises NotAllowedError."""
    known = await demand_somewhere(storage, officer, Right.READ_TOTALS, subject="checks", now=now)
    async with storage.read() as uow:
        found = await uow.tally.totals(locality=locality, since=since, until=until)
    return _theirs(found, known, Right.READ_TOTALS, lambda one: (one.locality, None))


def _theirs(
    rows: Sequence[Row], known: Officer | None, right: Right, of: Callable[[Row], tuple[str | None, str | None]]
) -> list[Row]:
    """What has no place is for those who may look at everything."""
    mine = []
    for one in rows:
        locality, office = of(one)
        places = [locality] if locality else []
        if known is None or known.may(right, localities=places, office=office or ""):
            mine.append(one)
    return mine
