"""What was sent to somebody, and whether pasted words are a notice: looked up in the transaction of the turn."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from content.catalogue import Catalogue
from content.formatting import capital, date_text
from content.wording import Wording, wording
from core.audience import Field, asks_for
from core.authenticity import Likeness, Standing, coded, compare, notice_code
from core.contacts import Purpose
from core.conversation import NoticeDoubted, Person
from core.delivery import NewDelivery
from core.records import Published
from core.storage import UnitOfWork
from handlers.context import LOCAL
from handlers.happened import Happened

SHOWN = 3  # notices
BEGINNING = 60  # characters of each
LOOKED_AT = 300  # notices that a text is compared with
LEAST_WORDS = 4  # more than a code
SINCE = timedelta(days=730)  # so long who got which notice is kept


async def act(uow: UnitOfWork, looking: "Looking", happened: Happened, replies: list[NewDelivery]) -> list[NewDelivery]:
    """Put what was found into the last reply of the turn, if anything was."""
    match happened.event:
        case NoticeDoubted() as event:
            text = await looking.doubted(uow, event.text)
        case _:
            text = looking.told(await uow.publications.to(happened.contact, SHOWN))
    if text is None:
        return replies
    place = happened.own(replies)[-1]
    before = replies[place].message
    # What is true needs no report: of the buttons of a warning the last is left, which leads on.
    sure = looking.sure and any(one.payload == "paid" for one in before.quick_replies)
    message = replace(before, text=text)
    if sure:  # the numbers that are heard next are those of all the buttons
        message = replace(message, quick_replies=before.quick_replies[-1:], numbered=False)
    return [*replies[:place], replace(replies[place], message=message), *replies[place + 1 :]]


class Looking:
    """Somebody asks at a moment."""

    def __init__(self, content: Catalogue, person: Person, now: datetime) -> None:
        self._content, self._person, self.now = content, person, now
        self._words: Wording = wording(person.contact.language)
        own = person.contact.address_word if self._words.lang == "vi" else None
        self.sure = False  # whether what was asked about is a notice, word by word
        self._you = own or self._words.text("address.default")

    def told(self, notices: Sequence[Published]) -> str | None:
        """The last notices, and why they came; None without any."""
        if not notices:
            return None
        lines = [
            self._words.text("sent.item", date=self._day(one.at), text=_beginning(one.notice.said(self._words.lang)))
            for one in notices
        ]
        agreed = [one for one in self._person.consents if one.purpose is Purpose.NOTICES]
        own = any(one.wording.startswith(("notices.", "wishes.")) for one in agreed)
        why = self._words.text("sent.why_agreed" if own else "sent.why_listed", place=self._place(None), you=self._you)
        return self._words.text("sent.list", you=self._you, items="\n".join(lines), why=why)

    async def doubted(self, uow: UnitOfWork, text: str) -> str | None:
        """What is to be said of pasted words; None where nothing like them was sent."""
        number = coded(text)
        named = await uow.publications.find(number) if number is not None else None
        if named is not None and len(text) < BEGINNING // 2:
            return self._by_code(named, await self._approved(uow, named))
        if named is None and _only_code(text):
            return self._words.text("sent.no_code")
        known = [named] if named is not None else await uow.publications.lately(self.now - SINCE, LOOKED_AT)
        likely = max(((self._likeness(text, one), one) for one in known), key=lambda each: each[0].alike, default=None)
        if likely is None or likely[0].standing is Standing.OTHER:
            return None
        return self._compared(*likely, await self._approved(uow, likely[1]))

    def _likeness(self, text: str, one: Published) -> Likeness:
        found = []
        for lang, said in one.notice.text.items():
            words = wording(lang)
            places = [self._content.place(locality=place, on=self._today, lang=lang) for place in one.notice.localities]
            frame = [words.text("notice.of", Place=place) for place in places or [self._place(None)]]
            frame += [words.text("notice.stop"), one.notice.source, notice_code(one.id)]
            found.append(compare(text, said, frame))
        return max(found, key=lambda each: (each.standing is Standing.SAME, each.alike))

    def _by_code(self, one: Published, office: str) -> str:
        # Of people picked by what they lack not even the words are told to whoever has the code.
        hidden = asks_for(one.notice.audience, Field.LACKING)
        said = "" if hidden else _beginning(one.notice.said(self._words.lang))
        return self._words.text("sent.by_code" if said else "sent.by_code_only", text=said, **self._values(one, office))

    def _compared(self, found: Likeness, one: Published, office: str) -> str:
        values = self._values(one, office)
        self.sure = found.standing is not Standing.ALTERED
        if self.sure:
            return self._words.text(f"sent.{found.standing}", **values)
        lines = [self._words.text("sent.altered", **values)]
        lines += [self._words.text("sent.added", words=found.added)] if found.added else []
        lines += [self._words.text("sent.missing", words=found.missing)] if found.missing else []
        return "\n".join([*lines, self._words.text("sent.careful")])

    def _values(self, one: Published, office: str) -> dict[str, str]:
        places = sorted(one.notice.localities)
        return {
            "place": self._place(places[0] if len(places) == 1 else None),
            "date": self._day(one.at),
            "code": notice_code(one.id),
            "office": office,
            "you": self._you,
        }

    async def _approved(self, uow: UnitOfWork, one: Published) -> str:
        """The office whose officer said yes; the committee where none is named."""
        officer = await uow.officers.find(one.approved_by) if one.approved_by else None
        for grant in officer.grants if officer is not None else ():
            place = self._content.localities.get(grant.locality)
            named = (
                [each.name.get(self._words.lang) for each in place.offices if each.id == grant.office] if place else []
            )
            if named:
                return named[0]
        places = sorted(one.notice.localities)
        where = places[0] if len(places) == 1 and places[0] in self._content.localities else None
        return capital(self._content.committee(locality=where, on=self._today, lang=self._words.lang))

    def _place(self, locality: str | None) -> str:
        known = locality or self._person.contact.locality
        where = known if known in self._content.localities else None
        return self._content.place(locality=where, on=self._today, lang=self._words.lang)

    def _day(self, moment: datetime) -> str:
        return date_text(moment.astimezone(LOCAL).date(), self._words.lang)

    @property
    def _today(self) -> date:
        return self.now.astimezone(LOCAL).date()


def _beginning(text: str) -> str:
    """The first words of a notice on one line."""
    line = " ".join(text.split())
    return line if len(line) <= BEGINNING else f"{line[:BEGINNING].rsplit(' ', 1)[0].rstrip('.,;:')} …"


def _only_code(text: str) -> bool:
    return len(text.split()) <= LEAST_WORDS
