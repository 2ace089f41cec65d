"""Files the bot sends: new ones within the limits, or known ones by their id."""

from typing import Any

from telegram.constants import FileSizeLimit

from tests.support.telegram.errors import bad_request, too_large
from tests.support.telegram.files import Files, Stored, described
from tests.support.telegram.parameters import Parameters, Upload
from tests.support.telegram.pictures import size_of

_SIDES = 10_000  # pixels, width and height together
_STRETCH = 20  # the longer side at most so many times the shorter one


def take_file(files: Files, parameters: Parameters, kind: str) -> tuple[Stored, dict[str, Any]]:
    """The file of a message, and how it stands in it. Raises ApiError when it cannot be sent."""
    given = parameters.file(kind)
    if not given:
        raise bad_request(f"there is no {kind} in the request")
    if isinstance(given, Upload):
        _check(given, kind)
        stored = files.keep(kind, given)
    else:
        stored = _known(files, given, kind)
    width, height = size_of(stored.upload.data) or (1280, 960)
    part = described(stored, width=width, height=height)
    return stored, {kind: [part] if kind == "photo" else part}


def _check(upload: Upload, kind: str) -> None:
    if not upload.data:
        raise bad_request("file must be non-empty")
    if len(upload.data) > (FileSizeLimit.PHOTOSIZE_UPLOAD if kind == "photo" else FileSizeLimit.FILESIZE_UPLOAD):
        raise too_large()
    if kind != "photo":
        return
    size = size_of(upload.data)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > _SIDES or max(size) > _STRETCH * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def _known(files: Files, given: str, kind: str) -> Stored:
    if given.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")  # nothing leaves this machine
    stored = files.given(given)
    if stored.kind != kind:
        raise bad_request("type of file mismatch")
    return stored
