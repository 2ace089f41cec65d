"""What the Bot Platform says no with, in the words every channel shares.

By its number alone, as far as that goes; of a description nothing is kept, since it may repeat what a person wrote.
The body's number counts, not the status of HTTP: errors come with 200 as well (documented: `call_api`).
"""

from collections.abc import Mapping
from typing import Any

from aiohttp import ClientConnectorError, ConnectionTimeoutError

from core.contacts import Refusal
from core.errors import SendError, SendErrorKind

REFUSED_FOR = 60.0  # seconds until a token that was refused is tried again: an operator must act first
EMPTY = 408  # of getUpdates: nobody wrote
QUOTA = "quota"  # the code shown where a 429 speaks of a quota
_UNKNOWN_CHAT = ("chat not found", "user not found", "chat_id", "chat id", "recipient")


def refusal_of(status: int, told: Mapping[str, Any], *, about_person: bool) -> SendError:
    """The decision that an answer stands for. `about_person`: it was about one chat."""
    number = told.get("error_code")
    code = number if isinstance(number, int) and not isinstance(number, bool) else status
    said = told.get("description")
    description = said.lower() if isinstance(said, str) else ""
    if code in _WRONG:
        return SendError(SendErrorKind.MISCONFIGURED, retry_after=REFUSED_FOR, code=str(code), detail=_WRONG[code])
    if code == 429:
        return SendError(SendErrorKind.THROTTLED, code=QUOTA if "quota" in description else "429")
    if code == 403:
        return _forbidden(about_person)
    if code in (400, 413):
        return _bad_request(code, description, about_person)
    return _lost(code, told)


_WRONG = {
    401: "the token is not accepted",
    404: "the token or the API address is wrong",
    409: "a webhook is set, or another program uses this bot",
}


def _forbidden(about_person: bool) -> SendError:
    # Doubt "unknown chat_id": whether 403 means that the person sent us away or that the bot lost a right is not told.
    # A token without rights fails with every call, a person with theirs only.
    if about_person:
        return SendError(SendErrorKind.CONTACT_STOPPED, code="403", refusal=Refusal.BLOCKED)
    return SendError(SendErrorKind.MISCONFIGURED, retry_after=REFUSED_FOR, code="403", detail="the bot may not do this")


def _bad_request(code: int, description: str, about_person: bool) -> SendError:
    # Doubt "unknown chat_id": 400 or 403; both are understood.
    if about_person and any(part in description for part in _UNKNOWN_CHAT):
        return SendError(SendErrorKind.CONTACT_STOPPED, code=str(code), refusal=Refusal.INVALID)
    return SendError(SendErrorKind.REJECTED, code=str(code), detail="the platform does not take this")


def _lost(code: int, told: Mapping[str, Any]) -> SendError:
    """Trouble on their side, or an answer that cannot be read: what may have been done is a doubt."""
    if code >= 500 and code != 504:
        return SendError(SendErrorKind.UNREACHABLE, code="5xx", detail="trouble at Zalo")
    if code in (EMPTY, 504) or not told:
        return SendError(SendErrorKind.IN_DOUBT, code=str(code), detail="the answer was lost")
    if told.get("ok") is False:
        return SendError(SendErrorKind.REJECTED, code=str(code), detail="a refusal that is not known")
    return SendError(SendErrorKind.IN_DOUBT, code=str(code), detail="an answer that is none")


def connection_refusal(error: Exception) -> SendError:
    """What never left is no doubt: no name, no connection, no free place."""
    if isinstance(error, ClientConnectorError | ConnectionTimeoutError):
        return SendError(SendErrorKind.UNREACHABLE, code="network", detail="no connection")
    return SendError(SendErrorKind.IN_DOUBT, code="network", detail=type(error).__name__)
