"""Reading what a browser posts: never more than fits, never a fault because of odd bytes."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field, replace

from python_multipart.exceptions import FormParserError
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request

MAX_FIELDS = 256  # the hamlets of a town, each a box to tick
MAX_BODY_BYTES = 6 * 1024 * 1024
# What is over the limit is read and thrown away up to here: a browser that is cut off in the middle of sending shows
# its own error page instead of ours.
MAX_DRAINED_BYTES = 64 * 1024 * 1024


class TooLargeError(Exception):
    """The body is over the limit; nothing of it was kept."""


class UnreadableError(Exception):
    """The body is not a form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as a browser sent it."""

    name: str = field(repr=False)
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedForm:
    """The fields and files of one post. A field that was sent several times has a line for each."""

    fields: Mapping[str, str] = field(default_factory=dict, repr=False)
    files: tuple[Upload, ...] = ()
    size: int = 0  # bytes of the body

    def get(self, name: str) -> str:
        """A field's text, empty when it was not sent. NUL is dropped: PostgreSQL cannot keep it."""
        return self.fields.get(name, "").replace("\x00", "")


class _InMemoryParser(MultiPartParser):
    spool_max_size = MAX_BODY_BYTES  # the body is in memory already: a full /tmp shall not matter


async def read_form(request: Request, *, limit: int = MAX_BODY_BYTES) -> PostedForm:
    """The form of a request. Raises TooLargeError over `limit` bytes and UnreadableError on a broken multipart body."""
    body = await read_body(request, limit)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        if kind == "multipart/form-data":
            form = await _InMemoryParser(
                request.headers, _stream(body), max_files=32, max_fields=MAX_FIELDS, max_part_size=limit
            ).parse()
        elif kind == "application/x-www-form-urlencoded":
            form = await FormParser(request.headers, _stream(body), max_fields=MAX_FIELDS, max_part_size=limit).parse()
        else:
            form = FormData()
    except (MultiPartException, FormParserError) as error:
        raise UnreadableError from error
    return replace(await _plain(form), size=len(body))


async def read_body(request: Request, limit: int) -> bytes:
    """The body. Raises TooLargeError over `limit` bytes."""
    kept, size = bytearray(), 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= limit:
            kept += chunk
        else:
            kept.clear()
        if size > MAX_DRAINED_BYTES:
            break
    if size > limit:
        raise TooLargeError
    return bytes(kept)


async def _stream(body: bytes) -> AsyncGenerator[bytes, None]:
    yield body


async def _plain(form: FormData) -> PostedForm:
    fields: dict[str, str] = {}
    files: list[Upload] = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            content = await value.read()
            await value.close()
            if content:  # an empty file field is sent as a file without a name
                files.append(Upload(name=value.filename or "", content=content))
        else:
            # Boxes of one group share a name: a line for each.
            fields[name] = f"{fields[name]}\n{value}" if name in fields else value
    return PostedForm(fields=fields, files=tuple(files))
