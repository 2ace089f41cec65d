"""What the server tells an app: bodies of events, field by field in the order of the documented samples."""

import json
import random
from typing import Any

Body = dict[str, Any]


class Bodies:
    """Events of one app and one OA."""

    def __init__(self, app_id: str, oa_id: str) -> None:
        self._app_id, self._oa_id = app_id, oa_id

    def message(self, name: str, who: tuple[str, str], message: Body, timestamp: str) -> Body:
        """Something a person wrote or sent; `who` is their id with the OA and with the app."""
        return {
            "app_id": self._app_id,
            "sender": {"id": who[0]},
            "user_id_by_app": who[1],
            "recipient": {"id": self._oa_id},
            "event_name": name,
            "message": message,
            "timestamp": timestamp,
        }

    def echo(self, name: str, who: tuple[str, str], message: Body, timestamp: str, *, admin_id: str = "") -> Body:
        """Something the OA wrote; `admin_id` stands there only where a human wrote it."""
        return {
            "app_id": self._app_id,
            "sender": {"id": self._oa_id} | ({"admin_id": admin_id} if admin_id else {}),
            "recipient": {"id": who[0]},
            "user_id_by_app": who[1],
            "event_name": name,
            "message": message,
            "timestamp": timestamp,
        }

    def receipt(self, name: str, user_id: str, message: Body, timestamp: str) -> Body:
        """Received or seen: the sender is the OA, the recipient the person."""
        return {
            "sender": {"id": self._oa_id},
            "recipient": {"id": user_id},
            "event_name": name,
            "message": message,
            "app_id": self._app_id,
            "timestamp": timestamp,
        }

    def follow(self, name: str, who: tuple[str, str], source: str, timestamp: str) -> Body:
        """follow or unfollow: no sender, no recipient, no message."""
        return {
            "oa_id": self._oa_id,
            "follower": {"id": who[0]},
            "user_id_by_app": who[1],
            "event_name": name,
            "source": source,
            "app_id": self._app_id,
            "timestamp": timestamp,
        }

    def withdrawn(self, part: str, who: tuple[str, str], timestamp: str) -> Body:
        """user_withdraw: where the person stands in it is not described; `part` is an object with an id, or user_id."""
        return {
            "oa_id": self._oa_id,
            part: who[0] if part == "user_id" else {"id": who[0]},
            "event_name": "user_withdraw",
            "app_id": self._app_id,
            "timestamp": timestamp,
        }

    def opened(self, who: tuple[str, str], timestamp: str) -> Body:
        """user_click_chatnow: the person stands in a field of its own."""
        return {
            "oa_id": self._oa_id,
            "user_id": who[0],
            "user_id_by_app": who[1],
            "event_name": "user_click_chatnow",
            "app_id": self._app_id,
            "timestamp": timestamp,
        }

    def about(self, name: str, user_id: str, more: Body, timestamp: str) -> Body:
        """Anything else a person did."""
        return {
            "app_id": self._app_id,
            "sender": {"id": user_id},
            "recipient": {"id": self._oa_id},
            "event_name": name,
            **more,
            "timestamp": timestamp,
        }


def compact(body: Body) -> bytes:
    """JSON without a blank, letters as they are."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def odd(body: Body, chance: random.Random) -> bytes:
    """The same said in other bytes: fields in another order, letters as \\u, slashes escaped, blanks here and there.

    Whether the real serialiser does any of it is not known: whoever checks the bytes received need not know.
    """
    return json.dumps(_shuffled(body, chance), ensure_ascii=True, separators=(" ,", ": ")).replace("/", "\\/").encode()


def _shuffled(value: Any, chance: random.Random) -> Any:
    if isinstance(value, list):
        return [_shuffled(one, chance) for one in value]
    if not isinstance(value, dict):
        return value
    keys = list(value)
    chance.shuffle(keys)
    return {key: _shuffled(value[key], chance) for key in keys}
