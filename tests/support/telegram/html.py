"""HTML as the Bot API reads it, and stricter where it lets a mistake through to the person.

The server shows an unknown `&name;`, a bare `&` and a bare `>` as they stand and silently drops styles in `code`; the
documentation forbids all of that, so it is refused here.
"""

import re
from dataclasses import dataclass
from typing import Any

from telegram import MessageEntity
from telegram.constants import MessageLimit

from tests.support.telegram.entities import trimmed, units
from tests.support.telegram.errors import ApiError, bad_request

_STYLES = {
    "b": MessageEntity.BOLD,
    "strong": MessageEntity.BOLD,
    "i": MessageEntity.ITALIC,
    "em": MessageEntity.ITALIC,
    "u": MessageEntity.UNDERLINE,
    "ins": MessageEntity.UNDERLINE,
    "s": MessageEntity.STRIKETHROUGH,
    "strike": MessageEntity.STRIKETHROUGH,
    "del": MessageEntity.STRIKETHROUGH,
    "tg-spoiler": MessageEntity.SPOILER,
}
_PLAIN = {"code": MessageEntity.CODE, "pre": MessageEntity.PRE}
_ATTRIBUTES = {  # by tag: what it may say; the second of each pair tells whether it must
    "a": {"href": True},
    "span": {"class": True},
    "tg-emoji": {"emoji-id": True},
    "tg-time": {"unix": True, "format": False},
    "blockquote": {"expandable": False},
    "code": {"class": False},
}
_TAGS = {*_STYLES, *_PLAIN, *_ATTRIBUTES}
_SCHEMES = ("http://", "https://", "tg://", "mailto:", "tel:")  # the server shows any other link as bare text
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_PIECE = re.compile(r"<(?P<close>/?)(?P<tag>[^\s<>/]*)(?P<rest>[^<>]*)>|&(?P<name>[^&;\s<>]*);?|[<>]|[^<>&]+")
_ATTRIBUTE = re.compile(r"""\s+([A-Za-z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")


@dataclass(slots=True)
class _Open:
    tag: str
    at: int  # where it begins in the HTML, in bytes
    offset: int  # and in the text, in UTF-16 units
    attributes: dict[str, str]


class _Reader:
    """Reads once from left to right; remembers which tags are open and where the text stands."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._open: list[_Open] = []
        self._text: list[str] = []
        self._length = 0
        self._found: list[tuple[int, MessageEntity]] = []  # by the order of their start tags

    def read(self) -> tuple[str, list[MessageEntity]]:
        for match in _PIECE.finditer(self._html):
            piece, at = match.group(), len(self._html[: match.start()].encode())
            if match["tag"] is not None:
                self._tag(match, at)
            elif match["name"] is not None:
                self._add(_letter(piece, at))
            elif piece == "<":
                raise _broken(f"Unclosed start tag at byte offset {at}")
            elif piece == ">":
                raise _broken(f'Character ">" must be written as "&gt;" at byte offset {at}')
            else:
                self._add(piece)
        if self._open:
            raise _broken(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        return "".join(self._text), [entity for _, entity in sorted(self._found, key=lambda one: one[0])]

    def _add(self, text: str) -> None:
        self._text.append(text)
        self._length += units(text)

    def _tag(self, match: re.Match[str], at: int) -> None:
        tag = match["tag"].lower()
        if match["close"]:
            self._end(tag, match["rest"], at)
            return
        if tag not in _TAGS or match["rest"].endswith("/"):
            raise _broken(f'Unsupported start tag "{match["tag"]}" at byte offset {at}')
        opened = _Open(tag, at, self._length, _attributes(tag, match["rest"], at))
        self._may_stand_here(opened, at)
        self._open.append(opened)

    def _may_stand_here(self, new: _Open, at: int) -> None:
        around = [outer.tag for outer in self._open]
        if around[-1:] == ["pre"] and new.tag == "code":
            return  # how a language is told; whatever else, `code` is the only tag in `pre`
        if any(tag in _PLAIN for tag in around):
            raise _broken(f'Tag "{new.tag}" can\'t be inside of tag "{around[-1]}" at byte offset {at}')
        if new.tag in _PLAIN and any(tag != "blockquote" for tag in around):
            raise _broken(f'Tag "{new.tag}" can\'t be inside of tag "{around[-1]}" at byte offset {at}')
        if new.tag in ("blockquote", "a") and new.tag in around:
            raise _broken(f'Tag "{new.tag}" can\'t be nested at byte offset {at}')

    def _end(self, tag: str, rest: str, at: int) -> None:
        if rest.strip():
            raise _broken(f"Unclosed end tag at byte offset {at}")
        if not self._open:
            raise _broken(f"Unexpected end tag at byte offset {at}")
        opened = self._open.pop()
        if opened.tag != tag:
            raise _broken(f'Unmatched end tag at byte offset {at}, expected "</{opened.tag}>", found "</{tag}>"')
        if tag == "code" and self._open and self._open[-1].tag == "pre":  # it only tells the language
            self._open[-1].attributes["language"] = opened.attributes.get("class", "").removeprefix("language-")
        elif self._length > opened.offset:
            self._found.append((opened.at, _entity(opened, self._length - opened.offset)))


def _entity(opened: _Open, length: int) -> MessageEntity:
    tag, said = opened.tag, opened.attributes
    more: dict[str, Any] = {}
    if tag == "a":
        kind, more = MessageEntity.TEXT_LINK, {"url": said["href"]}
    elif tag == "blockquote":
        kind = MessageEntity.EXPANDABLE_BLOCKQUOTE if "expandable" in said else MessageEntity.BLOCKQUOTE
    elif tag == "tg-emoji":
        kind, more = MessageEntity.CUSTOM_EMOJI, {"custom_emoji_id": said["emoji-id"]}
    elif tag == "tg-time":
        kind, more = MessageEntity.DATE_TIME, {"unix_time": int(said["unix"]), "date_time_format": said.get("format")}
    elif tag == "span":
        kind = MessageEntity.SPOILER
    else:
        kind = _PLAIN.get(tag) or _STYLES[tag]
        more = {"language": said["language"]} if said.get("language") else {}
    return MessageEntity(type=kind, offset=opened.offset, length=length, **more)


def _attributes(tag: str, rest: str, at: int) -> dict[str, str]:
    allowed = _ATTRIBUTES.get(tag, {})
    said: dict[str, str] = {}
    position = 0
    while position < len(rest.rstrip()):
        match = _ATTRIBUTE.match(rest, position)
        if match is None or match[1] not in allowed or match[1] in said:
            raise _broken(f'Attribute of the tag "{tag}" is not understood at byte offset {at}')
        said[match[1]] = next((_decoded(value, at) for value in match.groups()[1:] if value is not None), "")
        position = match.end()
    if missing := [name for name, needed in allowed.items() if needed and not said.get(name)]:
        raise _broken(f'Tag "{tag}" must have attribute "{missing[0]}" at byte offset {at}')
    if tag == "span" and said["class"] != "tg-spoiler":
        raise _broken(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
    if tag == "a" and not said["href"].startswith(_SCHEMES):
        raise _broken(f"Wrong URL at byte offset {at}")
    if tag == "tg-time" and not said["unix"].isdigit():
        raise _broken(f"Invalid date specified at byte offset {at}")
    return said


def _decoded(value: str, at: int) -> str:
    return re.sub(r"&[^&;\s]*;?", lambda match: _letter(match.group(), at), value)


def _letter(written: str, at: int) -> str:
    name = written[1:].removesuffix(";")
    if written.endswith(";"):
        if name in _NAMED:
            return _NAMED[name]
        if match := re.fullmatch(r"#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}))", name):
            code = int(match[1], 16) if match[1] else int(match[2])
            if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000:
                return chr(code)
    raise _broken(f'Character "&" must be written as "&amp;" at byte offset {at}')


def _broken(text: str) -> ApiError:
    return bad_request(f"can't parse entities: {text}")


def read_html(html: str) -> tuple[str, list[MessageEntity]]:
    """The text a person sees, and its marks: the first hundred of them. Raises ApiError on anything not allowed."""
    text, found = trimmed(*_Reader(html).read())
    return text, found[: MessageLimit.MESSAGE_ENTITIES]
