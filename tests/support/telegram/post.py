"""What people send besides text."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import telegram
from telegram import Contact, Location, MessageOriginHiddenUser, PhotoSize, Sticker

from tests.support.telegram.entities import seen_in
from tests.support.telegram.files import described
from tests.support.telegram.parameters import Upload

if TYPE_CHECKING:
    from tests.support.telegram.state import State

_THUMBNAIL = b"a thumbnail of a picture"


class Post(ABC):
    """Verbs for whoever has `state` and can post a message of any content."""

    state: "State"
    user: telegram.User
    _albums = 0

    @abstractmethod
    def posts(self, **content: Any) -> int | None:
        """Send a message of any content."""

    def sends_photo(
        self, data: bytes, caption: str | None = None, *, size: int | None = None, **more: Any
    ) -> int | None:
        """A picture. It comes in several sizes; the last is the whole one. `size` claims more bytes than there are."""
        small = self.state.files.keep("photo", Upload("thumb.jpg", "image/jpeg", _THUMBNAIL))
        whole = self.state.files.keep("photo", Upload("photo.jpg", "image/jpeg", data), size)
        sizes: list[PhotoSize] = [described(small, width=90, height=68), described(whole)]
        return self.posts(photo=sizes, **_captioned(caption), **more)

    def sends_album(self, pictures: Sequence[bytes], caption: str | None = None) -> list[int | None]:
        """Several pictures at once: an update for each, the words with the first."""
        self._albums += 1
        group = str(13_000_000_000_000_000 + self._albums)
        return [
            self.sends_photo(one, caption if number == 0 else None, media_group_id=group)
            for number, one in enumerate(pictures)
        ]

    def sends_document(
        self, data: bytes, name: str, mime: str, caption: str | None = None, *, size: int | None = None
    ) -> int | None:
        """A file."""
        return self._sends("document", data, name, mime, caption, size)

    def sends_voice(self, data: bytes, caption: str | None = None, *, size: int | None = None) -> int | None:
        """A recording of one's own voice."""
        return self._sends("voice", data, "voice.oga", "audio/ogg", caption, size)

    def sends_audio(self, data: bytes, name: str = "song.mp3", caption: str | None = None) -> int | None:
        """A piece of music."""
        return self._sends("audio", data, name, "audio/mpeg", caption, None)

    def sends_video(self, data: bytes, caption: str | None = None, *, size: int | None = None) -> int | None:
        """A film."""
        return self._sends("video", data, "video.mp4", "video/mp4", caption, size)

    def sends_sticker(self, emoji: str = "🙏") -> int | None:
        """A sticker that stands for an emoji."""
        kept = self.state.files.keep("sticker", Upload("sticker.webp", "image/webp", b"RIFF a sticker"))
        sticker = Sticker(kept.file_id, kept.unique_id, 512, 512, False, False, "regular", emoji, kept.size)
        return self.posts(sticker=sticker)

    def sends_contact(
        self, phone: str, user_id: int | None = None, first_name: str = "", last_name: str | None = None
    ) -> int | None:
        """A card from the address book; one's own by the button carries one's own id."""
        return self.posts(contact=Contact(phone, first_name or self.user.first_name, last_name, user_id))

    def sends_location(self, lat: float, lon: float, *, live: bool = False) -> int | None:
        """A place, or where one is for a while."""
        return self.posts(location=Location(latitude=lat, longitude=lon, live_period=900 if live else None))

    def forwards(self, text: str, *, origin_name: str) -> int | None:
        """Somebody else's words."""
        origin = MessageOriginHiddenUser(self.state.clock.now(), origin_name)
        return self.posts(text=text, entities=seen_in(text), forward_origin=origin)

    def _sends(self, kind: str, data: bytes, name: str, mime: str, caption: str | None, size: int | None) -> int | None:
        stored = self.state.files.keep(kind, Upload(name, mime, data), size)
        return self.posts(**{kind: described(stored)}, **_captioned(caption))


def _captioned(caption: str | None) -> dict[str, Any]:
    return {"caption": caption, "caption_entities": seen_in(caption)} if caption else {}
