"""Pictures and voices that people send lie with Zalo: they are fetched from its hosts alone, as far as they fit.

Their addresses stand in what is delivered, and whoever forged a delivery could have us ask anything for them: so only
hosts of Zalo over https, and the server that we talk to ourselves. Redirects are not followed.
"""

from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.channels.zalobot.api import CONNECT_WITHIN
from core.errors import SendError, SendErrorKind

# Live captures of 2026: photo-stal-1.zdn.vn, f2-voice-aac-dl.zdn.vn, zalo-api.zadn.vn.
HOSTS = ("zdn.vn", "zadn.vn")
FETCH_WITHIN = 60.0  # seconds for at most 5 MB
CHUNK = 65536  # bytes


def allowed(address: str, base: str) -> bool:
    """Whether a file may be fetched from there. `base` is the API's own address.

    >>> [allowed(one, "https://bot.example") for one in ("https://a.zdn.vn/x.jpg", "https://zdn.vn.evil.example/x")]
    [True, False]
    """
    try:
        read, own = urlsplit(address), urlsplit(base)
        same = (read.scheme, read.hostname, read.port) == (own.scheme, own.hostname, own.port)
    except ValueError:
        return False
    if read.username is not None or read.password is not None or not address.isprintable() or not read.hostname:
        return False
    host = read.hostname.rstrip(".")
    return same or (
        read.scheme == "https"
        and read.port in (None, 443)
        and any(host == one or host.endswith(f".{one}") for one in HOSTS)
    )


async def download(client: ClientSession, address: str, *, at_most: int) -> bytes:
    """A file of at most so many bytes.

    Raises SendError: REJECTED where it is larger or gone, UNREACHABLE where another try is worth it.
    """
    content = bytearray()
    limits = ClientTimeout(total=FETCH_WITHIN, connect=CONNECT_WITHIN)
    try:
        async with client.get(address, timeout=limits, allow_redirects=False) as answer:
            if answer.status != 200:
                later = answer.status >= 500 or answer.status == 429
                kind = SendErrorKind.UNREACHABLE if later else SendErrorKind.REJECTED
                raise SendError(kind, code=str(answer.status), detail="Zalo does not hand the file over")
            async for chunk in answer.content.iter_chunked(CHUNK):
                content += chunk
                if len(content) > at_most:
                    raise SendError(SendErrorKind.REJECTED, code="size", detail="the file is too large")
    except (ClientError, TimeoutError, ValueError) as error:  # ValueError: an address that is none
        raise SendError(SendErrorKind.UNREACHABLE, code="network", detail=type(error).__name__) from None
    return bytes(content)
