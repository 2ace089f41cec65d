"""What the adapter may ask about the OA, its people and its quota."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.support.zalo.calls import Call
from tests.support.zalo.errors import OaError, invalid
from tests.support.zalo.windows import FREE, VIETNAM, milliseconds

if TYPE_CHECKING:
    from tests.support.zalo.people import Line, Person
    from tests.support.zalo.state import State

_CHATS, _USERS, _LAST_OFFSET = 10, 50, 9951
_PERIODS = {"TODAY": (0, 0), "YESTERDAY": (1, 1), "L7D": (0, 7), "L30D": (0, 30)}  # days ago: last and first


def getoa(state: "State", call: Call) -> dict[str, Any]:
    """The OA's kind and package."""
    return state.oa.wire(sum(person.following for person in state.people.values()))


def detail(state: "State", call: Call) -> dict[str, Any]:
    """One person; only who follows is told of (-213 otherwise). The last interaction is precise to the day."""
    person = state.person(call.body.get("user_id"))
    if not person.following:
        raise OaError(-213)
    last = person.window.last
    shared = {"address": "", "city": "", "district": "", "phone": "", "name": ""} | person.shared
    avatar = f"{state.files.base}/avatar/{person.id}.jpg"
    return {
        "user_id": person.id,
        "user_id_by_app": person.id_by_app,
        "user_external_id": "",
        "display_name": person.name,
        "user_alias": "",
        "is_sensitive": False,
        "user_last_interaction_date": last.astimezone(VIETNAM).strftime("%d/%m/%Y") if last else "",
        "user_is_follower": person.following,
        "avatar": avatar,
        "avatars": {"120": avatar, "240": avatar},
        "dynamic_param": "",
        "tags_and_notes_info": {"notes": [], "tag_names": []},
        "shared_info": shared,
    }


def people(state: "State", call: Call) -> dict[str, Any]:
    """Who follows or wrote, fifty at most at a time. Raises OaError."""
    offset, count = _page(call, _USERS, _LAST_OFFSET)
    found = [person for person in state.people.values() if person.following or person.window.last]
    if "is_follower" in call.body:
        wanted = str(call.body["is_follower"]).lower() == "true"
        found = [person for person in found if person.following == wanted]
    if period := call.body.get("last_interaction_period"):
        first, last = _days(state, str(period))
        found = [person for person in found if person.window.last and first <= _day(person.window.last) <= last]
    page = [{"user_id": person.id} for person in found[offset : offset + count]]
    return {"total": len(found), "count": len(page), "offset": offset, "users": page}


def recent(state: "State", call: Call) -> list[dict[str, Any]]:
    """The newest message of each chat, newest chat first; the list itself is the data."""
    offset, count = _page(call, _CHATS)
    chats = [(person.lines[-1], person) for person in state.people.values() if person.lines]
    chats.sort(key=lambda chat: chat[0].at, reverse=True)
    return [_line(state, person, line) for line, person in chats[offset : offset + count]]


def conversation(state: "State", call: Call) -> list[dict[str, Any]]:
    """One person's chat, newest first (the order is recalled)."""
    person = state.person(call.body.get("user_id"))
    offset, count = _page(call, _CHATS)
    return [_line(state, person, line) for line in person.lines[::-1][offset : offset + count]]


def quota(state: "State", call: Call) -> Any:
    """By person: the exact last interaction. By owner: what is left of the package. Raises OaError."""
    body = call.body
    if "user_id" in body:
        person = state.person(body["user_id"])
        last = person.window.last
        free = last is not None and state.clock.now() - last <= FREE
        return {
            "last_interaction": milliseconds(last) if last else "0",
            "cs_reply": {"remain": 8 if free else 0, "total": 8},
            "promotion": {"daily_remain": 1, "daily_total": 1, "monthly_remain": 4, "monthly_total": 4},
        }
    if body.get("quota_owner") not in ("OA", "App"):
        raise invalid("quota_owner")
    if (body.get("product_type"), body.get("quota_type")) != ("cs", "sub_quota"):
        return []
    asset = {"asset_id": "a1", "product_type": "cs", "quota_type": "sub_quota", "valid_through": "31/12/2026"}
    return [asset | {"total": state.quota.sub_total, "remain": state.quota.sub_remain}]


def _page(call: Call, most: int, last_offset: int | None = None) -> tuple[int, int]:
    offset, count = call.body.get("offset", 0), call.body.get("count", most)
    if not isinstance(offset, int) or offset < 0 or (last_offset is not None and offset > last_offset):
        raise invalid("offset")
    if not isinstance(count, int) or not 1 <= count <= most:
        raise invalid("count")
    return offset, count


def _day(moment: datetime) -> str:
    return moment.astimezone(VIETNAM).strftime("%Y_%m_%d")


def _days(state: "State", period: str) -> tuple[str, str]:
    if period in _PERIODS:
        last, first = (_day(state.clock.now() - timedelta(days=days)) for days in _PERIODS[period])
        return first, last
    first, colon, last = period.partition(":")
    if not colon:
        raise invalid("last_interaction_period")
    return first, last


def _line(state: "State", person: "Person", line: "Line") -> dict[str, Any]:
    oa = (state.oa.oa_id, state.oa.name)
    sender, receiver = ((person.id, person.name), oa) if line.by_person else (oa, (person.id, person.name))
    return {
        "src": int(line.by_person),
        "time": int(milliseconds(line.at)),
        "type": line.kind,
        "message": line.text,
        "message_id": line.message_id,
        "from_id": sender[0],
        "to_id": receiver[0],
        "from_display_name": sender[1],
        "from_avatar": "",
        "to_display_name": receiver[1],
        "to_avatar": "",
    }
