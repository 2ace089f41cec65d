"""Texts that speak of pressing, for a channel on which nothing can be pressed: there the choices are lines to type.

The texts are written once, for buttons. What stands between quotation marks somebody else wrote: it stays as it is.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from core.messages import OutboundMessage

_QUOTED = re.compile(r"(“[^”]*”|\"[^\"]*\")")
# What is said of pressing; how that is said where the lines have numbers; and where they have none, because a number
# is an answer there. The longer wording comes before the shorter one that is a part of it.
_VIETNAMESE = (
    (r"[Bb]ấm một nút, gõ một số", "gõ một số", "gõ một dòng ở dưới"),
    (r"[Bb]ấm chọn, hoặc gõ tên", "gõ số, hoặc gõ tên", "gõ tên"),
    (r"[Bb]ấm một nút", "gõ một số", "gõ một dòng ở dưới"),
    (r"[Bb]ấm nút(?: dưới đây)?", "gõ số ở dưới", "gõ dòng chữ ở dưới"),
    (r"[Bb]ấm (?:chọn )?một (việc|mặt|mục)", r"gõ số của một \1", r"gõ tên một \1"),
    (r"[Bb]ấm việc", "gõ số của việc", "gõ tên việc"),
    (r"[Bb]ấm nối kênh", "gõ: nối kênh", "gõ: nối kênh"),
    (r"[Bb]ấm:? (?=[A-ZĐ])", "gõ: ", "gõ: "),  # a label that is typed is heard as its button
    (r"[Kk]hông có nút số", "không có số", "không có số"),
)
_ENGLISH = (
    (r"[Pp]ress a button, type a number", "type a number", "type a line below"),
    (r"[Pp]ress a button, or type the name", "type the number or the name", "type the name"),
    (r"[Pp]ress one, or write", "type its number, or write", "type its name, or write"),
    (r"[Pp]ress one of the buttons", "type a number below", "type a line below"),
    (r"[Pp]ress one to", "type its number to", "type its name to"),
    (r"[Pp]ress (?:(?:a|the) button(?: below)?|below)", "type the number below", "type the line below"),
    (r"[Pp]ress:? (?=[A-Z])", "type: ", "type: "),
    (r"[Tt]here is no button", "there is no number", "there is no number"),
    (r"[Tt]his button", "this choice", "this choice"),
)
_RULES = {
    lang: tuple((re.compile(said), numbered, plain) for said, numbered, plain in rules)
    for lang, rules in (("vi", _VIETNAMESE), ("en", _ENGLISH))
}


def as_lines(replies: Sequence[OutboundMessage], lang: str) -> tuple[OutboundMessage, ...]:
    """The bubbles of one turn, saying what to type where they said what to press."""
    numbered = any(one.numbered for one in replies)
    return tuple(replace(one, text=to_type(one.text, lang, numbered=numbered)) for one in replies)


def to_type(text: str, lang: str, *, numbered: bool) -> str:
    """A text of ours that says what to type. In a language without rules it stays as it is.

    >>> to_type("Muốn gửi thì bấm nút, hoặc gõ: đồng ý.", "vi", numbered=True)
    'Muốn gửi thì gõ số ở dưới, hoặc gõ: đồng ý.'
    >>> to_type("Bấm Gặp cán bộ. Đừng bấm đường dẫn.", "vi", numbered=False)
    'Gõ: Gặp cán bộ. Đừng bấm đường dẫn.'
    """
    parts = _QUOTED.split(text)  # the quoted ones are at the odd places
    return "".join(one if at % 2 else _reworded(one, lang, numbered=numbered) for at, one in enumerate(parts))


def _reworded(text: str, lang: str, *, numbered: bool) -> str:
    for said, with_number, without in _RULES.get(lang, ()):
        text = said.sub(lambda match, how=with_number if numbered else without: _in_place(match, how), text)  # type: ignore[misc]
    return text


def _in_place(match: re.Match[str], how: str) -> str:
    """The other wording, beginning as the first did: a sentence keeps its capital."""
    said = match.expand(how)
    return f"{said[:1].upper()}{said[1:]}" if match[0][:1].isupper() else said
