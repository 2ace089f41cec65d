"""Which of somebody's addresses takes a notice now, and on what terms: core.windows, as a statement over all people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, false, literal, or_, type_coerce

from core.contacts import Refusal
from core.windows import Way, Window
from db.models import addresses


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What can be used for one message at one moment."""

    accounts: Sequence[str]
    now: datetime
    windows: Mapping[str, Window] = field(default_factory=dict)  # by account; one without an entry is always open
    template: bool = False  # the message has one

    def usable(self, c: Any) -> ColumnElement[bool]:
        """Whether an address (columns `c`) takes something from us, now or once they write again."""
        return and_(self.taken(c), c.account.in_(self.accounts))

    def taken(self, c: Any) -> ColumnElement[bool]:
        """Whether an address does, by whatever account."""
        none: ColumnElement[bool] = c.refusal.is_(None)
        return or_(none, c.refusal == Refusal.SILENT.value) if self.windows else none

    def way(self, c: Any) -> ColumnElement[str]:
        """The Way of a usable address, as `core.windows.way_to` has it."""
        each: list[tuple[ColumnElement[bool], Way]] = []
        for account, window in self.windows.items():
            mine = c.account == account
            if window.free is not None:
                each.append((and_(mine, c.refusal.is_(None), c.interacted_at >= self.now - window.free), Way.FREE))
            each.append((and_(mine, c.refusal.is_(None), c.interacted_at >= self.now - window.length), Way.CHARGED))
            each.append((mine, Way.TEMPLATE if self.template and window.templates else Way.CLOSED))
        open_ = literal(Way.OPEN.value, String())
        return case(*((which, literal(way.value, String())) for which, way in each), else_=open_) if each else open_

    def shut(self, c: Any) -> ColumnElement[bool]:
        """Whether nothing goes to a usable address now, and not even a template."""
        return self.way(c) == Way.CLOSED.value if self.windows else false()

    def by_template(self, c: Any) -> ColumnElement[bool]:
        """Whether only a template goes to a usable address."""
        return self.way(c) == Way.TEMPLATE.value if self.windows and self.template else false()


def since(c: Any = addresses.c) -> ColumnElement[Any]:
    """The last sign of life at an address; none where the provider says that the window is closed."""
    return type_coerce(
        case((c.refusal == Refusal.SILENT.value, None), else_=c.interacted_at), addresses.c.interacted_at.type
    )
