"""What is typed for a button: its label in any spelling, its number, unless a number is an answer, or a yes or a no."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from content.understanding.deciding import decided
from core.conversation import Conversation, Waiting
from core.messages import InboundMessage, OutboundMessage, QuickReply
from core.text import fold, fold_ours
from core.text.numerals import number
from core.text.tokens import tokens

# States of a question of ours whose answers are kept.
ANSWERING = ("selfcheck.ask", "selfcheck.doubt", "selfcheck.days", "selfcheck.fix", "request.ask")
# In an alarm, in a self-check, for a form, of who works and of goods people are asked how many: a number is an answer.
COUNTING = ("danger.", "selfcheck.", "request.", "labour.question", "market.question")
# States among them in which no question waits, or one that no number answers.
NOT_COUNTING = ("selfcheck.start", "selfcheck.result", "selfcheck.news", "request.ready", "request.consent")
CHOOSES: Mapping[str, Any] = {"choose": True}  # in what a state keeps: its question is answered by its buttons
DEED = "deed"  # in what a state keeps: which act its question is about (content.understanding.deciding)
LONGEST = 40  # characters of what may be a label or a number
_NAMED = re.compile(r"\d|(?:chon|bam|nut|so) ")  # not "thứ 7", which is a day
MOST = 99  # a higher number stands on no button

# "1", "1.", "(1)", "số 1", "chọn nút số một", "no 2": a number, and before it words that make it no other thing.
_BEFORE = re.compile(
    r"^(?:(?:toi|em|minh|cho toi|cho em) )?(?:(?:chon|bam|go|nhan|lay|choose|press) )?"
    r"(?:(?:cai|nut|muc|dong|y|viec|button|option) )?(?:(?:so|thu|number|no) )?$"
)
# "chọn 1 đi", "số 2 nhé", "1 ạ": words behind it that only make it kinder.
_AFTER = ("ạ", "đi", "nhé", "nha", "nhá", "thôi")
_LISTED = re.compile(r"^\W*(?P<number>\d{1,2})\s*[.):-]\s*(?=\D)")  # a line copied as it was shown: "1. Tiền điện"
_OWN_LINES = re.compile(r"(?m)^(\d{1,2})\. (.+)$")  # a list in a text of ours
_NOT_KNOWN = re.compile(r"check-say:.*:\?$|event-pass:")  # "không biết", "thôi" said elsewhere: about something else
_KEYCAP = re.compile("[\ufe0f\u20e3]")  # 1️⃣
_AROUND = " \t\n.,;:!()[]\"'“”"


def pressed(message: InboundMessage, conversation: Conversation) -> InboundMessage:
    """A button's label, or its number below the last bubble, typed by hand is the same as pressing it."""
    text = message.text.strip()
    if message.payload is not None or not text or len(text) > LONGEST or message.attachments:
        return message
    match = _decided(text, conversation) or _named(text, conversation) or _numbered(text, conversation)
    return replace(message, payload=match.payload) if match else message


def _decided(text: str, conversation: Conversation) -> QuickReply | None:
    """Below a question whether something is to be done the first button is a yes, and the second a no."""
    waiting, offered = conversation.waiting, conversation.offered
    if waiting is None or DEED not in waiting.data or len(offered) < 2:
        return None
    if any(fold_ours(one.label) == fold(text) for one in offered):
        return None
    yes = decided(text, waiting.data[DEED], asked_again=bool(waiting.data.get("again")))
    return None if yes is None else offered[0 if yes else 1]


def counts(waiting: Waiting | None) -> bool:
    """Whether a number that is typed now is an answer, and no button's number."""
    if waiting is None or waiting.data.get("choose"):
        return False
    return waiting.state.startswith(COUNTING) and waiting.state not in NOT_COUNTING


def with_numbers(replies: Sequence[OutboundMessage], after: Conversation) -> tuple[OutboundMessage, ...]:
    """The bubbles of a turn, of which one says that its buttons may be numbered: the one whose numbers are heard next.

    Only the last buttons count, and none where a number would be an answer to what was asked, or where the text
    numbers lines of its own that are other things than its buttons.
    """
    last = next((at for at in reversed(range(len(replies))) if replies[at].quick_replies), None)
    if last is None or counts(after.waiting) or _numbers_others(replies[last]):
        return tuple(replies)
    return tuple(replace(one, numbered=at == last) for at, one in enumerate(replies))


def _numbers_others(message: OutboundMessage) -> bool:
    labels = {str(at): one.label for at, one in enumerate(message.quick_replies, 1)}
    return any(not line.startswith(labels.get(at, "\n")) for at, line in _OWN_LINES.findall(message.text))


def _named(text: str, conversation: Conversation) -> QuickReply | None:
    """The button with this label; as a line of a list its number stands before it."""
    state = conversation.waiting.state if conversation.waiting is not None else ""
    # There an older question's button would quietly change an answer that was given.
    older = () if state in ANSWERING else [one for one in conversation.earlier if not _NOT_KNOWN.match(one.payload)]
    labels = (*conversation.offered, *older)
    said = fold(text)
    found = next((one for one in labels if said and fold_ours(one.label) == said), None)
    listed = _LISTED.match(text)
    if found is not None or listed is None:
        return found
    said = fold(text[listed.end() :])
    return next((one for one in labels if said and fold_ours(one.label) == said), None)


def _numbered(text: str, conversation: Conversation) -> QuickReply | None:
    offered = conversation.offered
    if not offered or counts(conversation.waiting):
        return None
    said = spoken_number(text)
    return offered[said - 1] if said is not None and 0 < said <= len(offered) else None


def names_a_number(text: str) -> bool:
    """Whether a whole message names a button by a number, whether there is such a button or not.

    >>> [names_a_number(one) for one in ("9", "số 0", "chọn số 12", "thứ 7", "2 con")]
    [True, True, True, False, False]
    """
    return len(text) <= LONGEST and _NAMED.match(fold(text)) is not None and spoken_number(text) is not None


def spoken_number(text: str) -> int | None:
    """The whole number from 0 to 99 that a text is and nothing else; None where it says more, or none.

    >>> [spoken_number(one) for one in ("1.", "số 2", "chọn nút số ba", "1 ạ", "bà", "2 con", "năm ngoái")]
    [1, 2, 3, 1, None, None, None]
    """
    plain = _KEYCAP.sub("", text).strip(_AROUND)
    read = tokens(plain)
    for at in range(min(len(read), 6)):
        found = number(read, at)
        if found is not None:
            before = " ".join(one.said for one in read[:at])
            kind = found.end == len(read) - 1 and not read.joined(found.end) and read.means(found.end, *_AFTER)
            # Of a bare word such a word may make another thing ("ba đi"): a figure, or words before it, make it sure.
            kind = kind and (before != "" or read.value(at) is not None)
            alone = (kind or found.end == len(read)) and _BEFORE.match(f"{before} " if before else "") is not None
            small = found.value.denominator == 1 and 0 <= found.value <= MOST
            return int(found.value) if alone and small and found.scale == 1 else None
    return None
