"""The fields of the request for review, in the order of the form, and how what is typed for each is read.

Source: Mẫu số 01 issued with Quyết định 24/2021/QĐ-TTg (fields 1 to 11 were found in print; the promise of truth,
the place and day and the signature are as remembered).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.text import Days, clean, dates, fold

FIELDS = (
    "name",
    "sex",
    "born",
    "ethnicity",
    "id_number",
    "id_issued",
    "residence",
    "home",
    "members",
    "reason",
)
MEMBERS_MOST = 40
_OLDEST = 120  # years
_YEAR = re.compile(r"^(?:sinh |nam |sinh nam |nam sinh )?((?:19|20)\d\d)$")
_SHORT_YEAR = re.compile(r"^(?:sinh |nam |sinh nam |nam sinh )(\d\d)$")
_DAY = re.compile(r"\b(\d{1,2})[\s./-]+(?:thang )?(\d{1,2})[\s./-]+(?:nam )?((?:19|20)\d\d)\b")
_SEXES = {"nam": "male", "nu": "female", "trai": "male", "gai": "female", "male": "male", "female": "female"}
_RELATIONS = {
    "vo": "vợ",
    "chong": "chồng",
    "con": "con",
    "con trai": "con",
    "con gai": "con",
    "con de": "con",
    "me": "mẹ",
    "ma": "mẹ",
    "bo": "bố",
    "ba": "bố",
    "cha": "bố",
    "ong": "ông",
    "ba noi": "bà",
    "chau": "cháu",
    "anh": "anh",
    "em": "em",
    "chi": "chị",
    "con dau": "con dâu",
    "con re": "con rể",
    "chu ho": "chủ hộ",
    "bo chong": "bố chồng",
    "ba chong": "bố chồng",
    "me chong": "mẹ chồng",
    "bo vo": "bố vợ",
    "me vo": "mẹ vợ",
    "ong noi": "ông nội",
    "ong ngoai": "ông ngoại",
    "ba ngoai": "bà ngoại",
    "chau noi": "cháu nội",
    "chau ngoai": "cháu ngoại",
    "anh trai": "anh",
    "em trai": "em",
    "chi gai": "chị",
    "em gai": "em",
}
_FEMALE = frozenset(
    ("con gai", "vo", "me", "ma", "con dau", "ba noi", "ba ngoai", "me chong", "me vo", "chi", "chi gai", "em gai")
)
_MALE = frozenset(
    (
        "con trai",
        "chong",
        "bo",
        "cha",
        "con re",
        "ong noi",
        "ong ngoai",
        "bo chong",
        "ba chong",
        "bo vo",
        "anh",
        "anh trai",
        "em trai",
    )
)
# What begins so is how somebody spends their days, and is written as it was typed.
_DOES = (
    "lam ",
    "di lam",
    "khong ",
    "ko ",
    "bo hoc",
    "nghi hoc",
    "chua di hoc",
    "that nghiep",
    "gia ",
    "benh",
    "om ",
    "buon ban",
    "cong nhan",
    "phu ho",
    "noi tro",
    "noi cho",
    "tan tat",
    "khuyet tat",
    "con nho",
)
_STATES = {
    "di hoc": "đang đi học",
    "dang di hoc": "đang đi học",
    "hoc": "đang đi học",
    "co viec": "có việc làm",
    "di lam": "có việc làm",
    "lam ruong": "có việc làm",
    "lam nong": "có việc làm",
    "co viec lam": "có việc làm",
    "khong co viec": "không có việc làm",
    "khong viec": "không có việc làm",
    "that nghiep": "không có việc làm",
    "o nha": "không có việc làm",
    "khong co viec lam": "không có việc làm",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A field as it was read; without a value, the message that asks again."""

    value: Any = None
    again: str | None = None


def read(field: str, text: str, today: date) -> Read:
    """What was typed for a field."""
    text = " ".join(clean(text).split()) if field != "members" else clean(text)
    return _READERS[field](text, today)


def _name(text: str, _: date) -> Read:
    if not 2 <= len(text) <= 60 or any(one.isdigit() for one in text):
        return Read(again="request.again.name")
    return Read(value=text.title() if text == text.lower() or text == text.upper() else text)


def _sex(text: str, _: date) -> Read:
    found = _SEXES.get(fold(text))
    return Read(value=found) if found else Read(again="request.again.sex")


def _born(text: str, today: date) -> Read:
    found = day_of(text, today)
    return Read(value=found) if found else Read(again="request.again.born")


def _issued(text: str, today: date) -> Read:
    found = day_of(text, today)
    return Read(value=found) if found and len(found) > 4 else Read(again="request.again.id_issued")


def day_of(text: str, today: date) -> str | None:
    """A day of the past as offices write it, "15/3/1975", or a year alone; None for anything else.

    >>> day_of("ngày 5 tháng 1 năm 1980", date(2026, 11, 20)), day_of("1975", date(2026, 11, 20))
    ('05/01/1980', '1975')
    """
    folded = fold(text)
    year = _YEAR.match(folded)
    if year:
        return year.group(1) if today.year - _OLDEST <= int(year.group(1)) <= today.year else None
    short = _SHORT_YEAR.match(folded)
    if short:
        within = today.year % 100
        return str(int(short.group(1)) + (2000 if int(short.group(1)) <= within else 1900))
    typed = _DAY.search(folded)
    if typed:
        return _written(int(typed.group(3)), int(typed.group(2)), int(typed.group(1)), today)
    found = [one.first for one in dates(text, on=today) if isinstance(one, Days) and one.first == one.last]
    return _written(found[0].year, found[0].month, found[0].day, today) if found else None


def _written(year: int, month: int, day: int, today: date) -> str | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    if not today.year - _OLDEST <= year or found > today:
        return None
    return f"{day:02d}/{month:02d}/{year}" if month <= 2 else f"{day:02d}/{month}/{year}"


def _id_number(text: str, _: date) -> Read:
    digits = re.sub(r"[\s.\-]", "", text)
    real = re.fullmatch(r"\d{12}|\d{9}", digits) is not None and len(set(digits)) > 1
    return Read(value=digits) if real else Read(again="request.again.id_number")


def _ethnicity(text: str, _: date) -> Read:
    plain_ = 2 <= len(text) <= 20 and not any(one.isdigit() for one in text)
    return Read(value=text) if plain_ else Read(again="request.again.ethnicity")


def _line(most: int, again: str) -> Callable[[str, date], Read]:
    def reader(text: str, _: date) -> Read:
        return Read(value=text) if 2 <= len(text) <= most else Read(again=again)

    return reader


def _members(text: str, today: date) -> Read:
    found = [_member(line, today) for line in re.split(r"[\n;]", text) if line.strip()]
    if not found or any(one is None for one in found) or len(found) > MEMBERS_MOST:
        return Read(again="request.again.members")
    return Read(value=[one for one in found if one is not None])


def _member(line: str, today: date) -> dict[str, str] | None:
    """One person: "Lò Thị Mai, nữ, 2015, con, đi học". The name first, the rest in any order."""
    line = re.sub(r"^\s*\d{1,2}[.)]\s*", "", line)
    parts = [part.strip() for part in re.split(r",|\t| - ", line) if part.strip()]
    if not parts or not 2 <= len(parts[0]) <= 60 or any(one.isdigit() for one in parts[0]):
        return None
    name = parts[0].title() if parts[0] in (parts[0].lower(), parts[0].upper()) else parts[0]
    person = {"name": name, "sex": "", "born": "", "relation": "", "state": ""}
    others = []
    for part in parts[1:]:
        said = fold(part)
        if said in _SEXES:
            person["sex"] = _SEXES[said]
        elif (day := day_of(part, today)) is not None:
            person["born"] = day
        elif said in _STATES or said.startswith("hoc lop"):
            person["state"] = _STATES.get(said, "đang đi học")
        elif said in _RELATIONS:
            person["relation"] = _RELATIONS[said]
            person["sex"] = person["sex"] or _sex_of(said)
        else:
            others.append(part[:40])
    return _with_others(person, others)


def _sex_of(relation: str) -> str:
    return "female" if relation in _FEMALE else "male" if relation in _MALE else ""


def _with_others(person: dict[str, str], others: list[str]) -> dict[str, str]:
    """What is in no list: what somebody does if it begins like that, else a relation; nothing that was read goes."""
    doing = [one for one in others if f"{fold(one)} ".startswith(_DOES)]
    kin = [one for one in others if one not in doing]
    relation = person["relation"] or (kin.pop(0) if kin else "")
    state = ", ".join(one for one in (person["state"], *doing, *kin) if one)[:60]
    return {**person, "relation": relation, "state": state}


_READERS: Mapping[str, Callable[[str, date], Read]] = {
    "name": _name,
    "sex": _sex,
    "born": _born,
    "ethnicity": _ethnicity,
    "id_number": _id_number,
    "id_issued": _issued,
    "residence": _line(160, "request.again.short"),
    "home": _line(160, "request.again.short"),
    "members": _members,
    "reason": _line(600, "request.again.reason"),
}
