"""Template messages: approved texts with parameters, for whom the window is closed; each has its price."""

import re
from dataclasses import dataclass, field
from typing import Any

from tests.support.zalo.errors import OaError
from tests.support.zalo.shown import Shown

_MAX_TRACKING = 48
_NO_ACCOUNT, _MODES = -118, ("1", "3")  # sending_mode: normal, beyond the quota


@dataclass
class Template:
    """`parameters` by name with the most characters each may have. Prices in đồng; `by_uid`: also to user ids."""

    id: str
    name: str
    parameters: dict[str, int]
    price: int = 300
    uid_price: int = 120
    by_uid: bool = True
    status: str = "ENABLE"  # PENDING_REVIEW, REJECT, DISABLE, DELETE

    def check(self, data: Any) -> dict[str, str]:
        """The values, where they fit. Raises OaError."""
        if not isinstance(data, dict) or not data:
            raise OaError(-111)
        for name, longest in self.parameters.items():
            if name not in data:
                raise OaError(-1122)
            if not isinstance(data[name], str):
                raise OaError(-112)
            if len(data[name]) > longest:
                raise OaError(-1121)
        return {name: data[name] for name in self.parameters}

    def summary(self) -> dict[str, Any]:
        """As it stands in the list of all (field names recalled, not captured)."""
        return {"templateId": int(self.id), "templateName": self.name, "status": self.status, "templateQuality": "HIGH"}

    def detail(self) -> dict[str, Any]:
        """With its parameters and price (field names recalled, not captured)."""
        parameters = [
            {"name": name, "require": True, "type": "STRING", "maxLength": longest, "minLength": 1, "acceptNull": False}
            for name, longest in self.parameters.items()
        ]
        return self.summary() | {"listParams": parameters, "price": str(self.price), "priceUid": str(self.uid_price)}


@dataclass
class Templates:
    """By id. `night_ban`: refuse from 22:00 to 05:59 as before (doubt: rule -133 in 2026). `admins`: phone numbers."""

    by_id: dict[str, Template] = field(default_factory=dict)
    night_ban: bool = False
    admins: set[str] = field(default_factory=set)
    delivered: dict[str, int] = field(default_factory=dict)  # status by message id: 0 on its way, 1 there

    def add(self, template: Template) -> Template:
        """One more template of the OA."""
        self.by_id[template.id] = template
        return template

    def approved(self, template_id: Any, *, unknown: int = -109) -> Template:
        """The template of this id. Raises OaError when there is none, or it may not be used."""
        template = self.by_id.get(template_id) if isinstance(template_id, str) else None
        if template is None:
            raise OaError(unknown)
        if template.status != "ENABLE":
            raise OaError(-131)
        return template


def check_phone(phone: Any) -> str:
    """A number as 84…, without a plus. Raises OaError."""
    if not isinstance(phone, str) or not re.fullmatch(r"84[0-9]{9}", phone):
        raise OaError(-108)
    return phone


def check_tracking(body: dict[str, Any]) -> str:
    """The sender's own mark, 48 characters at most. Raises OaError."""
    mark = body.get("tracking_id", "")
    if not isinstance(mark, str) or len(mark) > _MAX_TRACKING:
        raise OaError(-132)
    return mark


def check_mode(body: dict[str, Any]) -> str:
    """ "1" or "3", as a string. Raises OaError."""
    mode = body.get("sending_mode", "1")
    if mode not in _MODES:
        raise OaError(-132)
    return str(mode)


def shown_of(template: Template, data: dict[str, str]) -> Shown:
    """What the person will see: the name of the template and its values, since the texts lie with Zalo."""
    return Shown("template", text=template.name, template_id=template.id, template_data=data)
