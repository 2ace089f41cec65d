"""Small notices to one person in one message: those that waited for their day, or for the cap, go together.

Nothing is said that an approver has not read: the words stay as they are, one below the other, each with its own
source and code.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from core.messages import OutboundMessage

MOST_TOGETHER = 5  # notices in one message
LONGEST_TOGETHER = 1_500  # characters: one piece on every channel


def fitting(messages: Sequence[OutboundMessage]) -> int:
    """How many of these, from the first on, go together."""
    length = 0
    for number, one in enumerate(messages[:MOST_TOGETHER]):
        length += len(one.text) + len(one.source or "") + len("1. \n\n")
        if length > LONGEST_TOGETHER:
            return max(1, number)
    return min(len(messages), MOST_TOGETHER)


def bundled(messages: Sequence[OutboundMessage]) -> OutboundMessage:
    """One message of several; whose word they are stands above once, and how to stop below, where it is the same."""
    if len(messages) == 1:
        return messages[0]
    heads = {one.text.partition("\n")[0] for one in messages}
    head = heads.pop() if len(heads) == 1 else ""
    texts = [one.text.partition("\n")[2] if head else one.text for one in messages]
    tails = Counter(text.rpartition("\n")[2] for text in texts if "\n" in text)
    tail = next((line for line, times in tails.items() if times > 1), "")
    parts = []
    for number, (one, text) in enumerate(zip(messages, texts, strict=True), 1):
        words = text.removesuffix(f"\n{tail}") if tail else text
        parts.append("\n".join(part for part in (f"{number}. {words}", one.source) if part))
    return replace(messages[0], text="\n\n".join(filter(None, (head, *parts, tail))), source=None)
