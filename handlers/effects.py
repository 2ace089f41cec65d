"""What a notice brought about: who stopped after it, and who asked an officer something."""

from datetime import datetime

from core.contacts import Purpose
from core.conversation import ConsentWithdrawn, Event, Person, QuestionAsked
from core.records import Effect
from core.storage import UnitOfWork
from handlers.notice_replies import WITHIN


async def note(uow: UnitOfWork, person: Person, event: Event, now: datetime) -> None:
    """Keep it with the last notice before it, if one came within some days and nothing was written since."""
    effect, notice = _effect(event), person.notice
    if effect is not None and notice is not None and now - notice.at <= WITHIN:
        await uow.campaigns.affected(notice.campaign_id, person.contact.id, effect, now)


def _effect(event: Event) -> Effect | None:
    match event:
        case ConsentWithdrawn(purpose=Purpose.NOTICES):
            return Effect.STOPPED
        case QuestionAsked():
            return Effect.QUESTION
        case _:
            return None
