"""The Official Account itself: its kind, its package, and what it may not do."""

from dataclasses import dataclass, field
from typing import Any

from tests.support.zalo.errors import OaError

BUSINESS, GOVERNMENT = 2, 4
GETOA = "/v2.0/oa/getoa"


@dataclass
class OaProfile:
    """What getoa tells, and `refuse` for what the kind or the package forbids."""

    oa_id: str
    name: str = "Ủy ban nhân dân phường Đăk Cấm"
    description: str = "Kênh hỏi đáp của phường"
    type: int = BUSINESS
    is_verified: bool = True
    package_name: str = "Nâng cao"
    package_valid_through_date: str = "31/12/2026"
    linked_zca: str = "ZCA-1"
    _refused: dict[str, int] = field(default_factory=dict)
    _refused_all: int = 0
    _spared: set[str] = field(default_factory=set)

    def refuse(self, code: int, *, path: str = "", spare: tuple[str, ...] = (GETOA,)) -> None:
        """Answer with this number at this path; without a path, everywhere but at those spared (doubt: is getoa?).

        -235: not for this kind of OA. -224: package too small. -221: not verified. -212, -209: app not registered.
        """
        if path:
            self._refused[path] = code
        else:
            self._refused_all, self._spared = code, set(spare)

    def allow(self) -> None:
        """Everything may be done again."""
        self._refused, self._refused_all = {}, 0

    def check(self, path: str) -> None:
        """Raises OaError where this may not be done."""
        code = self._refused.get(path, 0 if path in self._spared else self._refused_all)
        if code:
            raise OaError(code)

    def wire(self, followers: int) -> dict[str, Any]:
        """The data of getoa."""
        return {
            "oaid": self.oa_id,
            "name": self.name,
            "description": self.description,
            "oa_alias": "",
            "is_verified": self.is_verified,
            "oa_type": self.type,
            "cate_name": "Cơ quan nhà nước" if self.type == GOVERNMENT else "Dịch vụ",
            "num_follower": followers,
            "avatar": "",
            "cover": "",
            "package_name": self.package_name,
            "package_valid_through_date": self.package_valid_through_date,
            "package_auto_renew_date": "",
            "linked_zca": self.linked_zca,
        }
