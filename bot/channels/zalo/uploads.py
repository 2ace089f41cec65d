"""Files on Zalo's side: handed over once, and sent by their id for as long as it is good."""

from datetime import timedelta

from bot.channels.watch import Watch
from bot.channels.zalo.api import Api
from bot.channels.zalo.outgoing import is_picture
from core.errors import SendError, SendErrorKind
from core.messages import Attachment
from core.ports import Clock, FileStore

GOOD_FOR = timedelta(days=6)  # Zalo forgets it after 7; 5,000 uploads a month are allowed
MOST = 500  # ids that are remembered
ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/csv": ".csv",
}


class Uploads:
    """The ids of one account."""

    def __init__(self, api: Api, files: FileStore, clock: Clock) -> None:
        self._api, self._files, self._clock = api, files, clock
        self._known: dict[str, tuple[str, float]] = {}  # SHA-256 -> id, and until when it is good

    async def id_of(self, item: Attachment, watch: Watch) -> str:
        """The id by which a file is sent. Raises SendError; REJECTED with code "gone" where it is not kept any more."""
        known = self._known.get(item.sha256)
        now = self._clock.now().timestamp()
        if known is not None and now < known[1]:
            return known[0]
        content = await self._files.get(item.sha256)
        if content is None:
            raise SendError(SendErrorKind.REJECTED, code="gone", detail="the file is not kept any more")
        kind = "image" if is_picture(item) else "file"
        told = await self._api.upload(kind, _named(item), item.media_type, content, watch)
        if len(self._known) >= MOST:
            del self._known[next(iter(self._known))]
        self._known[item.sha256] = told, now + GOOD_FOR.total_seconds()
        return told

    def forget(self, item: Attachment) -> bool:
        """Zalo has forgotten it; whether we believed otherwise, so that another try is worth it."""
        return self._known.pop(item.sha256, None) is not None


def _named(item: Attachment) -> str:
    """Zalo goes by the ending of the name."""
    ending = ENDINGS[item.media_type]
    fits = item.name.lower().endswith((ending, ".jpeg") if ending == ".jpg" else ending)
    return item.name if fits else f"{item.name}{ending}"
