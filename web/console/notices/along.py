"""What goes along with a notice: files, words that people may answer, the template of Zalo. As fields and as lines."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.campaigns import MOST_FILES, Notice
from core.caps import LOCAL
from core.errors import ChungTayError
from core.filetypes import MAX_FILE_BYTES, clean_name, media_type
from core.messages import Attachment, attachment_from_json, attachment_to_json
from web.bubbles import file_label
from web.console.visit import Visit

SHOWN, MOST_REPLIES = 2, 6  # answers for which the form has room at once, and at most
PARTS = ("words", "vi", "en", "remind")
REPLIES = tuple(f"reply_{n}_{part}" for n in range(1, MOST_REPLIES + 1) for part in PARTS)
# What every channel shows or opens, by the ending of a name that says so.
TAKEN = {"image/jpeg": (".jpg", ".jpeg"), "image/png": (".png",), "application/pdf": (".pdf",)}
ACCEPTS = ",".join(one for endings in TAKEN.values() for one in endings)


class FileError(ChungTayError):
    """A file that does not go along: `what` is the last part of a sentence's name, `where` the file's name."""


# --- files ---


def tokens(visit: Visit, files: Iterable[Attachment]) -> str:
    """Files that are kept, as the form carries them: a line each, which nobody else can make."""
    seal, officer = visit.console.gate.seal, visit.officer.id
    sealed = (seal.close({"file": json.dumps(attachment_to_json(one))}, officer=officer) for one in files)
    return "\n".join(urlsafe_b64encode(one).decode() for one in sealed)


def carried(visit: Visit, lines: str) -> list[tuple[str, Attachment]]:
    """The files of these lines, each with its own; what we did not make is left out."""
    found = []
    for line in lines.split():
        try:
            opened = visit.console.gate.seal.open(urlsafe_b64decode(line), officer=visit.officer.id)
        except (Base64Error, ValueError):
            opened = None
        if opened is not None and "file" in opened:
            found.append((line, attachment_from_json(json.loads(opened["file"]))))
    return found


async def taken(visit: Visit, lines: str) -> tuple[Attachment, ...]:
    """The files that were ticked, and those that came with this form, kept; each is there. Raises FileError."""
    known = [one for _, one in carried(visit, lines)]
    judged = [judge(one.name, one.content) for one in visit.form.files]
    if len(known) + len(judged) > MOST_FILES:
        raise FileError("many", where="")
    store, found = visit.site.files, []
    for one in known:
        content = await store.get(one.sha256)
        if content is None:
            raise FileError("gone", where=one.name)
        # Housekeeping goes by when a file was put last: one that is still wanted is young again.
        found.append(await store.put(one.name, one.media_type, content))
    for name, kind, content in judged:
        found.append(await store.put(name, kind, content))
    return tuple({one.sha256: one for one in found}.values())


def judge(typed: str, content: bytes) -> tuple[str, str, bytes]:
    """A file's name, kind and content, by its first bytes and not by its word. Raises FileError."""
    name = clean_name(typed)
    if len(content) > MAX_FILE_BYTES:
        raise FileError("large", where=name)
    kind = media_type(content)
    if kind not in TAKEN:
        raise FileError("kind", where=name)
    ending = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    if ending not in TAKEN[kind]:
        raise FileError("lies", where=name)
    return name, kind, content


# --- answers and the template ---


def reply_fields(notice: Notice) -> dict[str, str]:
    """The answers as the form would say them; none where there are more than it has room for."""
    if len(notice.replies) > MOST_REPLIES:
        return {}
    fields: dict[str, str] = {}
    for n, one in enumerate(notice.replies, 1):
        fields |= {
            f"reply_{n}_words": ", ".join(one.words),
            f"reply_{n}_vi": one.answer["vi"],
            f"reply_{n}_en": one.answer.get("en", ""),
            f"reply_{n}_remind": _moment(one.remind),
        }
    return fields


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(LOCAL):%d/%m/%Y %H:%M}" if at is not None else ""


def template_fields(notice: Notice) -> dict[str, str]:
    """The template as the form would say it."""
    if notice.template is None:
        return {}
    lines = "\n".join(f"{name} = {value}" for name, value in sorted(notice.template.fields.items()))
    return {"zalo_template": notice.template.id, "zalo_fields": lines}


def filled(fields: Mapping[str, str]) -> list[int]:
    """The answers of the form in which something stands, by their numbers."""
    numbers = range(1, MOST_REPLIES + 1)
    return [n for n in numbers if any(fields.get(f"reply_{n}_{part}", "").strip() for part in PARTS)]


def shown(fields: Mapping[str, str]) -> int:
    """For how many answers the form has room: for one more than there are."""
    return min(max(SHOWN, max(filled(fields), default=0) + 1), MOST_REPLIES)


def replies_data(fields: Mapping[str, str]) -> list[dict[str, Any]]:
    """What a file would say of the answers."""
    found = []
    for n in filled(fields):
        words, vi, en, remind = (fields.get(f"reply_{n}_{part}", "").strip() for part in PARTS)
        told = words.replace("\n", ",").replace(";", ",").split(",")
        found.append(
            {
                "words": [word.strip() for word in told if word.strip()],
                "answer": {"vi": vi, **({"en": en} if en else {})},
                **({"remind": remind} if remind else {}),
            }
        )
    return found


def template_data(fields: Mapping[str, str]) -> dict[str, Any] | None:
    """What a file would say of the template; None where nothing stands there."""
    number, lines = fields.get("zalo_template", "").strip(), fields.get("zalo_fields", "").strip()
    if not number and not lines:
        return None
    pairs = (line.partition("=") for line in lines.split("\n") if line.strip())
    return {"template": number, "fields": {name.strip(): value.strip() for name, _, value in pairs}}


# --- as lines ---


@dataclass(frozen=True, slots=True, kw_only=True)
class Along:
    """What goes along, to be read by whoever approves."""

    replies: Sequence[Mapping[str, str]] = field(default=(), repr=False)
    files: Sequence[tuple[str, str]] = ()  # label and address; no address where it is not kept yet
    template: Sequence[str] = field(default=(), repr=False)

    @property
    def any(self) -> bool:
        """Whether anything does."""
        return bool(self.replies or self.files or self.template)


def along(visit: Visit, notice: Notice, href: str = "") -> Along:
    """All that goes along; `href` is the page of a notice that is kept."""
    words = visit.words
    replies = [
        {
            "words": ", ".join(one.words),
            "vi": one.answer["vi"],
            "en": one.answer.get("en", ""),
            "remind": words.text("console.along.remind", moment=_moment(one.remind)) if one.remind else "",
        }
        for one in notice.replies
    ]
    files = [
        (file_label(one, words), f"{href}/file?at={at}" if href else "") for at, one in enumerate(notice.attachments, 1)
    ]
    told = []
    if notice.template is not None:
        told.append(words.text("console.along.template", number=notice.template.id))
        told += [f"{name}: {value}" for name, value in sorted(notice.template.fields.items())]
    return Along(replies=replies, files=files, template=told)


def lines_of(visit: Visit, notice: Notice) -> str:
    """The same as text, to see what changed."""
    found = along(visit, notice)
    told = ["\n".join(filter(None, (one["words"], one["vi"], one["en"], one["remind"]))) for one in found.replies]
    files = [f"{one.name} ({one.sha256[:12]})" for one in notice.attachments]
    return "\n".join((*told, *files, *found.template))
