"""What people sent along, fetched from Zalo's hosts before anybody answers: the addresses end at a time not told."""

from collections.abc import Mapping
from typing import Any

from bot.channels.zalo.api import Api
from bot.channels.zalo.events import FETCHED, attachments
from bot.channels.zalo.numbers import whole
from core.errors import SendError, SendErrorKind
from core.filetypes import MAX_FILE_BYTES, MAX_FILES, clean_name, media_type
from core.messages import Unread, attachment_to_json
from core.ports import FileStore


async def fetched(raw: Mapping[str, Any], api: Api, files: FileStore) -> Mapping[str, Any]:
    """The event with its files kept, or with the reason why one of them was not.

    Raises SendError when it is worth another try, and StorageError when a file cannot be kept.
    """
    kept, unread = [], None
    for one in [found for found in attachments(raw) if found.get("type") in FETCHED][:MAX_FILES]:
        payload = one.get("payload")
        got = await _one(str(one["type"]), payload if isinstance(payload, dict) else {}, api, files)
        if isinstance(got, Unread):
            unread = unread or got
        else:
            kept.append(got)
    return {**raw, **({"files": kept} if kept else {}), **({"unread": unread} if unread else {})}


async def _one(kind: str, payload: Mapping[str, Any], api: Api, files: FileStore) -> dict[str, Any] | Unread:
    if (whole(payload.get("size")) or 0) > MAX_FILE_BYTES:
        return Unread.FILE_LARGE
    address = payload.get("url")
    try:
        content = await api.download(address if isinstance(address, str) else "", at_most=MAX_FILE_BYTES)
    except SendError as error:
        if error.kind is not SendErrorKind.REJECTED:
            raise
        return Unread.FILE_LOST
    if content is None:
        return Unread.FILE_LARGE
    known = media_type(content)
    if known is None:
        return Unread.FILE_KIND
    name = payload.get("name")
    named = name if isinstance(name, str) and name else f"{kind}.{known.rpartition('/')[2]}"
    return attachment_to_json(await files.put(clean_name(named), known, content))
