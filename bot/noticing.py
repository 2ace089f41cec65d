"""What the console's notices need of the process: what is left of packages, and how a channel shows words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.channels.zalo.outgoing import is_paper, is_picture
from bot.parts import Parts
from bot.settings import Settings
from bot.terms import quota_looks
from content.catalogue import Catalogue
from core.authenticity import notice_code
from core.campaigns import Campaign, CampaignState, Notice
from core.messages import Attachment, AttachmentKind
from core.planning import asked
from core.ports import Channel
from core.records import Recipient
from core.storage import Storage
from core.tariff import Terms
from handlers.campaigning import Month
from scheduler.expansion import rendered
from web.console.parts import Sample

ZALO = "zalo"
NUMBERLESS = 1  # in place of the number that a notice has not got yet; its code is not shown


def noticing_of(settings: Settings, parts: Parts) -> "Noticing":
    """The same for one process."""
    return Noticing(
        settings=settings,
        storage=parts.storage,
        key=parts.key,
        content=parts.knowledge.content,
        channels=parts.channels,
        terms=parts.terms,
    )


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
            # Files are looked at by what is known of them: none is opened for a preview.
            pieces = channel.pieces(message)
            told.append(
                Sample(
                    kind=kind,
                    bubbles=tuple(
                        (
                            piece.text,
                            piece.source or "",
                            tuple((one.name, _goes(kind, channel, one)) for one in piece.attachments),
                        )
                        for piece in pieces
                    ),
                    buttons=tuple(button.label for piece in pieces for button in piece.quick_replies),
                )
            )
        return told


def _goes(kind: str, channel: Channel, item: Attachment) -> str:
    """How a file reaches people at a channel of this kind."""
    if not channel.capabilities.attachments:
        return "link"
    if kind == ZALO and not (is_picture(item) or is_paper(item)):
        return "link"
    return "picture" if item.kind is AttachmentKind.IMAGE else "file"
