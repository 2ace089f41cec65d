"""What a bot asked of the server, what people see of it, and how the server says no."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass
class Call:
    """One request; `code` is 0 where it was granted, the error's number where not, None while it is open or cut."""

    method: str
    parameters: dict[str, Any]
    at: datetime
    sent_as: str
    code: int | None = None


@dataclass
class Shown:
    """A message on the screen. `pictures` are the downloads of a picture, None for one that failed."""

    message_id: str
    at: datetime
    kind: str = "text"
    text: str = ""
    pictures: list[bytes | None] = field(default_factory=list)

    @property
    def black(self) -> bool:
        """A picture of which the last download failed."""
        return self.kind == "photo" and self.pictures[-1:] == [None]


class ApiError(Exception):
    """A refusal as the server writes it."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code, self.description = code, description

    def wire(self) -> dict[str, Any]:
        """The body of the answer."""
        return {"ok": False, "description": self.description, "error_code": self.code}
