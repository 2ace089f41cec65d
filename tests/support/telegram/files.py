"""Files on the server: what people sent, what the bot uploaded, each under an id that is this bot's own."""

import random
import string
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import telegram
from telegram.constants import FileSizeLimit

from tests.support.telegram.errors import bad_request
from tests.support.telegram.parameters import Upload

_LETTERS = string.ascii_letters + string.digits + "_-"
_FOLDERS = {"photo": "photos", "document": "documents", "voice": "voice", "audio": "music", "video": "videos"}


@dataclass(frozen=True, slots=True)
class Stored:
    """A file the server keeps. `size` may be claimed larger than its bytes, to try the limits."""

    file_id: str
    unique_id: str
    kind: str
    upload: Upload
    path: str
    size: int


class Files:
    """By id, and by the path they can be fetched from."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._by_id: dict[str, Stored] = {}
        self._by_path: dict[str, Stored] = {}

    def keep(self, kind: str, upload: Upload, size: int | None = None) -> Stored:
        """Take a file in."""
        folder, ending = _FOLDERS.get(kind, "stickers"), PurePosixPath(upload.name).suffix
        path = f"{folder}/file_{len(self._by_id)}{ending}"
        stored = Stored(self._word(64), self._word(15), kind, upload, path, len(upload.data) if size is None else size)
        self._by_id[stored.file_id] = self._by_path[path] = stored
        return stored

    def given(self, file_id: str) -> Stored:
        """A file by its id. Raises ApiError when this bot has no such file."""
        if file_id not in self._by_id:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return self._by_id[file_id]

    def get_file(self, file_id: str) -> dict[str, Any]:
        """Where a file can be fetched. Raises ApiError when it is nobody's, or too big."""
        if file_id not in self._by_id:
            raise bad_request("invalid file_id" if file_id else "file_id not specified")
        stored = self._by_id[file_id]
        if stored.size > FileSizeLimit.FILESIZE_DOWNLOAD:
            raise bad_request("file is too big")
        return telegram.File(stored.file_id, stored.unique_id, stored.size, stored.path).to_dict()

    def at(self, path: str) -> Stored | None:
        """The file under this path, where it may be fetched."""
        stored = self._by_path.get(path)
        return stored if stored and stored.size <= FileSizeLimit.FILESIZE_DOWNLOAD else None

    def _word(self, length: int) -> str:
        return "".join(self._chance.choices(_LETTERS, k=length))


def described(stored: Stored, *, width: int = 1280, height: int = 960, duration: int = 3) -> Any:
    """A file as it stands in a message."""
    name, mime = stored.upload.name, stored.upload.mime
    same: dict[str, Any] = {"file_id": stored.file_id, "file_unique_id": stored.unique_id, "file_size": stored.size}
    match stored.kind:
        case "photo":
            return telegram.PhotoSize(width=width, height=height, **same)
        case "voice":
            return telegram.Voice(duration=duration, mime_type=mime, **same)
        case "audio":
            return telegram.Audio(duration=duration, mime_type=mime, file_name=name, **same)
        case "video":
            return telegram.Video(width=width, height=height, duration=duration, mime_type=mime, file_name=name, **same)
        case _:
            return telegram.Document(file_name=name, mime_type=mime, **same)
