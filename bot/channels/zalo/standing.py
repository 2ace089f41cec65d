"""What the account is, by Zalo's own word: its kind and package; looked at when we start and every hour."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.channels.watch import Watch
from bot.channels.zalo.api import OA, QUOTA, Api
from bot.channels.zalo.numbers import whole

KINDS = {1: "content", 2: "business", 4: "government"}  # oa_type; 1 is a guess by what the kinds are called
GOVERNMENT = 4
PACKAGE = {"quota_owner": "OA", "product_type": "cs", "quota_type": "sub_quota"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """As far as it is told."""

    oa_id: str = ""
    name: str = ""
    kind: int | None = None
    verified: bool = False
    package: str = ""
    package_until: date | None = None
    followers: int | None = None
    linked: bool = False  # a business account from which money is taken

    def plain(self) -> dict[str, Any]:
        """As data."""
        until = self.package_until.isoformat() if self.package_until else ""
        return {"kind": self.kind, "verified": self.verified, "package": self.package, "until": until}


async def standing(api: Api, watch: Watch) -> Standing:
    """Ask. Raises SendError, with Zalo's code where it says no."""
    return read(await api.look(OA, None, watch))


async def quota(api: Api, watch: Watch) -> tuple[int, int] | None:
    """Charged messages that the account's package still holds, and how many it held; None where that is not told.

    Raises SendError.
    """
    told = await api.ask(QUOTA, PACKAGE, watch)
    left = [
        (whole(one.get("remain")), whole(one.get("total")))
        for one in (told if isinstance(told, list) else [])
        if isinstance(one, dict)
    ]
    known = [(remain, total) for remain, total in left if remain is not None and total is not None]
    return (sum(remain for remain, _ in known), sum(total for _, total in known)) if known else None


def read(data: Any) -> Standing:
    """What getoa tells; every field may be missing, or be written otherwise."""
    told: Mapping[str, Any] = data if isinstance(data, dict) else {}
    return Standing(
        oa_id=str(told.get("oaid") or told.get("oa_id") or ""),
        name=str(told.get("name") or "")[:200],
        kind=whole(told.get("oa_type")),
        verified=str(told.get("is_verified")).lower() in ("true", "1"),
        package=str(told.get("package_name") or "")[:100],
        package_until=_day(told.get("package_valid_through_date")),
        followers=whole(told.get("num_follower")),
        linked=bool(told.get("linked_zca")),
    )


def _day(value: Any) -> date | None:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(str(value or "").strip()[:10], form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
