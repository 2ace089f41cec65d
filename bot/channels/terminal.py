"""A chat in a terminal, in the form that the conversation tests are written in."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from core.contacts import URN
from core.messages import InboundMessage, OutboundMessage, Unread, attachment_from_json
from core.ports import Capabilities, Condition, FileStore

ACCOUNT = "terminal.main"


class Terminal:
    """Implements core.ports.Channel: what is sent is handed to `show` at once."""

    account = ACCOUNT
    capabilities = Capabilities(text_length=10_000, buttons=9, button_length=40)

    def __init__(self, show: Callable[[OutboundMessage], None]) -> None:
        self._show = show

    def parse(self, external_id: str, path: str, raw: Mapping[str, Any], received_at: datetime) -> InboundMessage:
        """A line that was typed."""
        return InboundMessage(
            urn=URN(account=self.account, path=path),
            external_id=external_id,
            received_at=received_at,
            text=str(raw.get("text", "")),
            payload=raw.get("payload"),
            attachments=tuple(attachment_from_json(one) for one in raw.get("attachments", ())),
            unread=Unread(raw["unread"]) if raw.get("unread") else None,
            reply_to=raw.get("reply_to"),
            sent_at=datetime.fromisoformat(raw["sent_at"]) if raw.get("sent_at") else None,
        )

    def sequence(self, external_id: str) -> int:  # noqa: ARG002
        """They come in their order."""
        return 0

    def pieces(self, message: OutboundMessage) -> tuple[OutboundMessage, ...]:
        """One piece, however long."""
        return (message,)

    async def send(self, urn: URN, message_id: int, message: OutboundMessage) -> str:  # noqa: ARG002
        """Print it."""
        self._show(message)
        return str(message_id)

    def recorded(self, urn: URN) -> None:
        """Nobody waits for it here."""

    def condition(self) -> Condition:
        """Up as long as it is there."""
        return Condition()


def heard(text: str) -> str:
    """A person's message as a transcript shows it."""
    lines = text.split("\n")
    return "\n".join([f"> {lines[0]}".rstrip(), *(f"  {line}".rstrip() for line in lines[1:])])


def said(message: OutboundMessage, files: FileStore | None = None) -> str:
    """A bubble as a transcript shows it: text, source line, files, buttons."""
    lines = [line for part in (message.text, message.source) if part for line in part.split("\n")]
    lines += [f"({files.link(one) if files else one.name})" for one in message.attachments]
    if message.quick_replies:
        lines.append(" ".join(f"[{one.label}]" for one in message.quick_replies))
    return "\n".join([f"< {lines[0]}", *(f"  {line}" for line in lines[1:])])
