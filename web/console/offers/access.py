"""Which offers an officer may see, and what they may do with one."""

from collections.abc import Sequence

from core.officers import Right
from core.work import Posted
from handlers import offering
from web.console.access import access_in
from web.console.visit import Visit


def places(visit: Visit, right: Right) -> Sequence[tuple[str, str]]:
    """The places in which this officer has the right, with their names."""
    known = visit.site.localities.items()
    return [(one, name) for one, name in known if visit.officer.may(right, localities=[one])]


async def access_offer(visit: Visit, number: int, right: Right) -> Posted:
    """An offer. Raises as access_in does."""
    one = await offering.find(visit.site.storage, number)
    await access_in(visit, one.locality, f"work:{one.id}", Right.READ_CAMPAIGNS, right)
    return one
