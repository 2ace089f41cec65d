"""What a person sees of the Official Account."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple


class Button(NamedTuple):
    """Under a message, one below the other. `gives` is its payload: the text of a query, else what it opens."""

    title: str
    type: str
    gives: str
    payload: Any


@dataclass
class Shown:
    """A message on the screen. It cannot be changed or taken back: there is no call for that."""

    kind: str  # text, image, gif, sticker, file, list, request_user_info, article, promotion, transaction or template
    message_id: str = ""
    at: datetime | None = None  # None until it is shown
    text: str = ""
    buttons: list[Button] = field(default_factory=list)
    elements: list[dict[str, Any]] = field(default_factory=list)
    file: bytes | None = field(default=None, repr=False)  # of the picture or file that was uploaded before
    file_name: str = ""
    url: str = ""  # of a picture that was named instead of uploaded
    quoted: str = ""  # the id of the message it answers
    template_id: str = ""
    template_data: dict[str, str] = field(default_factory=dict)
    tracking_id: str = ""
    phone: str = ""  # where a template came by telephone number
    admin_id: str = ""  # of the officer who wrote it by hand
    quota: str = ""  # what it was taken from: reply, sub_quota, or nothing
    price: int = 0  # đồng
    seen: bool = False

    @property
    def labels(self) -> list[str]:
        """What can be tapped."""
        return [button.title for button in self.buttons]
