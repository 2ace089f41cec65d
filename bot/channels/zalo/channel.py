"""Zalo's Official Account as a channel: stored events in, messages out, files both ways."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.channels.watch import Watch
from bot.channels.zalo import outgoing, updates
from bot.channels.zalo.account import Account
from bot.channels.zalo.api import BY_PHONE, MESSAGE, TEMPLATE, Api
from bot.channels.zalo.media import fetched
from bot.channels.zalo.receipts import Receipts
from bot.channels.zalo.refusals import must_be_told
from bot.channels.zalo.terms import WINDOW
from bot.channels.zalo.tokens import Tokens
from bot.channels.zalo.uploads import Uploads
from core.contacts import TELEPHONE, URN, Refusal
from core.errors import SendError, SendErrorKind
from core.messages import Attachment, InboundMessage, OutboundMessage, Template
from core.ports import Capabilities, ChannelState, Clock, Condition, FileStore

WORST_FIRST = (ChannelState.REFUSED, ChannelState.DOWN, ChannelState.LIMITED, ChannelState.SLOW, ChannelState.UP)
TOLD_FOR = timedelta(hours=1)  # so long the health page names what concerns some messages only


class Zalo:
    """One Official Account. Implements core.ports.Channel and core.ports.Fetching."""

    # A receipt comes from phones only and late: nothing rests on it, so it is no confirmation (confirms_delivery).
    capabilities = Capabilities(
        text_length=outgoing.TEXT,
        buttons=outgoing.BUTTONS,
        button_length=outgoing.BUTTON,
        attachments=True,
        window=WINDOW.length,
        free=WINDOW.free,
        templates=WINDOW.templates,
    )

    def __init__(
        self,
        account: Account,
        api: Api,
        tokens: Tokens,
        *,
        files: FileStore,
        receipts: Receipts,
        clock: Clock,
        on_fault: Callable[[str, BaseException], None],
    ) -> None:
        self.account = account.name
        self._settings, self._api, self._tokens, self._files = account, api, tokens, files
        self._receipts, self._clock, self._on_fault = receipts, clock, on_fault
        self._uploads = Uploads(api, files, clock)
        # What is asked aside (what the account is) tells nothing of how messages fare.
        self.sending, self.receiving, self.aside = Watch(clock), Watch(clock), Watch(clock)
        self._told: tuple[str, datetime] | None = None  # the code of what an operator should know, and since when

    # --- in ---

    def parse(self, external_id: str, path: str, raw: Mapping[str, Any], received_at: datetime) -> InboundMessage:
        """Read a stored event."""
        message = updates.parse(URN(account=self.account, path=path), external_id, raw, received_at)
        return replace(message, locality=self._settings.locality)

    def sequence(self, external_id: str) -> int:  # noqa: ARG002
        """Zalo promises no order and counts nothing: they are taken as they come."""
        return 0

    async def fetch(self, raw: Mapping[str, Any]) -> Mapping[str, Any]:
        """The event with its files kept, or with the reason why there are none.

        Raises SendError when it is worth another try, and StorageError when a file cannot be kept.
        """
        return await fetched(raw, self._api, self._files)

    # --- out ---

    def pieces(self, message: OutboundMessage) -> Sequence[OutboundMessage]:
        """Parts that Zalo takes in one call each."""
        return outgoing.pieces(message)

    async def send(self, urn: URN, message_id: int, message: OutboundMessage) -> str:
        """Send one piece; gives Zalo's id of the message. Raises SendError."""
        if urn.path.startswith(TELEPHONE):
            return await self._send_by_phone(urn.path.removeprefix(TELEPHONE), message_id, message.template)
        if not (urn.path.isascii() and urn.path.isdecimal()):
            raise SendError(SendErrorKind.CONTACT_STOPPED, code="path", refusal=Refusal.INVALID)
        if message.template is not None:
            return await self._send_template(urn.path, message.template)
        if message.attachments:
            return await self._send_file(urn.path, message.attachments[0], message.text)
        try:
            return await self._send(MESSAGE, outgoing.body(urn.path, message))
        except SendError as error:
            if error.code != "-233" or not message.quick_replies:
                raise
            # Buttons are not taken here: their labels can be typed, or their numbers.
            return await self._send(MESSAGE, outgoing.without_buttons(urn.path, message))

    async def _send_by_phone(self, phone: str, message_id: int, template: Template | None) -> str:
        if template is None:  # our own words go to nobody who has not written
            raise SendError(SendErrorKind.CONTACT_STOPPED, code="window", refusal=Refusal.SILENT)
        made = outgoing.template_by_phone(phone, template.id, template.fields, f"m{message_id}")
        return await self._send(BY_PHONE, made)

    async def _send_template(self, user_id: str, template: Template) -> str:
        return await self._send(TEMPLATE, outgoing.template(user_id, template.id, template.fields))

    async def _send_file(self, user_id: str, item: Attachment, caption: str) -> str:
        if not (outgoing.is_picture(item) or outgoing.is_paper(item)):
            return await self._send_link(user_id, item, caption)
        try:
            return await self._send_uploaded(user_id, item, caption)
        except SendError as error:
            if error.kind is not SendErrorKind.REJECTED or error.code == "gone":
                raise
            self._on_fault("zalo", error)
            return await self._send_link(user_id, item, caption)  # they shall have it some way

    async def _send_uploaded(self, user_id: str, item: Attachment, caption: str) -> str:
        while True:
            told = await self._uploads.id_of(item, self.sending)
            is_picture = outgoing.is_picture(item)
            made = outgoing.picture(user_id, told, caption) if is_picture else outgoing.paper(user_id, told)
            try:
                return await self._send(MESSAGE, made)
            except SendError as error:
                if error.code != "-100" or not self._uploads.forget(item):
                    raise

    async def _send_link(self, user_id: str, item: Attachment, caption: str) -> str:
        address = f"{self._settings.public_url}{self._files.link(item)}"
        return await self._send(MESSAGE, outgoing.link(user_id, item, address, caption))

    async def _send(self, path: str, body: Mapping[str, Any]) -> str:
        try:
            data = await self._api.hand_over(path, body, self.sending)
        except SendError as error:
            if must_be_told(error, template=path != MESSAGE):
                self._told = error.code, self._clock.now()
                self._on_fault("zalo", error)
            raise
        return str(data.get("message_id") or data.get("msg_id") or "")[:200]

    def recorded(self, urn: URN) -> None:
        """A receipt may have come before the record."""
        self._receipts.recorded(urn.path)

    def condition(self) -> Condition:
        """The worst of what was heard; what a person must do comes first."""
        found = [self._tokens.condition(), *(one.condition() for one in (self.sending, self.receiving, self.aside))]
        if self._told is not None and abs(self._clock.now() - self._told[1]) < TOLD_FOR:
            found.append(Condition(state=ChannelState.REFUSED, code=self._told[0]))
        return min(found, key=lambda one: WORST_FIRST.index(one.state))
