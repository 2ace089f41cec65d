"""Whether a leased message may go to its address now, and as what: judged at the moment of sending.

What a notice may cost is looked up with each lease. Only what is in flight when the month's budget ends goes beyond it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from core.contacts import Refusal
from core.delivery import Delivery, DeliveryStatus, Outcome, Priority
from core.errors import SendError, SendErrorKind
from core.messages import OutboundMessage
from core.ports import Channel
from core.storage import UnitOfWork
from core.tariff import Spent, Tariff, Used, affordable, month_of, price, tariff_of
from core.windows import CLOSED, IN_OUR_WORDS, UNPAID, Way, way_to, window_of
from scheduler.retry import outcome_of

# What a channel would say, said before it is asked.
SILENT = SendError(SendErrorKind.CONTACT_STOPPED, code="window", detail="silent for too long", refusal=Refusal.SILENT)


class Windows:
    """The windows of the channels that have one; of the others nothing is asked and nothing changed."""

    def __init__(self, channel: Callable[[str], Channel], tariffs: Mapping[str, Tariff]) -> None:
        self._channel, self._tariffs = channel, tariffs  # by account; by kind
        self._used: dict[str, Used] = {}  # of this month, by account, as of the last lease

    async def looked_up(self, uow: UnitOfWork, leased: list[Delivery], now: datetime) -> list[Delivery]:
        """The same, each with the last sign of life where it matters: a statement, and one an account with notices."""
        asked = [one for one in leased if self._has_window(one.urn.account)]
        if not asked:
            return leased
        moments = await uow.outbox.interacted(asked)
        for account in sorted({one.urn.account for one in asked if one.campaign_id is not None}):
            self._used[account] = await uow.spending.used(account, month_of(now))
        # An address that is not there is that of somebody who had their data erased a moment ago: our farewell is an
        # answer to that, and a notice is to nobody.
        return [
            replace(one, interacted_at=moments.get(one.urn, now if one.campaign_id is None else None), looked_at=now)
            if self._has_window(one.urn.account)
            else one
            for one in leased
        ]

    def _has_window(self, account: str) -> bool:
        return self._channel(account).capabilities.window is not None

    def way(self, delivery: Delivery, now: datetime) -> Way:
        """On what terms it goes at this moment."""
        window = window_of(self._channel(delivery.urn.account).capabilities)
        return way_to(window, delivery.interacted_at, now, template=delivery.message.template is not None)

    def bundles(self, delivery: Delivery, now: datetime) -> bool:
        """Whether others may go with it in one message: a template says nothing but its own words."""
        return self.way(delivery, now) in IN_OUR_WORDS

    def stopped(self, delivery: Delivery, along: Sequence[int], now: datetime) -> Outcome | None:
        """What becomes of it where it does not go now; None where it goes."""
        way = self.way(delivery, now)
        if along and way not in IN_OUR_WORDS:
            why = "the window closed: each goes by itself"
            return Outcome(delivery_id=delivery.id, status=DeliveryStatus.QUEUED, available_at=now, error=why)
        if way is Way.CLOSED:
            return self.refused(SILENT, delivery, now)
        if delivery.campaign_id is None or way not in (Way.CHARGED, Way.TEMPLATE):
            return None
        account = delivery.urn.account
        tariff, used = tariff_of(self._tariffs, account), self._used.get(account, Used())
        messages = len(self._channel(account).pieces(as_it_goes(delivery.message, way)))
        return None if affordable(tariff, used, way, messages) else _skipped(delivery, UNPAID)

    def refused(self, error: SendError, delivery: Delivery, now: datetime) -> Outcome:
        """What becomes of a message to somebody who has been silent for too long, whoever says so.

        With a template at hand it goes once more, as that. A reply is owed, and goes when they write again.
        """
        window = window_of(self._channel(delivery.urn.account).capabilities)
        by_template = delivery.message.template is not None and window is not None and window.templates
        if by_template and self.way(delivery, now) is not Way.TEMPLATE:
            again = Outcome(delivery_id=delivery.id, status=DeliveryStatus.QUEUED, available_at=now, error=str(error))
            return replace(again, refusal=Refusal.SILENT)
        if delivery.priority is not Priority.REPLY and not by_template:
            return replace(_skipped(delivery, CLOSED), refusal=Refusal.SILENT if error is not SILENT else None)
        if delivery.doubts and error is SILENT:
            return replace(_skipped(delivery, CLOSED), another_way=False)
        # Who wrote since that was looked up is not silent: what is recorded later than their words must not say so.
        return replace(outcome_of(error, delivery, now=now, spread=0.0), began=delivery.looked_at or now)

    def spent(self, delivery: Delivery, way: Way, messages: int) -> Spent | None:
        """What is counted of a message that went; None where the channel has no window."""
        if way is Way.OPEN:
            return None
        account = delivery.urn.account
        if (used := self._used.get(account)) is not None:
            dong = price(tariff_of(self._tariffs, account), way, messages, before=used.charged)
            charged = used.charged + (messages if way is Way.CHARGED else 0)
            self._used[account] = replace(used, charged=charged, dong=used.dong + dong)
        return Spent(account=account, way=way, messages=messages)


def going(delivery: Delivery, way: Way) -> Delivery:
    """The message as it goes; a template has one piece, whatever of the words themselves was sent."""
    progress = 0 if way is Way.TEMPLATE else delivery.progress
    return replace(delivery, message=as_it_goes(delivery.message, way), progress=progress)


def as_it_goes(message: OutboundMessage, way: Way) -> OutboundMessage:
    """The message without its template, or the template alone."""
    if message.template is None:
        return message
    if way is not Way.TEMPLATE:
        return replace(message, template=None)
    return OutboundMessage(text="", template=message.template, expires_at=message.expires_at, private=message.private)


def _skipped(delivery: Delivery, why: str) -> Outcome:
    # What may have arrived is not told as skipped: it stays in doubt, and goes no other way.
    status = DeliveryStatus.IN_DOUBT if delivery.doubts else DeliveryStatus.SKIPPED
    return Outcome(delivery_id=delivery.id, status=status, error=why, another_way=not delivery.doubts)
