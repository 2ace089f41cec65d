"""What people send besides text."""

import hashlib
from abc import ABC, abstractmethod
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from tests.support.zalo.calls import Upload
from tests.support.zalo.webhook import Event

if TYPE_CHECKING:
    from tests.support.zalo.state import State

_THUMBNAIL = b"\xff\xd8\xff a thumbnail"


class Post(ABC):
    """Verbs for whoever has `state` and can post a message."""

    state: "State"

    @abstractmethod
    def posts(self, name: str, message: dict[str, Any], *, said: str = "") -> Event:
        """Send a message of any content."""

    def sends_image(self, data: bytes, caption: str = "", *, name: str = "o.jpg") -> Event:
        """A picture, with words or without."""
        thumbnail = self._publish("t.jpg", "image/jpeg", _THUMBNAIL)
        payload = {"thumbnail": thumbnail, "url": self._publish(name, "image/jpeg", data)}
        words = {"text": caption} if caption else {}
        return self._attach("image", payload, said=caption, **words)

    def sends_file(self, data: bytes, name: str = "don.pdf", *, size: int | None = None) -> Event:
        """A file; `size` claims another number of bytes than there are."""
        payload = {
            "name": name,
            "size": str(len(data) if size is None else size),
            "type": PurePosixPath(name).suffix.lstrip("."),
            "checksum": hashlib.md5(data).hexdigest(),
            "url": self._publish(name, "application/octet-stream", data),
        }
        return self._attach("file", payload)

    def sends_audio(self, data: bytes = b"#!AMR\n a voice") -> Event:
        """A recording of one's own voice."""
        return self._attach("audio", {"url": self._publish("v.amr", "audio/amr", data)})

    def sends_video(self, data: bytes = b"a film", description: str = "") -> Event:
        """A film."""
        thumbnail = self._publish("t.jpg", "image/jpeg", _THUMBNAIL)
        url = self._publish("v.mp4", "video/mp4", data)
        return self._attach("video", {"thumbnail": thumbnail, "description": description, "url": url})

    def sends_sticker(self, sticker_id: str = "c09965c25987b0d9e996") -> Event:
        """A sticker."""
        return self._attach("sticker", {"id": sticker_id, "url": self._publish("s.png", "image/png", b"\x89PNG")})

    def sends_link(self, url: str, description: str = "") -> Event:
        """An address of a page, as a card."""
        thumbnail = self._publish("t.jpg", "image/jpeg", _THUMBNAIL)
        return self._attach("link", {"thumbnail": thumbnail, "description": description, "url": url})

    def sends_location(self, latitude: float, longitude: float, place: str = "") -> Event:
        """A place. Its parts come in the order of a captured event: the payload before the type, the name as text."""
        coordinates = {"latitude": str(latitude), "longitude": str(longitude)}
        message: dict[str, Any] = {"attachments": [{"payload": {"coordinates": coordinates}, "type": "location"}]}
        if place:
            message["text"] = place
        return self.posts("user_send_location", message, said=place)

    def _attach(self, kind: str, payload: dict[str, str], *, said: str = "", **more: Any) -> Event:
        message = {"msg_id": self.state.hex_id(19), **more, "attachments": [{"type": kind, "payload": payload}]}
        return self.posts(f"user_send_{kind}", message, said=said)

    def _publish(self, name: str, mime: str, data: bytes) -> str:
        return self.state.files.publish(Upload(name, mime, data))
