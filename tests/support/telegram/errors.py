"""How the Bot API says no."""

from typing import Any


class ApiError(Exception):
    """A refusal as the server writes it: a code, a text, and sometimes what to do about it."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters

    def wire(self) -> dict[str, Any]:
        """The body of the answer."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(text: str) -> ApiError:
    """400: asking again changes nothing."""
    return ApiError(400, f"Bad Request: {text}")


def forbidden(text: str) -> ApiError:
    """403: this chat takes nothing from the bot."""
    return ApiError(403, f"Forbidden: {text}")


def conflict(text: str) -> ApiError:
    """409: somebody else takes the updates."""
    return ApiError(409, f"Conflict: {text}")


def too_many(retry_after: int) -> ApiError:
    """429: wait so many seconds."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})


def not_found() -> ApiError:
    """404: no such method, or nothing like a token in the path."""
    return ApiError(404, "Not Found")


def unauthorized() -> ApiError:
    """401: a token that is not (any more) a bot's."""
    return ApiError(401, "Unauthorized")


def too_large() -> ApiError:
    """413: more bytes than the server takes in."""
    return ApiError(413, "Request Entity Too Large")
