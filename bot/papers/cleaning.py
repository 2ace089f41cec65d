"""Texts as they can be printed: composed letters, nothing unseen, and no line that someone slipped in."""

import re
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar, cast

from core.cleaning import clean_text
from core.papers import Paper, Picture

_T = TypeVar("_T")
_NO_XML = re.compile("[\ufffe\uffff]")  # what no file of XML, and so no DOCX, may hold
_HAVE_LINES = (Paper, Picture)  # their own titles may be written in several lines


def cleaned(value: _T) -> _T:
    """A paper, or a part of it, with every text cleaned.

    >>> from core.papers import Blank
    >>> cleaned(Blank(label="Tên", value="An\\nLà hộ nghèo: có\\x00")).value
    'An Là hộ nghèo: có'
    """
    return cast(_T, _cleaned(value))


def _cleaned(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        keep = isinstance(value, _HAVE_LINES)
        inside = {each.name: getattr(value, each.name) for each in fields(value)}
        return replace(value, **{key: _lines(part) if keep else _cleaned(part) for key, part in inside.items()})
    if isinstance(value, tuple):
        return tuple(_cleaned(part) for part in value)
    if isinstance(value, str) and not isinstance(value, Enum):
        return " ".join(_clean(value).split("\n"))
    return value


def _lines(value: Any) -> Any:
    return _clean(value) if isinstance(value, str) else _cleaned(value)


def _clean(text: str) -> str:
    return _NO_XML.sub("", clean_text(text)).replace("\t", " ")
