"""What the console's notices need of the process: what is left of packages, and how a channel shows words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.settings import Settings
from bot.terms import quota_looks
from content.catalogue import Catalogue
from core.authenticity import notice_code
from core.campaigns import Campaign, CampaignState, Notice
from core.planning import asked
from core.ports import Channel
from core.records import Recipient
from core.storage import Storage
from core.tariff import Terms
from handlers.campaigning import Month
from scheduler.expansion import rendered
from web.console.parts import Sample

NUMBERLESS = 1  # in place of the number that a notice has not got yet; its code is not shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticing:
    """See web.console.parts.Noticing."""

    settings: Settings
    storage: Storage
    key: bytes
    content: Catalogue
    channels: Mapping[str, Channel]
    terms: Terms

    async def month(self, *, ask: bool) -> Month:
        """What a notice is held against; with `ask`, after asking the providers what is left of their packages."""
        if not ask or not self.terms.windows:
            return Month(terms=self.terms)
        async with quota_looks(self.settings, self.storage, self.key) as looks:
            return Month(terms=self.terms, left=await asked(looks))

    def samples(self, notice: Notice, lang: str, *, locality: str, number: int, now: datetime) -> Sequence[Sample]:
        """How it looks to somebody who never had one, at one account of each kind."""
        kinds = {account.partition(".")[0]: channel for account, channel in sorted(self.channels.items())}
        one = Campaign(id=number or NUMBERLESS, notice=notice, state=CampaignState.DRAFT, created_by="", created_at=now)
        to = Recipient(
            contact_id=0, language=lang, locality=locality, household_id=None, left_out=None, urn=None, first=True
        )
        message = rendered(self.content, one, to, now)
        if not number:
            head, _, tail = (message.source or "").rpartition(notice_code(NUMBERLESS))
            message = replace(message, source=f"{head}…{tail}")
        told = []
        for kind, channel in kinds.items():
            # Files are looked at by their names: none is opened for a preview.
            pieces = channel.pieces(replace(message, attachments=()))
            told.append(
                Sample(
                    kind=kind,
                    bubbles=tuple((piece.text, piece.source or "") for piece in pieces),
                    buttons=tuple(button.label for piece in pieces for button in piece.quick_replies),
                )
            )
        return told
