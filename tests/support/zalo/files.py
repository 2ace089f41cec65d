"""Files: those the adapter uploaded, which live a week, and those people sent, which lie open at an address."""

import random
import string
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from core.ports import Clock
from tests.support.zalo.calls import Call, Upload
from tests.support.zalo.errors import OaError, invalid

UPLOADS_LIVE = timedelta(days=7)
MONTHLY_UPLOADS = 5000
_MIB = 2**20
_LIMITS = {"image": _MIB, "gif": 5 * _MIB, "file": 5 * _MIB}  # bytes; that of a gif is recalled
_BEGINNINGS = {"image": (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"), "gif": (b"GIF87a", b"GIF89a"), "file": (b"",)}
_ENDINGS = {"image": (".jpg", ".jpeg", ".png"), "gif": (".gif",), "file": (".pdf", ".doc", ".docx", ".csv")}
_LETTERS = string.ascii_letters + string.digits


@dataclass(frozen=True)
class Kept:
    """An upload with its kind and the moment it came."""

    kind: str
    upload: Upload
    at: datetime


class Files:
    """By token or attachment id, and by the address of what people sent."""

    def __init__(self, clock: Clock, chance: random.Random) -> None:
        self._clock, self._chance = clock, chance
        self._kept: dict[str, Kept] = {}
        self._media: dict[str, Upload] = {}
        self.base = ""  # where the server listens
        self.monthly_left = MONTHLY_UPLOADS
        self.fetched: list[str] = []  # addresses the adapter asked for, good or not

    def take(self, kind: str, call: Call) -> dict[str, Any]:
        """An upload. Raises OaError (which numbers a wrong file gets is a guess)."""
        upload = call.body.get("file")
        if call.sent_as != "multipart" or not isinstance(upload, Upload) or not upload.data:
            raise invalid("file")
        if len(upload.data) > _LIMITS[kind]:
            raise OaError(-210)
        fits = PurePosixPath(upload.name).suffix.lower() in _ENDINGS[kind]
        if not fits or not upload.data.startswith(_BEGINNINGS[kind]):
            raise invalid("file")
        if self.monthly_left < 1:
            raise OaError(-211)
        self.monthly_left -= 1
        word = self.word(24)
        self._kept[word] = Kept(kind, upload, self._clock.now())
        return {"token" if kind == "file" else "attachment_id": word}

    def given(self, word: str, kind: str) -> Kept:
        """An upload by its word. Raises OaError when it is nobody's, of another kind or older than a week."""
        kept = self._kept.get(word)
        if kept is None or kept.kind != kind:
            raise invalid("token" if kind == "file" else "attachment_id")
        if self._clock.now() - kept.at >= UPLOADS_LIVE:
            raise OaError(-100)
        return kept

    def expire_uploads(self) -> None:
        """As if a week were over."""
        self._kept = {word: replace(kept, at=kept.at - UPLOADS_LIVE) for word, kept in self._kept.items()}

    def publish(self, upload: Upload) -> str:
        """The address of something a person sent: open to everybody who knows it."""
        path = f"/media/{self.word(32)}/{upload.name}"
        self._media[path] = upload
        return f"{self.base}{quote(path)}"

    def at(self, path: str) -> Upload | None:
        """What lies there, if anything still does."""
        self.fetched.append(path)
        return self._media.get(path)

    def forget_media(self) -> None:
        """The addresses of all that people sent so far lead nowhere any more."""
        self._media.clear()

    def word(self, length: int) -> str:
        """Letters that mean nothing."""
        return "".join(self._chance.choices(_LETTERS, k=length))
