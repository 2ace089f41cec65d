"""What people do in the market, in the transaction of the turn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from content.catalogue import Catalogue
from content.formatting import date_text, phone_text
from content.goods import near
from content.marketing import place_of
from content.wording import Wording, wording
from core.conversation import Person
from core.delivery import NewDelivery
from core.market import MarketAsked, MarketDone, MarketOwn, MarketPosted, Posted, PostState, Side
from core.messages import OutboundMessage, QuickReply
from core.records import AuditEntry
from core.storage import UnitOfWork
from handlers.context import LOCAL
from handlers.happened import Happened
from handlers.instead import instead

MARKET = (MarketPosted, MarketAsked, MarketOwn, MarketDone)
IN_A_BUBBLE = 3
FURTHEST = 60  # posts that somebody looks through in the chat
OPEN = (PostState.WAITING, PostState.VERIFIED)


@dataclass(frozen=True, slots=True)
class Done:
    """The replies, and what is written down."""

    replies: list[NewDelivery]
    entries: tuple[AuditEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """Who does something in it, and when."""

    uow: UnitOfWork
    content: Catalogue
    person: Person
    now: datetime

    @property
    def words(self) -> Wording:
        """The sentences of their language."""
        return wording(self.person.contact.language)

    async def act(self, happened: Happened, replies: list[NewDelivery]) -> Done:
        """Carry out what somebody posted, asked or ended."""
        contact, today = self.person.contact.id, self.now.astimezone(LOCAL).date()
        match happened.event:
            case MarketPosted(post=post):
                number = await self.uow.market.add(replace(post, contact_id=contact), self.now, today)
                return Done(replies, (self._entry("market.posted", number),) if number is not None else ())
            case MarketAsked() as asked:
                found = await self._seen(asked)
                return Done(await instead(self.uow, happened, replies, found) if found is not None else replies)
            case MarketOwn():
                found = self._own(await self.uow.market.of(contact, today))
                return Done(await instead(self.uow, happened, replies, found) if found is not None else replies)
            case MarketDone(post_id=number):
                one = await self.uow.market.get(number)
                if one is None or one.contact_id != contact or one.state not in OPEN:
                    return Done(replies)
                await self.uow.market.step(one, PostState.CLOSED, by=f"contact:{contact}", now=self.now)
                return Done(replies, (self._entry("market.done", number),))
        return Done(replies)

    def _entry(self, action: str, number: int) -> AuditEntry:
        actor = f"contact:{self.person.contact.id}"
        return AuditEntry(at=self.now, actor=actor, action=action, subject=f"market:{number}")

    async def _seen(self, asked: MarketAsked) -> OutboundMessage | None:
        locality, today = self.person.contact.locality or "", self.now.astimezone(LOCAL).date()
        places, start = near(self.content, locality), min(asked.start, FURTHEST)
        found = await self.uow.market.open_in(places, today, side=asked.side, offset=start, limit=IN_A_BUBBLE + 1)
        if not found:
            return None
        words, shown = self.words, found[:IN_A_BUBBLE]
        lines = [words.text(f"market.list.{asked.side}"), *(self._line(one) for one in shown)]
        buttons = []
        if len(found) > IN_A_BUBBLE and start < FURTHEST:
            buttons.append(_button(words, "more", f"market-see:{asked.side}:{start + IN_A_BUBBLE}"))
        buttons.append(_button(words, "officer", "officer"))
        mine = "sell" if asked.side is Side.WANTED else "look"
        buttons += [_button(words, f"market_{mine}", f"market-{mine}"), _button(words, "menu", "menu")]
        source = words.text("market.checked", place=place_of(self.content, locality, words.lang))
        return OutboundMessage(text="\n".join(lines), source=source, quick_replies=tuple(buttons))

    def _line(self, one: Posted) -> str:
        words, post = self.words, one.post
        place = "" if one.locality == self.person.contact.locality else place_of(self.content, one.locality, words.lang)
        told = ", ".join(said for said in (post.what, post.amount, post.price, post.hamlet, place) if said)
        last = date_text(one.last_day, words.lang)
        if post.phone:
            return words.text("market.line", told=told, day=last, phone=phone_text(post.phone))
        return words.text("market.line_number", told=told, day=last, number=one.id)

    def _own(self, mine: Sequence[Posted]) -> OutboundMessage | None:
        if not mine:
            return None
        words, shown = self.words, mine[:IN_A_BUBBLE]
        lines = [words.text("market.own")]
        for one in shown:
            state = words.text(f"market.state.{one.state}", day=date_text(one.last_day, words.lang))
            told = ", ".join(said for said in (one.post.what, one.post.amount) if said)
            lines.append(words.text("market.own.line", number=one.id, told=told, state=state))
        buttons = [
            QuickReply(
                label=words.text(f"button.market_done_{one.side}", number=one.id), payload=f"market-done:{one.id}"
            )
            for one in shown
        ]
        buttons += [_button(words, "market", "market"), _button(words, "menu", "menu")]
        return OutboundMessage(text="\n".join(lines), quick_replies=tuple(buttons))


def _button(words: Wording, name: str, payload: str) -> QuickReply:
    return QuickReply(label=words.text(f"button.{name}"), payload=payload)
