"""What somebody told of who works in their household, kept in the transaction of the turn."""

from core.delivery import NewDelivery
from core.labour import LabourTold
from core.records import AuditEntry
from core.storage import UnitOfWork
from handlers.coded import Looking
from handlers.happened import Happened
from handlers.tallying import hamlet_said


async def act(uow: UnitOfWork, looking: Looking, happened: Happened, replies: list[NewDelivery]) -> list[NewDelivery]:
    """Keep it: under the household's code where the ward's list has one, else until an officer says which one it is."""
    content, person, now = looking.content, looking.person, looking.now
    assert isinstance(happened.event, LabourTold)  # noqa: S101
    contact = person.contact
    linked = await uow.labour.tell(
        contact.id,
        happened.event.workers,
        now,
        locality=contact.locality or "",
        hamlet=hamlet_said(content, contact.locality or "", contact.hamlet or ""),
    )
    detail = {"linked": "yes" if linked else "no"}
    entry = AuditEntry(
        at=now, actor=f"contact:{contact.id}", action="labour.told", subject=f"contact:{contact.id}", detail=detail
    )
    await uow.audit.append([entry])
    return replies
