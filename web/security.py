"""Rules for every response and every post: headers, no posts from elsewhere, no trace on an error page."""

import traceback
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.errors import error_page

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
# Who posts here shows a signature or a key and never a cookie: a foreign page cannot post in anybody's name.
WITHOUT_COOKIES = ("/hooks/", "/inbox/")


class SecurityHeaders:
    """Puts HEADERS on every response that does not set its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class KindErrors:
    """Turns a fault of ours into a kind page. The log gets the places in the code and no value: a fault's own words
    may hold what somebody typed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except ClientDisconnect:
            return  # the browser went away in the middle of its post: nothing was stored
        except Exception as error:
            places = [
                f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
            ]
            structlog.get_logger().error("page_failed", kind=type(error).__name__, places=places[-8:])
            if not started and scope["type"] == "http":
                await error_page(Request(scope), 500)(scope, receive, send)


class SameSiteOnly:
    """Refuses posts that another site's page sends."""

    def __init__(self, app: ASGIApp, *, public_url: str) -> None:
        self._app = app
        self._public_host = urlsplit(public_url).netloc

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS and not _asks_no_cookie(scope):
            headers = Headers(scope=scope)
            if is_from_elsewhere(headers, {headers.get("host", ""), self._public_host}):
                await error_page(Request(scope), 403)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _asks_no_cookie(scope: Scope) -> bool:
    return str(scope["path"]).startswith(WITHOUT_COOKIES)


def is_from_elsewhere(headers: Headers, our_hosts: set[str]) -> bool:
    """Whether a post comes from another site's page.

    Browsers since 2020 say so themselves in Sec-Fetch-Site. Older ones send Origin, which our own referrer policy
    turns into "null" even for our own forms: there the cookie decides, which SameSite keeps from foreign posts.

    >>> is_from_elsewhere(Headers({"sec-fetch-site": "cross-site"}), {"a.vn"})
    True
    >>> is_from_elsewhere(Headers({"origin": "https://a.vn"}), {"a.vn"})
    False
    """
    said = headers.get("sec-fetch-site")
    if said is not None:
        return said not in ("same-origin", "none")
    origin = headers.get("origin", "null")
    return origin != "null" and urlsplit(origin).netloc not in our_hosts
