"""The web server in front: whether it says whose requests it passes on.

Where it does not, everybody has the address of this machine, and all limits by address are shared: ten wrong sign-ins
of a stranger lock every officer out.
"""

from ipaddress import ip_address

import structlog
from starlette.types import ASGIApp, Receive, Scope, Send

from web.security import SAFE_METHODS

NAMES = b"x-forwarded-for"


class Fronting:
    """What the last request that changes something showed of it."""

    def __init__(self, public_url: str = "") -> None:
        self._expected = public_url.startswith("https://")  # https comes from a web server in front
        self._told = False
        self.nameless = False  # it passes requests on without saying whose they are

    def look(self, scope: Scope) -> None:
        """Note how a request came; what is wrong is said in the log once."""
        if not self._expected or scope["type"] != "http" or scope["method"] in SAFE_METHODS:
            return
        named = any(name == NAMES for name, _ in scope["headers"])
        self.nameless = not named and _is_this_machine(scope)
        if self.nameless and not self._told:
            self._told = True
            structlog.get_logger().warning("no_forwarded_for", mend="proxy_set_header X-Forwarded-For $remote_addr;")


def _is_this_machine(scope: Scope) -> bool:
    host = scope["client"][0] if scope.get("client") else ""
    try:
        found = ip_address(host)
    except ValueError:
        return False
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback


class FrontWatch:
    """Looks at every request before anything else does."""

    def __init__(self, app: ASGIApp, *, fronting: Fronting) -> None:
        self._app, self._fronting = app, fronting

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._fronting.look(scope)
        await self._app(scope, receive, send)
