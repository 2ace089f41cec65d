"""An officer's answer on paper, with a code that opens it for thirty days at any telephone."""

from content.catalogue import Catalogue
from core.errors import ChungTayError, ConflictError
from core.officers import Right
from core.ports import Chance
from core.questions import QuestionState
from core.slips import Slip, hidden
from core.storage import Storage
from handlers import informing, looking
from handlers.codes import new_slip_code
from handlers.holding import Act, begun, entry

TRIES = 3  # new codes, where the one picked is somebody's


def offices(content: Catalogue, locality: str | None) -> list[str]:
    """The telephone numbers of a place's offices."""
    place = content.localities.get(locality or "")
    if place is None:
        return []
    return [one for one in (place.duty_phone, *(office.phone for office in place.offices)) if one]


def shown(content: Catalogue, slip: Slip) -> str:
    """The answer as the slip tells it: a citizen's number stands on it only where an officer wanted that."""
    return slip.text if slip.numbers else hidden(slip.text, offices(content, slip.locality))


async def make(storage: Storage, chance: Chance, act: Act, *, numbers: bool = False) -> None:
    """Let a new code open the question's last answer. The log does not hold the code.

    With `numbers` it shows telephone numbers that are no office's, which it hides otherwise.
    Raises NotAllowedError, StaleError; ChungTayError where there is no answer, or nobody's any more.
    """
    for _ in range(TRIES):
        try:
            await _make(storage, new_slip_code(chance), act, numbers=numbers)
        except ConflictError:
            continue
        return
    raise ConflictError("no free code was found")


async def _make(storage: Storage, code: str, act: Act, *, numbers: bool) -> None:
    one = await looking.question(storage, act.key, officer=act.officer, now=act.now, right=Right.ANSWER)
    async with storage.write() as uow:
        person = await informing.asker(uow, one)
        if await begun(uow, one, act):
            there = person is not None and one.state is not QuestionState.WITHDRAWN
            if not there or not await uow.slips.open(code, one.id, act.now, numbers=numbers):
                raise ChungTayError("there is no answer that could stand on a slip", where=f"question {one.code}")
            await uow.audit.append([entry(act, one, "question.slip-made", {})])
            await uow.commit()


async def withdraw(storage: Storage, act: Act) -> None:
    """No slip of this question opens anything any more. Raises NotAllowedError, StaleError."""
    one = await looking.question(storage, act.key, officer=act.officer, now=act.now, right=Right.ANSWER)
    async with storage.write() as uow:
        if await begun(uow, one, act):
            number = await uow.slips.withdraw(one.id)
            await uow.audit.append([entry(act, one, "question.slips-withdrawn", {"number": number})])
            await uow.commit()
