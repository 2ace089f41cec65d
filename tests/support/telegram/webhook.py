"""Where updates are sent to, and how that goes."""

import asyncio
import re
from dataclasses import dataclass
from datetime import datetime
from math import inf
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import telegram
from telegram.constants import WebhookLimit

from tests.support.telegram.answers import Told
from tests.support.telegram.delivery import Delivery
from tests.support.telegram.errors import bad_request, too_many
from tests.support.telegram.parameters import Parameters
from tests.support.telegram.polling import read_allowed

if TYPE_CHECKING:
    from tests.support.telegram.state import State

_PORTS = (443, 80, 88, 8443)
_TOO_SOON = 1  # second; the address cannot be set more often
_MANY = 40  # connections, where the bot names no number


@dataclass
class Webhook:
    """The address the bot gave, if it gave one."""

    url: str = ""
    secret: str = ""
    connections: int = _MANY
    last_error: str = ""
    last_error_at: datetime | None = None
    delivery: Delivery | None = None
    _set_at: float = -inf

    async def set(self, state: "State", parameters: Parameters) -> Told:
        """Take an address; an empty one takes it away. Raises ApiError when it cannot be one."""
        url, secret = parameters.text("url"), parameters.text("secret_token")
        if not url:
            return await self.delete(state, parameters)
        _check_url(url, allow_http=state.allow_http)
        if len(secret) > WebhookLimit.MAX_SECRET_TOKEN_LENGTH:
            raise bad_request("secret token is too long")
        if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
            raise bad_request("secret token contains unallowed characters")
        connections = parameters.integer("max_connections", _MANY)
        if not WebhookLimit.MIN_CONNECTIONS_LIMIT <= connections <= WebhookLimit.MAX_CONNECTIONS_LIMIT:
            raise bad_request("max_connections must be between 1 and 100")
        now = asyncio.get_running_loop().time()
        if (now - self._set_at) * state.hurry < _TOO_SOON:
            raise too_many(_TOO_SOON)
        self._set_at = now
        read_allowed(state, parameters)
        state.polling.end("terminated by setWebhook request")
        drop = parameters.flag("drop_pending_updates")
        same = not drop and (url, secret, connections) == (self.url, self.secret, self.connections)
        if not same:
            await self.stop()
            if drop:
                state.updates.clear()
            self.url, self.secret, self.connections = url, secret, connections
            self.last_error, self.last_error_at = "", None
            self.delivery = Delivery(state)
            self.delivery.start()
        return Told(True, "Webhook is already set" if same else "Webhook was set")

    async def delete(self, state: "State", parameters: Parameters) -> Told:
        """From now on the bot asks for updates itself."""
        had = bool(self.url)
        await self.forget()
        if parameters.flag("drop_pending_updates"):
            state.updates.clear()
        return Told(True, "Webhook was deleted" if had else "Webhook is already deleted")

    async def forget(self) -> None:
        """No address any more."""
        await self.stop()
        self.url = self.secret = ""

    async def stop(self) -> None:
        """Send nothing more."""
        delivery, self.delivery = self.delivery, None
        if delivery is not None:
            await delivery.stop()

    def failed(self, why: str, at: datetime) -> None:
        """Remember for getWebhookInfo."""
        self.last_error, self.last_error_at = why, at

    def info(self, state: "State") -> dict[str, Any]:
        """What getWebhookInfo tells."""
        return telegram.WebhookInfo(
            url=self.url,
            has_custom_certificate=False,
            pending_update_count=len(state.updates),
            last_error_date=self.last_error_at,
            last_error_message=self.last_error or None,
            max_connections=self.connections if self.url else None,
            allowed_updates=sorted(state.updates.allowed),
        ).to_dict()


def _check_url(url: str, *, allow_http: bool) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    if allow_http:
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
