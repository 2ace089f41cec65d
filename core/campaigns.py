"""A notice to many: what it says and to whom, its states, and the hash that an approval is bound to."""

import hashlib
import json
import math
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.audience import Audience, Field, asks_for, localities, parse, plain
from core.caps import LOCAL
from core.messages import Attachment, Template, attachment_from_json, attachment_to_json
from core.templates import plain_template, read_template

LONGEST_TEXT = 1_000  # characters: more is not read on a small screen
LONGEST_LINE = 200
MOST_FILES = 3
MOST_TOPICS = 12  # two themes of the packs
HOLD_BACK = 120  # seconds between the approval and the first message, unless the file says otherwise
FALL_BACK = 24  # hours without delivery until another way is tried, unless the file says otherwise
_KEYS = frozenset(
    {"kind", "title", "source", "text", "audience", "sending", "replies", "attachments", "topics", "zalo", "public"}
)
_DAYS = ("%d/%m/%Y %H:%M", "%H:%M %d/%m/%Y")  # as Vietnamese offices write a moment
_HOUR = re.compile(r"(\d{1,2})\s*(?:giờ|h|g)(?:\s*(\d{2})\b(?!/))?", re.IGNORECASE)  # "17h", "7g30", "20 giờ 15"
_AROUND = re.compile(r"(?:\s|,|\bngày\b|\blúc\b)+", re.IGNORECASE)
_SENDING = frozenset({"urgent", "hold_back_seconds", "on_doubt", "not_after", "fall_back_hours"})


class CampaignState(StrEnum):
    """Where a campaign stands.

    draft -> submitted -> approved -> sending -> finished; approved and sending may be paused, and resumed; all but the
    last two may be stopped. An edit leads back to draft, and so does a submitted one that is returned.
    """

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"  # waits for its hold-back to end
    SENDING = "sending"
    PAUSED = "paused"
    FINISHED = "finished"
    STOPPED = "stopped"


class Step(StrEnum):
    """What somebody does to a campaign."""

    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"  # not approved, with the reason: its author may write it anew
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"


_S = CampaignState
STEPS: Mapping[Step, Mapping[CampaignState, CampaignState]] = {
    Step.SUBMIT: {_S.DRAFT: _S.SUBMITTED},
    Step.APPROVE: {_S.SUBMITTED: _S.APPROVED},
    Step.RETURN: {_S.SUBMITTED: _S.DRAFT},
    Step.PAUSE: {_S.APPROVED: _S.PAUSED, _S.SENDING: _S.PAUSED},
    Step.RESUME: {_S.PAUSED: _S.APPROVED},
    Step.STOP: dict.fromkeys((_S.DRAFT, _S.SUBMITTED, _S.APPROVED, _S.SENDING, _S.PAUSED), _S.STOPPED),
}


# Where it may be written anew: nobody has it yet.
EDITABLE = (_S.DRAFT, _S.SUBMITTED, _S.APPROVED)


class OnDoubt(StrEnum):
    """What is done with a message that may have arrived."""

    RESEND = "resend"  # sent once more: nobody is missed, somebody may get it twice
    HOLD = "hold"  # left to an officer: nobody gets it twice, somebody may be missed


class Settlement(StrEnum):
    """What an officer says of a message in doubt."""

    ARRIVED = "arrived"
    NOT_ARRIVED = "not-arrived"
    AGAIN = "again"  # send it once more, whatever became of it


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyWords:
    """What people are asked to answer, in any spelling, and what they hear then."""

    words: tuple[str, ...]
    answer: Mapping[str, str]  # by language, Vietnamese always
    remind: datetime | None = None  # when what they sign up for by it begins: they are told the evening before

    def said(self, lang: str) -> str:
        """The answer in a language, in Vietnamese where there is none in it."""
        return self.answer.get(lang) or self.answer["vi"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """All that an approver says yes to."""

    title: str  # for officers
    source: str  # whose word it is, told to citizens
    text: Mapping[str, str]  # by language, Vietnamese always
    audience: Audience
    urgent: bool = False  # no quiet hours and no cap of notices a person
    hold_back: int = HOLD_BACK  # seconds
    on_doubt: OnDoubt = OnDoubt.RESEND
    not_after: datetime | None = None  # too late to be sent then
    fall_back: int = FALL_BACK  # hours until another address or another of the household is tried; 0: never
    replies: tuple[ReplyWords, ...] = ()
    attachments: tuple[Attachment, ...] = ()  # pictures and papers that go along
    template: Template | None = None  # how it goes to whoever may not be written to in these words
    # Whether it stands on the place's public pages; None: as core/publishing.py judges by its audience.
    public: bool | None = None
    topics: tuple[str, ...] = ()  # what it is about: who stopped all of these, or chose others, does not get it

    @property
    def joins(self) -> bool:
        """Whether it may go to somebody together with others: nothing is lost by standing among them."""
        return not (self.urgent or self.replies or self.attachments)

    def said(self, lang: str) -> str:
        """The text in a language, in Vietnamese where there is none in it."""
        return self.text.get(lang) or self.text["vi"]

    @property
    def localities(self) -> frozenset[str]:
        """The places it goes to; empty where it may go anywhere."""
        return localities(self.audience) or frozenset()

    def plain(self) -> dict[str, Any]:
        """As data, one way for each meaning."""
        replies = [
            {
                "words": list(one.words),
                "answer": dict(sorted(one.answer.items())),
                **({"remind": one.remind.isoformat()} if one.remind else {}),
            }
            for one in self.replies
        ]
        return {
            **({"replies": replies} if replies else {}),
            **({"attachments": [attachment_to_json(one) for one in self.attachments]} if self.attachments else {}),
            **({"topics": list(self.topics)} if self.topics else {}),
            **({"zalo": plain_template(self.template)} if self.template else {}),
            **({"public": self.public} if self.public is not None else {}),
            "title": self.title,
            "source": self.source,
            "text": dict(sorted(self.text.items())),
            "audience": plain(self.audience),
            "sending": {
                "urgent": self.urgent,
                "hold_back_seconds": self.hold_back,
                "on_doubt": self.on_doubt.value,
                "fall_back_hours": self.fall_back,
                **({"not_after": self.not_after.isoformat()} if self.not_after else {}),
            },
        }

    def hash(self) -> str:
        """What an approval is bound to: any change of text, audience or sending is another hash."""
        return hashlib.sha256(json.dumps(self.plain(), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """A notice on its way from somebody's draft to everybody it is for."""

    id: int
    notice: Notice
    state: CampaignState
    created_by: str
    created_at: datetime
    submitted_by: str | None = None
    approved_by: str | None = None
    approved_hash: str | None = None
    starts_at: datetime | None = None  # when the hold-back is over
    cursor: int = 0  # the last contact that was looked at
    expanded_at: datetime | None = None  # when the last one was
    finished_at: datetime | None = None
    counts: Mapping[str, int] = field(default_factory=dict)  # by state of delivery; "pending" is still to go
    left_out: Mapping[str, int] = field(default_factory=dict)  # by reason

    @property
    def approved(self) -> bool:
        """Whether what stands there now is what was approved."""
        return self.approved_hash is not None and self.approved_hash == self.notice.hash()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How far a campaign is, from its counts alone."""

    done: int  # messages of which nothing is to be done any more
    all: int  # messages there are; it grows until everybody was looked at
    rate: float | None  # a second, since the sending began; None before anything was done
    left: int | None  # seconds; None where nothing is to go, or it is not known yet how much there will be


def pace(one: Campaign, now: datetime) -> Pace:
    """How far, how fast, and how long it will take.

    The rate is over the whole time since the hold-back was over, nights and pauses included, until the end where there
    was one: it says when it will be done, not how fast an account sends.

    >>> from datetime import UTC, timedelta
    >>> start = datetime(2026, 11, 21, tzinfo=UTC)
    >>> notice = read_notice({"kind": "notice", "title": "a", "source": "b", "text": {"vi": "c"}, "audience": \
{"localities": ["d"]}})
    >>> one = Campaign(id=1, notice=notice, state=CampaignState.SENDING, created_by="Lan", created_at=start, \
starts_at=start, expanded_at=start, counts={"sent": 20, "pending": 60})
    >>> pace(one, start + timedelta(seconds=10))
    Pace(done=20, all=80, rate=2.0, left=30)
    """
    all_ = sum(one.counts.values())
    done = all_ - one.counts.get("pending", 0)
    until = one.finished_at or now
    took = (until - one.starts_at).total_seconds() if one.starts_at is not None else 0.0
    rate = done / took if took > 0 and done else None
    sending = one.state is CampaignState.SENDING and one.expanded_at is not None
    left = math.ceil((all_ - done) / rate) if sending and rate and all_ > done else None
    return Pace(done=done, all=all_, rate=rate, left=left)


def read_notice(data: object) -> Notice:
    """A campaign's file as data. Raises ValueError naming the place and how to mend it."""
    if not isinstance(data, dict):
        raise ValueError("is no table of keys")
    for key in sorted(set(data) - _KEYS):
        raise ValueError(f"{key}: is none of {', '.join(sorted(_KEYS))}")
    if data.get("kind") != "notice":
        raise ValueError('kind: must be "notice"')
    _demand_above(data)
    sending = data.get("sending", {})
    if not isinstance(sending, dict) or set(sending) - _SENDING:
        raise ValueError(f"sending: knows {', '.join(sorted(_SENDING))}")
    return Notice(
        title=_line(data, "title"),
        source=_line(data, "source"),
        text=_texts(data.get("text")),
        audience=parse(data.get("audience")),
        urgent=_flag(sending, "urgent"),
        hold_back=_seconds(sending.get("hold_back_seconds", HOLD_BACK)),
        on_doubt=_on_doubt(sending.get("on_doubt", OnDoubt.RESEND.value)),
        not_after=_moment(sending.get("not_after")),
        fall_back=_hours(sending.get("fall_back_hours", FALL_BACK)),
        replies=_replies(data.get("replies", [])),
        attachments=_attachments(data.get("attachments", [])),
        topics=_topics(data.get("topics", [])),
        template=read_template(data["zalo"]) if "zalo" in data else None,
        public=_public(data),
    )


def _demand_above(data: Mapping[str, Any]) -> None:
    """What stands below a table's head belongs to that table: it would not be found, or mean something else."""
    for table in ("audience", "sending", "zalo"):
        inner = data.get(table)
        below = sorted(_KEYS.intersection(inner) - {"topics"}) if isinstance(inner, dict) else []
        if below:
            raise ValueError(f"{below[0]}: stands below [{table}]: write it above the first line in brackets")


def _line(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip() or "\n" in value.strip() or len(value) > LONGEST_LINE:
        raise ValueError(f"{key}: is one line of 1 to {LONGEST_LINE} characters")
    return value.strip()


def _texts(data: object) -> Mapping[str, str]:
    if not isinstance(data, dict) or "vi" not in data or set(data) - {"vi", "en"}:
        raise ValueError("text: has text.vi, and may have text.en")
    for lang, value in data.items():
        if not isinstance(value, str) or not 1 <= len(value.strip()) <= LONGEST_TEXT:
            raise ValueError(f"text.{lang}: has 1 to {LONGEST_TEXT} characters")
    return {lang: value.strip() for lang, value in sorted(data.items())}


def _replies(data: object) -> tuple[ReplyWords, ...]:
    if not isinstance(data, list):
        raise ValueError("replies: is a list of tables, each [[replies]]")
    found = []
    for at, one in enumerate(data):
        words = one.get("words") if isinstance(one, dict) else None
        if not isinstance(words, list) or not words or not all(isinstance(w, str) and 1 <= len(w) <= 60 for w in words):
            raise ValueError(f'replies[{at}].words: is a list of words, such as ["ĐĂNG KÝ"]')
        if not all(any(letter.isalnum() for letter in word) for word in words):
            raise ValueError(f"replies[{at}].words: has a word without a letter or digit")
        try:
            answer = _texts(one.get("answer"))
        except ValueError as error:
            raise ValueError(f"replies[{at}].answer.{str(error).removeprefix('text').lstrip('.: ')}") from None
        remind = _moment(one.get("remind"), f"replies[{at}].remind")
        found.append(ReplyWords(words=tuple(words), answer=answer, remind=remind))
    return tuple(found)


def _attachments(data: object) -> tuple[Attachment, ...]:
    """Files that are in the store already: a campaign's file names them, and the command puts them there."""
    if not isinstance(data, list) or len(data) > MOST_FILES:
        raise ValueError(f"attachments: is a list of at most {MOST_FILES} files")
    try:
        return tuple(attachment_from_json(one) for one in data)
    except (TypeError, KeyError, ValueError):
        raise ValueError("attachments: is a list of names of files") from None


def _topics(data: object) -> tuple[str, ...]:
    if not isinstance(data, list) or len(data) > MOST_TOPICS or not all(isinstance(one, str) and one for one in data):
        raise ValueError(f'topics: is a list of at most {MOST_TOPICS} topics, such as ["vocational-training"]')
    return tuple(sorted(set(data)))


def _public(data: Mapping[str, Any]) -> bool | None:
    """What the file says of it; whom people are picked by what they lack for, nobody else reads."""
    value = data.get("public")
    if "public" in data and not isinstance(value, bool):
        raise ValueError("public: is true or false, or left out")
    if value and asks_for(parse(data.get("audience")), Field.LACKING):
        raise ValueError("public: a notice to people picked by what they lack is not published: leave it out")
    return value


def _flag(data: Mapping[str, Any], key: str) -> bool:
    value = data.get(key, False)
    if not isinstance(value, bool):
        raise ValueError(f"sending.{key}: is true or false")
    return value


def _seconds(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 86_400:
        raise ValueError("sending.hold_back_seconds: is a whole number from 0 to 86400")
    return value


def _hours(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 720:
        raise ValueError("sending.fall_back_hours: is a whole number from 0 (never) to 720")
    return value


def _on_doubt(value: object) -> OnDoubt:
    if not isinstance(value, str) or value not in set(OnDoubt):
        raise ValueError('sending.on_doubt: is "resend" or "hold"')
    return OnDoubt(str(value))


def _moment(value: object, where: str = "sending.not_after") -> datetime | None:
    """A moment; by the clocks of Viet Nam where no zone is said."""
    if isinstance(value, str):
        value = _typed(value.strip())
    if value is None:
        return None
    if not isinstance(value, datetime):
        raise ValueError(f'{where}: is a day with its hour, such as "01/12/2026 20:00"')
    return value if value.tzinfo is not None else value.replace(tzinfo=LOCAL)


def _typed(value: str) -> datetime | bool:
    value = _AROUND.sub(" ", _HOUR.sub(lambda hour: f"{hour[1]}:{hour[2] or '00'}", value)).strip()
    for form in _DAYS:
        with suppress(ValueError):
            return datetime.strptime(value, form).replace(tzinfo=LOCAL)
    with suppress(ValueError):
        return datetime.fromisoformat(value) if len(value) > len("2026-12-01") else False
    return False
