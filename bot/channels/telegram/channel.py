"""Telegram as a channel: stored updates in, messages out, files both ways."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from aiogram.enums import ChatAction, ParseMode
from aiogram.methods import (
    GetFile,
    SendAudio,
    SendChatAction,
    SendDocument,
    SendPhoto,
    SendVoice,
    TelegramMethod,
)
from aiogram.types import BufferedInputFile

from bot.channels.telegram import outgoing, updates
from bot.channels.telegram.api import Api
from bot.channels.typing import Typing
from bot.channels.watch import Watch, worse
from core.contacts import URN, Refusal
from core.errors import SendError, SendErrorKind
from core.filetypes import MAX_FILE_BYTES, clean_name, media_type
from core.messages import Attachment, InboundMessage, OutboundMessage, Unread, attachment_to_json
from core.ports import Capabilities, Clock, Condition, FileStore

UPLOAD_WITHIN = 45.0  # seconds for a file of at most 5 MB: a megabit a second
KNOWN_FILES = 500  # ids of files that Telegram has already: sent again they need no upload


class Telegram:
    """One bot. Implements core.ports.Channel and core.ports.Fetching."""

    capabilities = Capabilities(text_length=outgoing.TEXT, buttons=100, button_length=64, attachments=True)

    def __init__(
        self,
        account: str,
        api: Api,
        *,
        files: FileStore,
        clock: Clock,
        on_fault: Callable[[str, BaseException], None],
        paid: bool = False,
    ) -> None:
        """`paid`: what goes beyond the free number of messages a second may be charged."""
        self.account = account
        self._paid = True if paid else None
        self._api, self._files, self._on_fault = api, files, on_fault
        # What is asked aside (who we are, files, signs of typing) tells nothing of how sending and receiving fare.
        self.sending, self.receiving, self.aside = Watch(clock), Watch(clock), Watch(clock)
        self.typing = Typing(self._show_typing)
        self._only_saved: set[str] = set()  # files (sha256) that Telegram did not take as what they are
        self._known: dict[str, tuple[str, str]] = {}  # sha256 -> the way a file went, and Telegram's id of it

    # --- in ---

    def parse(self, external_id: str, path: str, raw: Mapping[str, Any], received_at: datetime) -> InboundMessage:
        """Read a stored update."""
        return updates.parse(self.account, external_id, path, raw, received_at)

    def sequence(self, external_id: str) -> int:
        """Telegram counts its updates: a press that overtook a text has the higher number."""
        return int(external_id) if external_id.isascii() and external_id.isdecimal() else 0

    async def fetch(self, raw: Mapping[str, Any]) -> Mapping[str, Any]:
        """The update with its file kept, or with the reason why there is none.

        Raises SendError (UNREACHABLE, THROTTLED, MISCONFIGURED, IN_DOUBT) when it is worth another try, and
        StorageError when the file cannot be kept.
        """
        found = updates.file_of(updates.message_of(raw) or {})
        if found is None:
            return raw
        kind, description = found
        try:
            content = await self._download(description)
        except SendError as error:
            if error.kind is not SendErrorKind.REJECTED:
                raise
            return {**raw, "unread": Unread.FILE_LARGE if error.code == "size" else Unread.FILE_LOST}
        known = media_type(content)
        if known is None:
            return {**raw, "unread": Unread.FILE_KIND}
        name = clean_name(str(description.get("file_name") or f"{kind}.{known.rpartition('/')[2]}"))
        item = await self._files.put(name, known, content)
        return {**raw, "files": [attachment_to_json(item)]}

    async def _download(self, description: Mapping[str, Any]) -> bytes:
        size = description.get("file_size")
        if isinstance(size, int) and size > MAX_FILE_BYTES:
            raise SendError(SendErrorKind.REJECTED, code="size", detail="the file is too large")
        told = await self._api.call(GetFile(file_id=description["file_id"]), self.aside)
        path = told.get("file_path") if isinstance(told, dict) else None
        if not isinstance(path, str):
            raise SendError(SendErrorKind.REJECTED, code="path", detail="Telegram does not hand the file over")
        return await self._api.download(path, self.aside, at_most=MAX_FILE_BYTES)

    # --- out ---

    def pieces(self, message: OutboundMessage) -> Sequence[OutboundMessage]:
        """Parts that Telegram takes in one call each."""
        return outgoing.pieces(message)

    async def send(self, urn: URN, message_id: int, message: OutboundMessage) -> str:  # noqa: ARG002
        """Send one piece; gives Telegram's id of the message. Raises SendError."""
        chat = _chat(urn.path)
        self.typing.stop(urn.path)
        if message.attachments:
            return await self._send_file(chat, message, message.attachments[0])
        try:
            return _id(await self._api.send_text(_text(chat, message, self._paid, html=True), self.sending))
        except SendError as error:
            if error.detail != "entities":
                raise
            # A fault of ours in the HTML. The words matter more than how they look.
            self._on_fault("telegram", error)
            return _id(await self._api.send_text(_text(chat, message, self._paid, html=False), self.sending))

    async def _send_file(self, chat: int, message: OutboundMessage, item: Attachment) -> str:
        if known := self._known.get(item.sha256):
            try:
                return _id(await self._api.call(_file(known[0], chat, message, known[1], self._paid), self.sending))
            except SendError as error:
                if error.kind is not SendErrorKind.REJECTED:
                    raise
                self._known.pop(item.sha256, None)  # Telegram forgot it: it is uploaded once more
        kind = "document" if item.sha256 in self._only_saved else outgoing.kind_of(item)
        content = await self._files.get(item.sha256)
        if content is None:
            raise SendError(SendErrorKind.REJECTED, code="gone", detail="the file is not kept any more")
        upload = BufferedInputFile(content, filename=item.name)
        try:
            result = await self._api.call(
                _file(kind, chat, message, upload, self._paid), self.sending, within=UPLOAD_WITHIN
            )
        except SendError as error:
            if kind == "document" or error.kind is not SendErrorKind.REJECTED or error.code != "400":
                raise
            kind = "document"  # a picture with odd measures, a sound it cannot play: it can always be saved
            self._only_saved.add(item.sha256)  # a second attempt begins with that
            result = await self._api.call(
                _file(kind, chat, message, upload, self._paid), self.sending, within=UPLOAD_WITHIN
            )
        self._remember(item.sha256, kind, result)
        return _id(result)

    async def _upload(self, method: TelegramMethod[Any]) -> Any:
        return await self._api.call(method, self.sending, within=UPLOAD_WITHIN)

    def _remember(self, sha256: str, kind: str, result: Any) -> None:
        sent = result.get(kind) if isinstance(result, dict) else None
        described = sent[-1] if isinstance(sent, list) and sent else sent
        if isinstance(described, dict) and isinstance(described.get("file_id"), str):
            if len(self._known) >= KNOWN_FILES:
                del self._known[next(iter(self._known))]
            self._known[sha256] = (kind, described["file_id"])

    async def _show_typing(self, path: str) -> None:
        await self._api.call(SendChatAction(chat_id=_chat(path), action=ChatAction.TYPING), self.aside)

    def recorded(self, urn: URN) -> None:
        """Nobody waits here for the record."""

    def condition(self) -> Condition:
        """The worse of sending and receiving."""
        return worse(self.sending.condition(), self.receiving.condition())


def _chat(path: str) -> int:
    try:
        return int(path)
    except ValueError:
        raise SendError(SendErrorKind.CONTACT_STOPPED, code="path", refusal=Refusal.INVALID) from None


def _text(chat: int, message: OutboundMessage, paid: bool | None, *, html: bool) -> dict[str, Any]:
    """What sendMessage takes, as plain data: of a notice to many the library's models would be most of the work."""
    fields: dict[str, Any] = {
        "chat_id": chat,
        "text": outgoing.as_html(message) if html else outgoing.as_text(message),
        "link_preview_options": {"is_disabled": True},
    }
    if html:
        fields["parse_mode"] = "HTML"
    if markup := outgoing.keyboard(message.quick_replies):
        fields["reply_markup"] = markup
    if paid:
        fields["allow_paid_broadcast"] = True
    return fields


def _file(
    kind: str, chat: int, message: OutboundMessage, content: BufferedInputFile | str, paid: bool | None
) -> TelegramMethod[Any]:
    method: Any = {"photo": SendPhoto, "voice": SendVoice, "audio": SendAudio, "document": SendDocument}[kind]
    made: TelegramMethod[Any] = method(
        chat_id=chat,
        **{kind: content},
        caption=outgoing.as_html(message) or None,
        parse_mode=ParseMode.HTML,
        reply_markup=outgoing.keyboard(message.quick_replies),
        allow_paid_broadcast=paid,
    )
    return made


def _id(result: Any) -> str:
    return str(result.get("message_id", "")) if isinstance(result, dict) else ""
