"""Files of conversations in the data folder, by the hash of their content, with links that expire."""

import asyncio
import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from core.errors import StorageError
from core.messages import Attachment, AttachmentKind
from core.ports import Clock

HASH_BYTES = 32
EXPIRY_BYTES = 4  # seconds since 1970, good until 2106
MAC_BYTES = 16


class LocalFiles:
    """A folder of files. Implements core.ports.FileStore, and reads the links that it gives out.

    `key` signs the links: whoever has it can make links, so it stays in the data folder. `link_hours` is how long a
    link is good, at least; links are the same for an hour, so that a page loaded again shows the same ones.
    """

    def __init__(self, folder: Path, key: bytes, clock: Clock, link_hours: int = 24) -> None:
        self._folder = folder
        self._key = key
        self._clock = clock
        self._link_hours = link_hours

    async def put(self, name: str, media_type: str, content: bytes) -> Attachment:
        """Keep a file; the same content is kept once. Raises StorageError when the disk is full.

        Whether a citizen may send such a file is decided before, by `core.filetypes`.
        """
        digest = sha256(content).hexdigest()
        try:
            await asyncio.to_thread(self._write, self._path(digest), content)
        except OSError as error:
            raise StorageError(
                f"a file cannot be written ({error.strerror or type(error).__name__})",
                where="data folder",
                mend="free some space and check the folder's rights",
            ) from error
        return Attachment(kind=kind_of(media_type), name=name, media_type=media_type, size=len(content), sha256=digest)

    async def get(self, sha256: str) -> bytes | None:
        """The content, or None when it is gone."""
        path = self._path(sha256)
        try:
            return await asyncio.to_thread(path.read_bytes)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StorageError(f"a file cannot be read ({error.strerror})", where="data folder") from error

    def link(self, item: Attachment) -> str:
        """A web address, without the host, at which the file can be fetched for a limited time."""
        hour = self._clock.now().replace(minute=0, second=0, microsecond=0)
        expires = int((hour + timedelta(hours=self._link_hours + 1)).timestamp())
        claim = bytes.fromhex(item.sha256) + expires.to_bytes(EXPIRY_BYTES, "big")
        return f"/files/{urlsafe_b64encode(claim + self._mac(claim)).decode().rstrip('=')}"

    def resolve(self, token: str) -> str | None:
        """The SHA-256 that a link's last part stands for; None when it is forged, cut or too old."""
        try:
            data = urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
        except (Base64Error, UnicodeEncodeError, ValueError):
            return None
        if len(data) != HASH_BYTES + EXPIRY_BYTES + MAC_BYTES:
            return None
        claim, mac = data[:-MAC_BYTES], data[-MAC_BYTES:]
        expires = datetime.fromtimestamp(int.from_bytes(claim[HASH_BYTES:], "big"), UTC)
        if not hmac.compare_digest(mac, self._mac(claim)) or self._clock.now() >= expires:
            return None
        return claim[:HASH_BYTES].hex()

    def older_than(self, hours: float) -> list[str]:
        """Hashes of files that were last put longer ago than this; what a dead process left half-written too."""
        before = (self._clock.now() - timedelta(hours=hours)).timestamp()
        found = [path for path in self._folder.glob("??/*") if path.stat().st_mtime < before]
        return sorted(path.parent.name + path.name for path in found)

    def drop(self, sha256: str, before: datetime) -> None:
        """Delete a file, unless it was put again since; one that is gone already is as good."""
        try:
            wanted = self._path(sha256).stat().st_mtime >= before.timestamp()
        except FileNotFoundError:
            return
        if not wanted:
            self.remove(sha256)

    def remove(self, sha256: str) -> None:
        """Delete a file; one that is gone already is as good."""
        self._path(sha256).unlink(missing_ok=True)

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest[2:]

    def _mac(self, claim: bytes) -> bytes:
        return hmac.digest(self._key, b"file-link\0" + claim, "sha256")[:MAC_BYTES]

    def _write(self, path: Path, content: bytes) -> None:
        moment = self._clock.now().timestamp()
        if path.exists():
            # Tidying goes by this time: a file that is wanted again is young again.
            os.utime(path, (moment, moment))
            return
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Written beside and renamed: nobody ever sees half a file under its name, not even after a power cut.
        with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as half:
            try:
                half.write(content)
                half.flush()
                os.fsync(half.fileno())
                os.utime(half.name, (moment, moment))
                Path(half.name).replace(path)
            except BaseException:
                Path(half.name).unlink(missing_ok=True)
                raise
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def kind_of(media_type: str) -> AttachmentKind:
    """How a file is presented.

    >>> kind_of("image/png").value, kind_of("application/json").value
    ('image', 'file')
    """
    return {"image": AttachmentKind.IMAGE, "audio": AttachmentKind.AUDIO}.get(
        media_type.partition("/")[0], AttachmentKind.FILE
    )
