"""What Telegram says no with, in the words every channel shares.

Told apart by status and parameters first, by text only where there is no other way. Of the text nothing is kept: it
may repeat what a person wrote.
"""

from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiohttp import ClientConnectorError, ConnectionTimeoutError

from core.contacts import Refusal
from core.errors import SendError, SendErrorKind

REFUSED_FOR = 60.0  # seconds until a token that was refused is tried again: an operator must act first
SLOW_DOWN = 5.0  # seconds, where Telegram asks for patience without saying how much

# Parts of Telegram's texts, lower case, with what each means for the address.
_FORBIDDEN = {
    "deactivated": Refusal.GONE,
    "initiate conversation": Refusal.NEVER_STARTED,
    "blocked": Refusal.BLOCKED,
    "kicked": Refusal.BLOCKED,
}
_UNKNOWN_CHAT = ("chat not found", "user not found", "peer_id_invalid", "chat_id is empty")
_CODES = {
    "parse entities": "entities",
    "message is too long": "too_long",
    "caption is too long": "too_long",
    "text is empty": "empty",
    "button_data_invalid": "button",
    "file identifier": "file",
    "not modified": "not_modified",
    "query is too old": "too_old",
}


def refusal_of(error: AiogramError) -> SendError:  # noqa: PLR0911 - a table, a line each
    """The decision that an answer of Telegram, or the lack of one, stands for."""
    match error:
        case TelegramRetryAfter():
            return SendError(SendErrorKind.THROTTLED, retry_after=float(error.retry_after), code="429")
        case TelegramMigrateToChat():
            return SendError(SendErrorKind.MOVED, code="400", moved_to=str(error.migrate_to_chat_id))
        case TelegramUnauthorizedError():
            return _misconfigured("401", "the token is not accepted")
        case TelegramNotFound():
            return _misconfigured("404", "the token or the API address is wrong")
        case TelegramConflictError():
            return _misconfigured("409", "another program uses this bot")
        case TelegramForbiddenError():
            return SendError(SendErrorKind.CONTACT_STOPPED, code="403", refusal=_forbidden(error.message))
        case TelegramBadRequest():
            return _bad_request(error.message)
        case TelegramEntityTooLarge():
            return SendError(SendErrorKind.REJECTED, code="413", detail="the file is too large")
        case TelegramNetworkError():
            return _network(error)
        case TelegramServerError() | ClientDecodeError():
            return SendError(SendErrorKind.UNREACHABLE, code="5xx", detail="trouble at Telegram")
        case TelegramAPIError() if "too many requests" in error.message.lower():
            return SendError(SendErrorKind.THROTTLED, retry_after=SLOW_DOWN, code="429")
    return SendError(SendErrorKind.REJECTED, detail=type(error).__name__)


def code_of(message: str) -> str:
    """A short name for what a 400 says; "other" for what is not known."""
    said = message.lower()
    return next((code for part, code in _CODES.items() if part in said), "other")


def _misconfigured(code: str, detail: str) -> SendError:
    return SendError(SendErrorKind.MISCONFIGURED, retry_after=REFUSED_FOR, code=code, detail=detail)


def _forbidden(message: str) -> Refusal:
    said = message.lower()
    return next((refusal for part, refusal in _FORBIDDEN.items() if part in said), Refusal.BLOCKED)


def _bad_request(message: str) -> SendError:
    if any(part in message.lower() for part in _UNKNOWN_CHAT):
        return SendError(SendErrorKind.CONTACT_STOPPED, code="400", refusal=Refusal.INVALID)
    return SendError(SendErrorKind.REJECTED, code="400", detail=code_of(message))


def _network(error: TelegramNetworkError) -> SendError:
    if isinstance(error.__cause__, ClientConnectorError | ConnectionTimeoutError):
        return SendError(SendErrorKind.UNREACHABLE, code="network", detail="no connection")
    # The request may have left: whether the person has the message, nobody can know.
    return SendError(SendErrorKind.IN_DOUBT, code="network", detail=str(type(error.__cause__).__name__))
