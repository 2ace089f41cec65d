"""The Bot Platform as a channel: stored updates in, plain text out, pictures and voices in, files out as links."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from bot.channels import plain
from bot.channels.typing import Typing
from bot.channels.watch import Watch, worse
from bot.channels.zalobot import media, updates
from bot.channels.zalobot.api import Api
from core.contacts import URN
from core.errors import SendError, SendErrorKind
from core.filetypes import MAX_FILE_BYTES, clean_name, media_type
from core.messages import Attachment, InboundMessage, OutboundMessage, Unread, attachment_to_json
from core.ports import Capabilities, Clock, Condition, FileStore

TEXT = 2000  # characters of one message (docs.zaloplatforms.com/docs/BOT/apis/sendMessage)


class ZaloBot:
    """One bot. Implements core.ports.Channel and core.ports.Fetching."""

    capabilities = Capabilities(text_length=TEXT, buttons=0, button_length=64)

    def __init__(
        self,
        account: str,
        api: Api,
        *,
        files: FileStore,
        clock: Clock,
        on_fault: Callable[[str, BaseException], None],
        api_base: str,
        pages: str,
    ) -> None:
        """`api_base` is the server that is asked, `pages` where people reach our own; empty: nowhere."""
        self.account = account
        self._api, self._files, self._on_fault = api, files, on_fault
        self._base, self._pages = api_base, pages
        # What is asked aside (signs of typing) tells nothing of how sending and receiving fare.
        self.sending, self.receiving, self.aside = Watch(clock), Watch(clock), Watch(clock)
        self.typing = Typing(self._show_typing)

    # --- in ---

    def parse(self, external_id: str, path: str, raw: Mapping[str, Any], received_at: datetime) -> InboundMessage:
        """Read a stored update."""
        return updates.parse(self.account, external_id, path, raw, received_at)

    def sequence(self, external_id: str) -> int:  # noqa: ARG002
        """The platform does not count its updates: they stand as they came."""
        return 0

    async def fetch(self, raw: Mapping[str, Any]) -> Mapping[str, Any]:
        """The update with its picture or voice kept, or with the reason why there is none.

        Raises SendError (UNREACHABLE) when it is worth another try, and StorageError when the file cannot be kept.
        """
        address = updates.address_of(raw.get("event_name"), updates.message_of(raw))
        if address is None:
            return raw
        if not media.allowed(address, self._base):
            strange = updates.MalformedError("a file lies at a host that is not Zalo's", where=_host(address))
            self._on_fault("zalobot", strange)
            return {**raw, "unread": Unread.FILE_LOST}
        try:
            content = await media.download(self._api.client(), address, at_most=MAX_FILE_BYTES)
        except SendError as error:
            if error.kind is not SendErrorKind.REJECTED:
                raise
            return {**raw, "unread": Unread.FILE_LARGE if error.code == "size" else Unread.FILE_LOST}
        known = media_type(content)
        if known is None:
            return {**raw, "unread": Unread.FILE_KIND}
        name = clean_name(f"{known.partition('/')[0]}.{known.rpartition('/')[2]}")
        return {**raw, "files": [attachment_to_json(await self._files.put(name, known, content))]}

    # --- out ---

    def pieces(self, message: OutboundMessage) -> Sequence[OutboundMessage]:
        """Parts that the platform takes in one call each."""
        return plain.pieces(message, TEXT, self._link)

    async def send(self, urn: URN, message_id: int, message: OutboundMessage) -> str:  # noqa: ARG002
        """Send one piece; gives the platform's id of the message. Raises SendError."""
        self.typing.stop(urn.path)
        text = plain.as_text(message, self._link)
        result = await self._api.call("sendMessage", self.sending, chat_id=urn.path, text=text)
        given = result.get("message_id") if isinstance(result, dict) else None
        return str(given) if isinstance(given, str | int) else ""

    def _link(self, item: Attachment) -> str:
        # A picture could go by `sendPhoto`, which has Zalo fetch it from us, twice and whenever it likes: a machine
        # without a public address would send a black one. A link is opened by whoever reads it.
        return f"{self._pages}{self._files.link(item)}" if self._pages else ""

    async def _show_typing(self, path: str) -> None:
        await self._api.call("sendChatAction", self.aside, chat_id=path, action="typing")

    def recorded(self, urn: URN) -> None:
        """Nobody waits here for the record."""

    def condition(self) -> Condition:
        """The worse of sending and receiving."""
        return worse(self.sending.condition(), self.receiving.condition())


def _host(address: str) -> str:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        host = ""
    return "".join(sign for sign in host[:100] if sign.isprintable()) or "no host"
