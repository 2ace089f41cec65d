"""What can be called: method, path, who answers, and the fields that mean something there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.support.zalo import noticing, queries, sending
from tests.support.zalo.calls import Call

if TYPE_CHECKING:
    from tests.support.zalo.state import State

Answer = Callable[["State", Call], Any]


@dataclass(frozen=True)
class Path:
    """`fields` is None where the answer itself looks after them, or where nobody does (old ways of sending).

    `templates`: it belongs to the templates' host, whose GETs read ordinary parameters and whose refusals have
    numbers of their own.
    """

    answer: Answer
    fields: frozenset[str] | None
    sent_as: str = "json"
    templates: bool = False


def _upload(kind: str) -> Path:
    def answer(state: "State", call: Call) -> dict[str, Any]:
        return state.files.take(kind, call)

    return Path(answer, frozenset({"file"}), "multipart")


def _get(answer: Answer, *fields: str, templates: bool = False) -> Path:
    return Path(answer, frozenset(fields), "query", templates)


_PHONE = frozenset({"phone", "template_id", "template_data", "tracking_id", "sending_mode", "mode"})
_USER = frozenset({"user_id", "template_id", "template_data"})
_PEOPLE = ("offset", "count", "tag_name", "last_interaction_period", "is_follower")

PATHS: dict[tuple[str, str], Path] = {
    ("POST", "/v3.0/oa/message/cs"): Path(sending.consult, None),
    ("POST", "/v3.0/oa/message/template"): Path(noticing.by_user, _USER),
    ("POST", "/v3.0/oa/message/promotion"): Path(sending.legacy, None),
    ("POST", "/v3.0/oa/message/transaction"): Path(sending.legacy, None),
    ("POST", "/v2.0/oa/message"): Path(sending.older, None),
    ("POST", "/v2.0/oa/upload/image"): _upload("image"),
    ("POST", "/v2.0/oa/upload/gif"): _upload("gif"),
    ("POST", "/v2.0/oa/upload/file"): _upload("file"),
    ("POST", "/v3.0/oa/quota/message"): Path(
        queries.quota, frozenset({"user_id", "quota_owner", "product_type", "quota_type"})
    ),
    ("GET", "/v2.0/oa/getoa"): _get(queries.getoa),
    ("GET", "/v2.0/oa/listrecentchat"): _get(queries.recent, "offset", "count"),
    ("GET", "/v2.0/oa/conversation"): _get(queries.conversation, "user_id", "offset", "count"),
    ("GET", "/v3.0/oa/user/detail"): _get(queries.detail, "user_id"),
    ("GET", "/v3.0/oa/user/getlist"): _get(queries.people, *_PEOPLE),
    ("POST", "/message/template"): Path(noticing.by_phone, _PHONE, templates=True),
    ("GET", "/message/status"): _get(noticing.status, "message_id", templates=True),
    ("GET", "/message/quota"): _get(noticing.quota, templates=True),
    ("GET", "/template/all"): _get(noticing.every, "offset", "limit", "status", templates=True),
    ("GET", "/template/info/v2"): _get(noticing.detail, "template_id", templates=True),
}
