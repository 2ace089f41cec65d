"""What a person sees of the bot."""

from dataclasses import dataclass, field
from datetime import datetime

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, ReplyKeyboardMarkup, TelegramObject

from tests.support.telegram.parameters import Upload

Button = tuple[str, str]  # its label, and what it gives back or opens


@dataclass
class Shown:
    """A message on the screen. An edit changes it where it stands; `before` keeps what it said earlier."""

    message_id: int
    method: str
    at: datetime
    kind: str = "text"
    text: str = ""
    entities: list[MessageEntity] = field(default_factory=list)
    caption: str = ""
    markup: TelegramObject | None = None
    upload: Upload | None = None
    reply_to: int | None = None
    silent: bool = False
    protected: bool = False
    deleted: bool = False
    before: list[str] = field(default_factory=list)

    @property
    def buttons(self) -> list[list[Button]]:
        """Inline buttons, row by row."""
        if not isinstance(self.markup, InlineKeyboardMarkup):
            return []
        return [[(button.text, gives(button)) for button in row] for row in self.markup.inline_keyboard]

    @property
    def labels(self) -> list[str]:
        """All that can be pressed, under the message or in place of the letters."""
        if isinstance(self.markup, ReplyKeyboardMarkup):
            return [button.text for row in self.markup.keyboard for button in row]
        return [label for row in self.buttons for label, _ in row]

    @property
    def file(self) -> bytes | None:
        """The bytes of the picture, document or recording."""
        return self.upload.data if self.upload else None

    @property
    def file_name(self) -> str | None:
        """What the file is called."""
        return self.upload.name if self.upload else None


def gives(button: InlineKeyboardButton) -> str:
    """What a button gives back, opens or copies."""
    if button.copy_text is not None:
        return button.copy_text.text
    return str(button.callback_data or button.url or "")
