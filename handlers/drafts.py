"""What somebody wrote or sent for an officer and has neither passed on nor taken back."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from core.conversation import Conversation
from core.messages import AttachmentKind, Unread, attachment_to_json
from core.questions import QuestionKind
from handlers.context import Context

KEPT = "handover.kept"  # something else came in between; the buttons below it still mean it
STATES = ("handover.confirm", "handover.offered", KEPT)
KEPT_FOR = timedelta(days=1)
QUOTED = 40  # characters

# text, topic, files; since: kept from then on; album: of the files that came last; shared: telephone numbers and places
# on the map that stand in the text, each with its kind; kind: a core.questions.QuestionKind, none: a question
Draft = dict[str, Any]


def pending(conversation: Conversation) -> Draft | None:
    """What waits for a yes; it may wait beside something else that was asked."""
    waiting = conversation.waiting
    if waiting is None:
        return None
    return _draft(waiting.data) if waiting.state in STATES else waiting.data.get("draft")


def _draft(data: Mapping[str, Any]) -> Draft:
    return {name: data.get(name) for name in ("text", "topic", "files", "since", "album", "shared", "kind")}


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
        "shared": [*(before.get("shared") or ()), *shared_in(ctx)],
        "kind": before.get("kind"),
    }


def shared_in(ctx: Context) -> list[dict[str, str]]:
    """The telephone number or the place on the map that this message is."""
    kind = ctx.message.unread
    return [{"kind": kind.value, "text": ctx.text}] if kind in (Unread.CONTACT, Unread.LOCATION) and kind else []


def without_last(draft: Draft) -> tuple[dict[str, str], Draft]:
    """What was shared last, and what waits without it."""
    *shared, last = draft["shared"]
    return last, {**draft, "text": _without(draft["text"], last["text"]), "shared": shared}


def _without(text: str, shared: str) -> str:
    before, _, after = text.rpartition(shared)
    return "\n".join(part for part in (before.strip(), after.strip()) if part)


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
    own = draft["text"]
    for one in draft.get("shared") or ():
        own = _without(own, one["text"])
    kinds_shared = dict.fromkeys(one["kind"] for one in draft.get("shared") or ())
    parts += [ctx.words.text(f"draft.{kind}") for kind in kinds_shared]
    if own and draft.get("kind") in (QuestionKind.IDEA, QuestionKind.CALL):
        parts.append(ctx.words.text(f"draft.{draft['kind']}"))
    elif own and quoted:
        parts.append(quotation(ctx, own))
    elif own:
        parts.append(ctx.words.text("draft.words" if parts else "draft.question"))
    return ctx.words.text("draft.and").join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def quotation(ctx: Context, text: str) -> str:
    """The beginning of words, quoted."""
    begin = text.replace("\n", " ")
    return ctx.words.text("draft.quoted", words=begin[:QUOTED] + ("…" if len(begin) > QUOTED else ""))
