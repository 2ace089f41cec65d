"""What the bot asked of the server."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass
class Call:
    """One request; `status` is None as long as it was not answered, 0 where the connection was cut."""

    method: str
    parameters: dict[str, Any]
    at: datetime
    sent_as: str
    status: int | None = None
    description: str = ""
    remote: str = ""  # the host that asked

    @property
    def chat_id(self) -> str:
        """Whom it is for, if anybody."""
        return str(self.parameters.get("chat_id", ""))
