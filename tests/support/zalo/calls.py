"""What the adapter asked of the server."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a request of several parts."""

    name: str
    mime: str
    data: bytes = field(repr=False)


@dataclass
class Call:
    """One request; `status` is None as long as it was not answered, 0 where the connection was cut.

    `body` is what the adapter meant: the JSON object of a POST, the object in `data=` of a GET, the fields of a form.
    """

    method: str
    path: str
    at: datetime
    headers: dict[str, str] = field(repr=False)  # names in small letters
    query: dict[str, str]
    sent_as: str = ""  # "json", "form", "multipart", "query" or "other"
    body: dict[str, Any] = field(default_factory=dict)
    flaw: str = ""  # why the body cannot be read, if so
    status: int | None = None
    answer: dict[str, Any] = field(default_factory=dict)

    @property
    def error(self) -> int:
        """The number of the answer; 0 where it was yes."""
        return int(self.answer.get("error", 0))

    @property
    def user_id(self) -> str:
        """Whom it is for, if anybody."""
        recipient = self.body.get("recipient")
        found = recipient.get("user_id") if isinstance(recipient, dict) else None
        return str(found or self.body.get("user_id") or "")


def leaves(value: Any, name: str = "") -> list[str]:
    """The dotted names of all that stands in a body; `[]` for each item of a list."""
    if isinstance(value, dict) and value:
        return [leaf for key, one in value.items() for leaf in leaves(one, f"{name}.{key}" if name else str(key))]
    if isinstance(value, list) and value:
        return list(dict.fromkeys(leaf for one in value for leaf in leaves(one, f"{name}[]")))
    return [name] if name else []
