"""Persons and groups with Zalo: what they do, and what they see of the bot."""

import unicodedata
from typing import TYPE_CHECKING, Any

from tests.support.zalobot.calls import Shown

if TYPE_CHECKING:
    from tests.support.zalobot.state import State

Update = dict[str, Any]


class Chat:
    """Somewhere the bot can write to, once somebody there has written first."""

    kind = "PRIVATE"

    def __init__(self, state: "State", chat_id: str, number: int) -> None:
        self.state, self.id, self.number = state, chat_id, number
        self.wrote, self.blocking = False, False
        self.shown: list[Shown] = []
        self.typing = 0
        state.chats[chat_id] = self

    @property
    def one_of_the_first(self) -> bool:
        """Whether the plan has room for them."""
        return self.number <= self.state.switches.people

    @property
    def texts(self) -> list[str]:
        """What they read, in order."""
        return [one.text for one in self.shown]


class Person(Chat):
    """One person's private chat with the bot."""

    def __init__(self, state: "State", chat_id: str, number: int, name: str) -> None:
        super().__init__(state, chat_id, number)
        self.name = name

    # What the person does. Each gives the update; what the plan has no room for never reaches the bot.

    def says(self, text: str) -> Update:
        """Write a text. The app cuts longer ones, so a longer one cannot be."""
        assert 0 < len(unicodedata.normalize("NFC", text)) <= 2000, "no app sends a text of this length"
        return self.sends("text", text=text, kind="CHAT_MESSAGE")

    def sends_photo(self, data: bytes, caption: str | None = None, *, address: str | None = None) -> Update:
        """A picture that lies with the server, or at any other address."""
        name = "photo" if self.state.first_way(self.state.switches.photo_field, "photo") else "photo_url"
        more = {"caption": caption} if caption else {}
        return self.sends("image", **{name: address or self._kept(data, "jpg")}, **more, kind="CHAT_PHOTO")

    def sends_voice(self, data: bytes) -> Update:
        """A recording of one's own voice."""
        return self.sends("voice", voice_url=self._kept(data, "aac"), kind="CHAT_VOICE")

    def sends_sticker(self) -> Update:
        """A sticker."""
        return self.sends(
            "sticker", sticker=self.state.id(20), url=self._kept(b"a sticker", "png"), kind="CHAT_STICKER"
        )

    def sends_unsupported(self, *, with_message: bool = True) -> Update:
        """A file, a card, a place: the bot is told that something came, and sometimes not even from whom."""
        if with_message:
            return self.sends("unsupported")
        self.wrote = True
        return self._delivered({"event_name": "message.unsupported.received"})

    def sends(self, event: str, *, kind: str | None = None, **content: Any) -> Update:
        """A message of any content, also of a kind that nobody knows."""
        return self._delivered({"event_name": f"message.{event}.received", "message": self._message(kind, content)})

    def speaks_in(self, group: "Group", text: str, *, mentions: bool = True) -> Update | None:
        """In front of others: the bot hears it only where it is mentioned, and is not told where it was."""
        if not mentions:
            return None
        group.wrote = True
        message = self._message("CHAT_MESSAGE", {"text": f"@Bot Chung Tay {text}"})
        message["chat"] = {"id": group.id, "chat_type": "GROUP"}
        return group.delivered({"event_name": "message.text.received", "message": message})

    def _message(self, kind: str | None, content: dict[str, Any]) -> dict[str, Any]:
        state = self.state
        typed = kind is not None and state.first_way(state.switches.message_type, "present")
        return {
            "from": {"id": self.id, "display_name": self.name, "is_bot": False},
            "chat": {"id": self.id, "chat_type": self.kind},
            **content,
            "message_id": state.id(20),
            "date": state.milliseconds(),
            **({"message_type": kind} if typed else {}),
        }

    def _kept(self, data: bytes, ending: str) -> str:
        name = f"{self.state.id(16)}.{ending}"
        self.state.media[name] = data
        return f"{self.state.url}/media/{name}"

    def _delivered(self, update: Update) -> Update:
        self.wrote = True
        if self.one_of_the_first and self.state.count():
            self.state.deliver(update, self.id)
        else:
            self.state.lost.append(update)
        return update


class Group(Chat):
    """Several people and the bot."""

    kind = "GROUP"

    def delivered(self, update: Update) -> Update:
        """Hand it to the bot."""
        self.state.count()
        self.state.deliver(update, self.id)
        return update
