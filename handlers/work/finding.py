"""What suits somebody, looked up in the transaction of the turn; what they say of it is kept there."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from content.catalogue import Catalogue
from content.following import short
from content.wording import Wording, wording
from content.work.places import markets_of
from core.conversation import Person, Waiting
from core.delivery import NewDelivery
from core.job_news import How
from core.leads import Lead, LeadSaid, LeadState, LeadTold
from core.matching import Market
from core.messages import OutboundMessage
from core.storage import UnitOfWork
from core.suiting import Seeker, priority_of
from core.work import (
    Answer,
    Answered,
    Counselled,
    OfferAnswered,
    OfferAsked,
    OfferKind,
    Posted,
    Standing,
    WorkAsked,
    WorkTold,
)
from handlers.context import LOCAL
from handlers.happened import Happened
from handlers.instead import behind, instead, put, shown
from handlers.work import led, questioning, suggesting, telling
from handlers.work.leads import OFFICER

WORK = (WorkTold, WorkAsked, OfferAnswered, OfferAsked, LeadSaid, LeadTold, Counselled)
FURTHEST = 30  # offers that somebody looks through, one by one


class Jobs:
    """The open offers of each place, read once as long as none of them changes."""

    def __init__(self, content: Catalogue) -> None:
        self._content = content
        self._markets = markets_of(content)

    async def act(
        self, uow: UnitOfWork, person: Person, happened: Happened, replies: list[NewDelivery], now: datetime
    ) -> list[NewDelivery]:
        """Carry out what somebody told, asked or said; gives the replies, the last of theirs with what was found."""
        contact = person.contact.id
        match happened.event:
            case WorkTold(profile=profile):
                await uow.work.keep_profile(contact, profile, now)
            case OfferAnswered(answered=answered):
                return await self._answered(uow, person, answered, (happened, replies), now)
            case LeadSaid() | LeadTold() as said:
                word = await led.said(uow, self._content, person, said, now)
                if word is not None:
                    return await instead(uow, happened, replies, word)
            case OfferAsked() as asked_of:
                return await self._asked_of(uow, person, asked_of, (happened, replies), now)
            case Counselled(profile=profile, aim=aim):
                place, home = person.contact.locality, person.contact.hamlet
                where = self._content.position(place, home)
                seeker = Seeker(contact=contact, locality=place or "", profile=profile, position=where)
                found = await self._counselled(uow, person, seeker, aim, now)
                replies = _before_last(replies, happened, found)
            case WorkAsked() as asked:
                found = await self._found(uow, person, asked, now)
                if found is not None:
                    replies = await instead(uow, happened, replies, found)
        return replies

    async def _answered(
        self,
        uow: UnitOfWork,
        person: Person,
        answered: Answered,
        said: tuple[Happened, list[NewDelivery]],
        now: datetime,
    ) -> list[NewDelivery]:
        """What they say of an offer of their place is kept; of one that is gone, only that it does not suit."""
        replies = said[1]
        posted = await uow.work.get(answered.offer_id)
        if posted is None or posted.locality != person.contact.locality or posted.verified_at is None:
            return replies
        wanted = answered.answer is Answer.INTERESTED
        if wanted and posted.standing(now.astimezone(LOCAL).date()) is not Standing.OPEN:
            return replies
        await uow.work.answer(person.contact.id, answered, now)
        if wanted:
            return await self._lead(uow, person, posted, said, now)
        await led.not_fit(uow, person, posted.id, answered.why, now)
        return replies

    async def _asked_of(
        self,
        uow: UnitOfWork,
        person: Person,
        asked: OfferAsked,
        said: tuple[Happened, list[NewDelivery]],
        now: datetime,
    ) -> list[NewDelivery]:
        """What the advert says that they mean; where it is not open any more, the reply stands."""
        happened, replies = said
        locality, today = person.contact.locality or "", now.astimezone(LOCAL).date()
        if asked.offer_id is not None:
            posted = await uow.work.get(asked.offer_id)
        elif locality in self._markets:
            market = (await self._markets.of(uow, locality, today))[OfferKind.VACANCY]
            found = market.everything(locality, asked.place + 1, asked.trade)[asked.place :]
            posted = next((one.posted for one in found), None)
        else:
            posted = None
        if posted is None or posted.locality != locality or posted.standing(today) is not Standing.OPEN:
            return replies
        words = wording(person.contact.language)
        text = questioning.told(posted, asked.about, self._content, words)
        source = telling.source(posted, words, self._verified(posted, words, now))
        last = happened.own(replies)[-1]
        return put(replies, happened, replace(replies[last].message, text=text, source=source))

    async def _lead(
        self,
        uow: UnitOfWork,
        person: Person,
        posted: Posted,
        said: tuple[Happened, list[NewDelivery]],
        now: datetime,
    ) -> list[NewDelivery]:
        """Whom to ask is told; of a vacancy, whether the officer may call is asked right behind."""
        happened, replies = said
        replies = _told(replies, happened, self._interested(posted, person))
        if posted.offer.kind is not OfferKind.VACANCY:
            return replies
        await led.begin(uow, self._content, person, posted, now)
        question = led.ask_officer(self._content, person, posted, now)
        await shown(uow, person.contact.id, question, Waiting(state=OFFICER, data={"offer": posted.id}))
        return behind(replies, happened, question, "lead")

    async def _found(self, uow: UnitOfWork, person: Person, asked: WorkAsked, now: datetime) -> OutboundMessage | None:
        locality, today = person.contact.locality, now.astimezone(LOCAL).date()
        if locality is None or locality not in self._markets:
            return None
        market = (await self._markets.of(uow, locality, today))[asked.kind]
        profile = await uow.work.profile(person.contact.id)
        if asked.trade:
            noted = await self._noted(uow, person) if profile is not None else None
            return self._of_trade(market, person, asked, now, noted=noted)
        if profile is None:
            return self._anything(market, person, asked.start, now)
        answers = tuple(await uow.work.answers(person.contact.id))
        seeker = Seeker(
            contact=person.contact.id,
            locality=locality,
            profile=profile,
            priority=priority_of(person.contact.household_status),
            position=self._content.position(locality, person.contact.hamlet),
            answers=answers,
        )
        start, noted = min(asked.start, FURTHEST), await self._noted(uow, person)
        top = market.top(seeker, len(noted) + (FURTHEST if asked.new else start + 2))
        top.sort(key=lambda one: one.posted.id in noted)  # what they spoke for already stands behind the others
        if asked.new:
            seen = await uow.job_news.known(person.contact.id)
            start = next((at for at, one in enumerate(top) if one.posted.id not in seen), len(top))
        words = wording(person.contact.language)
        if start >= len(top):
            return telling.seen_all(words) if asked.new and top else None
        match = top[start]
        following = start + 1 if start + 1 < len(top) and start < FURTHEST else None
        await uow.job_news.tell(person.contact.id, [match.posted.id], How.SEEN, now)
        message = telling.bubble(match, start + 1, following, words, self._verified(match.posted, words, now))
        lead = noted.get(match.posted.id)
        return message if lead is None else telling.noted(message, lead, self._you(person), words)

    @staticmethod
    async def _noted(uow: UnitOfWork, person: Person) -> dict[int, Lead]:
        """The vacancies in which they said that they are interested, and which they did not give up."""
        leads = await uow.leads.of_person(person.contact.id)
        return {one.offer_id: one for one in leads if one.state is not LeadState.GAVE_UP}

    @staticmethod
    def _you(person: Person) -> str:
        words = wording(person.contact.language)
        own = person.contact.address_word if words.lang == "vi" else None
        return own or words.text("address.default")

    def _anything(self, market: Market, person: Person, asked: int, now: datetime) -> OutboundMessage | None:
        """An open offer for who told nothing, of whom nothing is kept either."""
        start = min(asked, FURTHEST)
        found = market.everything(person.contact.locality or "", start + 2)
        if start >= len(found):
            return None
        words = wording(person.contact.language)
        following = start + 1 if start + 1 < len(found) and start < FURTHEST else None
        verified = self._verified(found[start].posted, words, now)
        return telling.plain_bubble(found[start], start + 1, following, words, verified)

    def _of_trade(
        self, market: Market, person: Person, asked: WorkAsked, now: datetime, *, noted: Mapping[int, Lead] | None
    ) -> OutboundMessage | None:
        """An open offer of one trade; who told what they look for (`noted`) may say what they think of it."""
        start = min(asked.start, FURTHEST)
        found = market.everything(person.contact.locality or "", start + 2, asked.trade)
        if start >= len(found):
            return None
        words = wording(person.contact.language)
        tell = telling.bubble if noted is not None else telling.plain_bubble
        message = tell(found[start], start + 1, None, words, self._verified(found[start].posted, words, now))
        if (lead := (noted or {}).get(found[start].posted.id)) is not None:
            message = telling.noted(message, lead, self._you(person), words)
        following = start + 1 if start + 1 < len(found) and start < FURTHEST else None
        return telling.with_next_of(message, asked.trade, following, words)

    async def _counselled(
        self, uow: UnitOfWork, person: Person, seeker: Seeker, aim: str, now: datetime
    ) -> OutboundMessage | None:
        """The best of what is open in the place for what was told just now."""
        today = now.astimezone(LOCAL).date()
        if seeker.locality not in self._markets:
            return None
        markets = await self._markets.of(uow, seeker.locality, today)
        words = wording(person.contact.language)
        place = self._content.place(locality=seeker.locality, on=today, lang=words.lang)
        return suggesting.bubble(markets, seeker, aim, words, place)

    def _verified(self, posted: Posted, words: Wording, now: datetime) -> tuple[str, date]:
        """Where an offer was verified, and when."""
        place = self._content.place(locality=posted.locality, on=now.astimezone(LOCAL).date(), lang=words.lang)
        return place, (posted.verified_at or now).astimezone(LOCAL).date()

    def _interested(self, posted: Posted, person: Person) -> str:
        words, you = wording(person.contact.language), self._you(person)
        title, employer = short(posted.offer.title), short(posted.offer.employer)
        said = words.text("work.interested", title=title, employer=employer, you=you)
        return "\n".join((said, telling.contact_text(posted, words), words.text("work.no_deposit")))


def _told(replies: list[NewDelivery], happened: Happened, text: str) -> list[NewDelivery]:
    last = happened.own(replies)[-1]
    return put(replies, happened, replace(replies[last].message, text=text))


def _before_last(replies: list[NewDelivery], happened: Happened, found: OutboundMessage | None) -> list[NewDelivery]:
    """What was found takes the place of the reply before the turn's last one, where there are two."""
    own = happened.own(replies)
    if found is None or len(own) < suggesting.REPLIES:
        return replies
    at = own[-suggesting.REPLIES]
    return [*replies[:at], replace(replies[at], message=found), *replies[at + 1 :]]
