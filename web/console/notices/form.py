"""The form in which a notice is written: its fields, the notice that they mean, and back."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.audience import AllOf, Audience, Field, Is, plain
from core.campaigns import LONGEST_LINE, Campaign, Notice
from core.caps import LOCAL
from core.errors import ChungTayError
from core.messages import Attachment, attachment_to_json
from core.text import fold
from web.console.days import no_such_day
from web.console.notices.along import (
    MOST_REPLIES,
    REPLIES,
    FileError,
    filled,
    replies_data,
    reply_fields,
    template_data,
    template_fields,
    tokens,
)
from web.console.visit import Visit

STATUSES = ("poor", "near-poor", "newly-escaped", "average")
TEXTS = ("title", "source", "text_vi", "text_en", "hamlets", "topics", "hold_back", "fall_back", "not_after")
CHOICES = ("locality", "on_doubt", "followers", "urgent", "reached", "attached", *STATUSES)
NAMES = (*TEXTS, *CHOICES, *REPLIES, "zalo_template", "zalo_fields")
ON = "1"
BUILT = (Field.LOCALITY, Field.HAMLET, Field.STATUS, Field.TOPIC, Field.REACHED)
# Where the reader of a notice finds a fault, and the field of the form in which it is.
FAULTS = (
    ("title", "title"),
    ("source", "source"),
    ("text.en", "text_en"),
    ("text", "text_vi"),
    ("topics", "topics"),
    ("audience.hamlets", "hamlets"),
    ("audience.topics", "topics"),
    ("audience", "locality"),
    ("sending.not_after", "not_after"),
    ("sending.hold_back_seconds", "hold_back"),
    ("sending.fall_back_hours", "fall_back"),
    ("zalo.fields", "zalo_fields"),
    ("zalo", "zalo_template"),
)
_REPLY = re.compile(r"replies\[(\d)\]\.(words|answer\.en|answer|remind)")
_PARTS = {"words": "words", "answer": "vi", "answer.en": "en", "remind": "remind"}
_BARE_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2}")
_LAST = "23:59"  # of a day, where no hour is said
_QUOTED = re.compile(r'"([^"]*)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong, and in which field."""

    at: str  # the name of the field; empty for the whole form
    text: str


def posted(visit: Visit) -> dict[str, str]:
    """The fields as they were posted."""
    return {name: visit.form.get(name).replace("\r\n", "\n") for name in NAMES}


def blank(visit: Visit, places: list[tuple[str, str]], before: Campaign | None = None) -> dict[str, str]:
    """The fields of a new notice; of a correction those of the notice that it corrects, but for its words.

    A correction of what went out by night goes out by night too.
    """
    fields = {"locality": places[0][0] if len(places) == 1 else "", "on_doubt": "resend", "hold_back": "2"}
    fields["fall_back"] = "24"
    if before is not None:
        notice = before.notice
        title = visit.words.text("console.compose.correction", title=notice.title)
        fields |= {"reached": str(before.id), "locality": next(iter(sorted(notice.localities)), "")}
        fields |= {"source": notice.source, "title": title[:LONGEST_LINE], "urgent": ON if notice.urgent else ""}
    return fields


def corrected(notice: Notice) -> str:
    """The number of the notice that this one corrects; empty where it corrects none."""
    return " ".join((built(notice.audience) or {}).get(Field.REACHED, ()))


def fields_of(visit: Visit, notice: Notice) -> dict[str, str]:
    """The form as it would have been filled in for this notice."""
    asked = built(notice.audience) or {}
    local = notice.not_after.astimezone(LOCAL) if notice.not_after else None
    hamlets = {fold(one): one for one in reversed(asked.get(Field.HAMLET, ()))}
    return {
        "title": notice.title,
        "source": notice.source,
        "text_vi": notice.text["vi"],
        "text_en": notice.text.get("en", ""),
        "locality": next(iter(asked.get(Field.LOCALITY, ())), ""),
        "hamlets": "\n".join(sorted(hamlets.values())),
        "topics": "\n".join(_about(visit, notice)),
        "followers": ON if Field.TOPIC in asked else "",
        "reached": " ".join(asked.get(Field.REACHED, ())),
        "urgent": ON if notice.urgent else "",
        "on_doubt": notice.on_doubt.value,
        "hold_back": str(-(-notice.hold_back // 60)),
        "fall_back": str(notice.fall_back),
        "not_after": f"{local:%d/%m/%Y %H:%M}" if local else "",
        **{one: ON if one in asked.get(Field.STATUS, ()) else "" for one in STATUSES},
        "attached": tokens(visit, notice.attachments),
        **reply_fields(notice),
        **template_fields(notice),
    }


def _about(visit: Visit, notice: Notice) -> list[str]:
    """What it is about: themes as far as all of their matters are meant, and the other matters; all by id."""
    meant = set(notice.topics)
    themes = [one for one in visit.console.content.themes.values() if set(one.topics) <= meant]
    told = {topic for one in themes for topic in one.topics}
    return [one.id for one in themes] + [one for one in notice.topics if one not in told]


def built(audience: Audience) -> Mapping[Field, tuple[str, ...]] | None:
    """The conditions, where the form could have made them; None where they came from a file and say more."""
    parts = audience.parts if isinstance(audience, AllOf) else (audience,)
    found = {one.field: one.values for one in parts if isinstance(one, Is) and one.field in BUILT}
    whole = len(found) == len(parts) and len(found.get(Field.LOCALITY, ())) == 1
    return found if whole else None


def data_of(fields: Mapping[str, str], base: Notice | None, files: Sequence[Attachment] = ()) -> dict[str, Any]:
    """What a file would say that means the same. What the form does not show stays as in `base`."""
    kept = base.plain() if base is not None else {}
    hidden = ("public", "replies") if base is not None and len(base.replies) > MOST_REPLIES else ("public",)
    rest: dict[str, Any] = {name: kept[name] for name in hidden if name in kept}
    if replies := replies_data(fields):
        rest["replies"] = replies
    if template := template_data(fields):
        rest["zalo"] = template
    if files:
        rest["attachments"] = [attachment_to_json(one) for one in files]
    english = fields.get("text_en", "")
    sending: dict[str, Any] = {
        "urgent": fields.get("urgent") == ON,
        "on_doubt": fields.get("on_doubt") or "resend",
        "hold_back_seconds": _number(fields.get("hold_back", ""), times=60),
        "fall_back_hours": _number(fields.get("fall_back", "")),
    }
    if fields.get("not_after", "").strip():
        typed = fields["not_after"].strip()
        sending["not_after"] = f"{typed} {_LAST}" if _BARE_DAY.fullmatch(typed) else typed
    topics = _lines(fields, "topics")
    return {
        "kind": "notice",
        **rest,
        "title": fields.get("title", ""),
        "source": fields.get("source", ""),
        "text": {"vi": fields.get("text_vi", ""), **({"en": english} if english.strip() else {})},
        "audience": _audience(fields, base),
        "sending": sending,
        "topics": topics,
    }


def _audience(fields: Mapping[str, str], base: Notice | None) -> dict[str, Any]:
    if base is not None and built(base.audience) is None:
        return plain(base.audience)
    asked: dict[str, Any] = {"localities": [fields.get("locality", "")]}
    if hamlets := _lines(fields, "hamlets"):
        asked["hamlets"] = hamlets
    if statuses := [one for one in STATUSES if fields.get(one) == ON]:
        asked["household_status"] = statuses
    if fields.get("followers") == ON:
        asked["topics"] = _lines(fields, "topics")
    if reached := fields.get("reached", "").split():
        asked["reached"] = reached
    return asked


def _lines(fields: Mapping[str, str], name: str) -> list[str]:
    return [line.strip() for line in fields.get(name, "").split("\n") if line.strip()]


def _number(typed: str, times: int = 1) -> int | str:
    """A whole number, or what was typed, which the reader of notices then refuses with its place."""
    typed = typed.strip()
    return int(typed) * times if typed.isascii() and typed.isdigit() and len(typed) < 7 else typed


def fault_of(visit: Visit, error: ChungTayError, fields: Mapping[str, str]) -> Fault:
    """What the reader of notices refused, in the officer's words and at its field."""
    if isinstance(error, FileError):
        return Fault(at="files", text=visit.words.text(f"console.compose.fault.files.{error.what}", name=error.where))
    if (reply := _REPLY.match(error.what)) and len(filled(fields)) > int(reply[1]):
        part = _PARTS[reply[2]]
        at = f"reply_{filled(fields)[int(reply[1])]}_{part}"
        return Fault(at=at, text=visit.words.text(f"console.compose.fault.reply.{part}"))
    which = next((name for place, name in FAULTS if error.what.startswith(place)), "")
    if not which:
        return Fault(at="", text=visit.words.text("console.compose.fault"))
    quoted = _QUOTED.search(error.what)
    strange = quoted[1] if quoted and "nothing here has" in error.what else ""
    name = f"console.compose.fault.{which.replace('_', '-')}"
    if strange and which in ("hamlets", "topics"):
        return Fault(at=which, text=visit.words.text(f"{name}.strange", value=strange))
    none = no_such_day(visit, fields.get("not_after", "")) if which == "not_after" else ""
    if none:
        return Fault(at=which, text=visit.words.text(f"{name}.no-day", why=none))
    return Fault(at=which, text=visit.words.text(name))
