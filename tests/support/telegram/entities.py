"""Where something begins and ends in a text: Telegram counts UTF-16 units."""

import re

from telegram import MessageEntity

_COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")
_MENTION = re.compile(r"(?<!\w)@[A-Za-z0-9_]{4,32}(?!\w)")
_URL = re.compile(r"https?://[^\s<>]+[^\s<>.,;:!?)\"']")
_KINDS = ((MessageEntity.BOT_COMMAND, _COMMAND), (MessageEntity.MENTION, _MENTION), (MessageEntity.URL, _URL))


def units(text: str) -> int:
    """The length of a text as Telegram counts it: an emoji outside the basic plane is two."""
    return len(text) + sum(1 for letter in text if ord(letter) > 0xFFFF)


def seen_in(text: str) -> list[MessageEntity]:
    """What the server marks by itself in what a person writes: commands, mentions, addresses."""
    found = [
        MessageEntity(type=kind, offset=units(text[: match.start()]), length=units(match.group()))
        for kind, pattern in _KINDS
        for match in pattern.finditer(text)
    ]
    addresses = [range(e.offset, e.offset + e.length) for e in found if e.type == MessageEntity.URL]
    kept = [e for e in found if e.type == MessageEntity.URL or not any(e.offset in where for where in addresses)]
    return sorted(kept, key=lambda entity: entity.offset)


def covered(text: str, entity: MessageEntity) -> str:
    """The part of the text an entity marks."""
    raw = text.encode("utf-16-le")
    return raw[entity.offset * 2 : (entity.offset + entity.length) * 2].decode("utf-16-le")


def trimmed(text: str, entities: list[MessageEntity]) -> tuple[str, list[MessageEntity]]:
    """A text without the white space around it, its entities moved along; the server shows it so."""
    stripped = text.strip()
    if stripped == text:
        return text, entities
    lead = units(text[: len(text) - len(text.lstrip())])
    size, kept = units(stripped), []
    for entity in entities:
        begin = max(entity.offset - lead, 0)
        end = min(entity.offset + entity.length - lead, size)
        if end > begin:
            changed = entity.to_dict() | {"offset": begin, "length": end - begin}
            kept.append(MessageEntity.de_json(changed, None))
    return stripped, kept
