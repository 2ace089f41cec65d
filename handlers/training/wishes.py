"""A survey of what people wish to learn, looked up and answered in the transaction of the turn."""

from datetime import datetime

from content.formatting import date_text
from content.wording import wording
from core.conversation import Person, Waiting
from core.delivery import NewDelivery
from core.messages import OutboundMessage
from core.storage import UnitOfWork
from core.surveys import SurveyAsked, SurveyBegun, SurveyTold
from handlers.context import LOCAL
from handlers.happened import Happened
from handlers.instead import instead
from handlers.training.acting import button

SURVEYS = (SurveyAsked, SurveyBegun, SurveyTold)
CONSENT = "survey.consent"


class Wishes:
    """Whether there is a survey, and what somebody answered."""

    async def act(
        self, uow: UnitOfWork, person: Person, happened: Happened, replies: list[NewDelivery], now: datetime
    ) -> list[NewDelivery]:
        """Carry out one event; gives the replies, the last of theirs with what came of it."""
        words, contact = wording(person.contact.language), person.contact
        survey = await uow.surveys.open_in(contact.locality or "", now.astimezone(LOCAL).date())
        courses, officer = button(words, "courses"), button(words, "officer")
        if survey is None:
            none = OutboundMessage(text=words.text("survey.none"), quick_replies=(courses, officer))
            return await instead(uow, happened, replies, none, ends=True)
        if isinstance(happened.event, SurveyTold):
            told = happened.event
            await uow.surveys.keep(survey.id, contact.id, told.wish, told.hamlet, now)
            again = button(words, "survey_again", "survey")
            thanks = OutboundMessage(text=words.text("survey.thanks"), quick_replies=(courses, again, officer))
            return await instead(uow, happened, replies, thanks, ends=True)
        if not isinstance(happened.event, SurveyAsked):
            return replies
        known = await uow.surveys.answered(survey.id, contact.id)
        day = date_text(survey.last, words.lang)
        text = words.text("survey.known" if known else "survey.ask", day=day, keep=happened.event.keep)
        shown = (("survey_change", "survey-agree"), ("survey_forget", "survey-forget"))
        shown = shown if known else (("survey_agree", "survey-agree"), ("survey_refuse", "survey-refuse"))
        asks = OutboundMessage(text=text, quick_replies=tuple(button(words, *one) for one in shown))
        return await instead(uow, happened, replies, asks, Waiting(state=CONSENT))
