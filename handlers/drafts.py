"""What somebody wrote or sent for an officer and has neither passed on nor taken back."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from core.conversation import Conversation
from core.messages import AttachmentKind, attachment_to_json
from handlers.context import Context

KEPT = "handover.kept"  # something else came in between; the buttons below it still mean it
STATES = ("handover.confirm", "handover.offered", KEPT)
KEPT_FOR = timedelta(days=1)
QUOTED = 40  # characters

Draft = dict[str, Any]  # text, topic, files; since: kept from then on; album: of the files that came last


def pending(conversation: Conversation) -> Draft | None:
    """What waits for a yes; it may wait beside something else that was asked."""
    waiting = conversation.waiting
    if waiting is None:
        return None
    return _draft(waiting.data) if waiting.state in STATES else waiting.data.get("draft")


def _draft(data: Mapping[str, Any]) -> Draft:
    return {name: data.get(name) for name in ("text", "topic", "files", "since", "album")}


def still(conversation: Conversation, now: datetime) -> Draft | None:
    """The same, while something else is talked about; None once a day is over."""
    draft = pending(conversation)
    since = (draft or {}).get("since") or now.isoformat()
    if draft is None or now - datetime.fromisoformat(since) >= KEPT_FOR:
        return None
    return {**draft, "since": since}


def with_message(ctx: Context, topic: str | None) -> Draft:
    """What waits already, with this message and its files behind it."""
    before = pending(ctx.person.conversation) or {"text": "", "topic": topic, "files": []}
    return {
        "text": f"{before['text']}\n{ctx.text}".strip(),
        "topic": before["topic"],
        "files": [*before["files"], *(attachment_to_json(one) for one in ctx.message.attachments)],
        "album": ctx.message.album,
    }


def same_album(ctx: Context) -> Draft | None:
    """What waits with this picture behind it, where they were sent together and this one came a moment later."""
    draft = pending(ctx.person.conversation)
    late = draft is not None and ctx.message.album is not None and draft.get("album") == ctx.message.album
    return with_message(ctx, None) if late else None


def spoken(ctx: Context, draft: Draft, *, quoted: bool = False) -> str:
    """What it is, counted: "3 ảnh và lời nhắn". Words alone are "câu hỏi", or quoted where they are older."""
    kinds = Counter(one["kind"] for one in draft["files"])
    parts = [
        ctx.words.text(f"draft.{kind}", count=kinds[kind])
        for kind in (AttachmentKind.IMAGE, AttachmentKind.AUDIO, AttachmentKind.FILE)
        if kinds[kind]
    ]
    if draft["text"] and quoted:
        begin = draft["text"].replace("\n", " ")
        parts.append(ctx.words.text("draft.quoted", words=begin[:QUOTED] + ("…" if len(begin) > QUOTED else "")))
    elif draft["text"]:
        parts.append(ctx.words.text("draft.words" if parts else "draft.question"))
    return ctx.words.text("draft.and").join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
