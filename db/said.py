"""What people said of offers, as it holds now: an interest that was given up counts like what does not suit."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, and_, case, or_

from core.leads import LeadState, Why
from core.work import Answer, Answered, Unfit
from db.lead_tables import work_leads
from db.work_tables import work_answers, work_offers

a, led = work_answers.c, work_leads.c
_UNFIT = {Why.FAR: Unfit.FAR, Why.WAGE: Unfit.WAGE, Why.HOURS: Unfit.HOURS}
# The answer itself stays as it was: it counts in the month in which it was given.
_GIVEN_UP = and_(a.answer == Answer.INTERESTED, led.id.is_not(None))
ANSWER: ColumnElement[str] = case((_GIVEN_UP, Answer.NOT_FIT.value), else_=a.answer).label("said")
WHY: ColumnElement[str | None] = case(
    *((and_(_GIVEN_UP, led.why == why.value), unfit.value) for why, unfit in _UNFIT.items()),
    (and_(_GIVEN_UP, led.why.is_not(None)), Unfit.OTHER.value),
    else_=a.why,
).label("unfit")
_LEFT = and_(led.contact_id == a.contact_id, led.offer_id == a.offer_id, led.state == LeadState.GAVE_UP)
SAID: FromClause = work_answers.outerjoin(work_leads, _LEFT)
SAID_OF_OFFERS: FromClause = SAID.join(work_offers, work_offers.c.id == a.offer_id)
NOT_FIT = or_(a.answer == Answer.NOT_FIT, _GIVEN_UP)


def answered_of(row: Row[Any]) -> Answered:
    """A row with the offer's number, ANSWER and WHY."""
    return Answered(offer_id=row.id, answer=Answer(row.said), why=Unfit(row.unfit) if row.unfit else None)
