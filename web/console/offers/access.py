"""Which offers an officer may see, and what they may do with one."""

from collections.abc import Sequence

from core.errors import NotAllowedError, NotFoundError
from core.officers import Right
from core.work import Posted
from handlers import offering
from handlers.permission import demand
from web.console.visit import Visit


def places(visit: Visit, right: Right) -> Sequence[tuple[str, str]]:
    """The places in which this officer has the right, with their names."""
    known = visit.site.localities.items()
    return [(one, name) for one, name in known if visit.officer.may(right, localities=[one])]


async def access_offer(visit: Visit, number: int, right: Right) -> Posted:
    """An offer. Raises NotFoundError where this officer may not read it, NotAllowedError where they may do no more.

    Both refusals of what exists are in the log.
    """
    storage, name, now = visit.site.storage, visit.officer.name, visit.now
    one = await offering.find(storage, number)
    for wanted in (Right.READ_CAMPAIGNS, right):
        if visit.officer.may(wanted, localities=[one.locality]):
            continue
        try:
            await demand(storage, name, wanted, localities=[one.locality], subject=f"work:{one.id}", now=now)
        except NotAllowedError:
            if wanted is Right.READ_CAMPAIGNS:
                raise NotFoundError("no such offer", where=str(number)) from None
            raise
        raise NotFoundError("no such offer", where=str(number))
    return one
