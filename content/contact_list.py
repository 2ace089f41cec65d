"""A ward's list of people to write to, as CSV: each row read, or told with its line and what is wrong with it."""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from content.schema import HouseholdStatus
from core.contacts import URN, telephone
from core.errors import ChungTayError
from core.text import clean, fold

# The columns, and what else they may be called.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "channel": ("kênh", "tài khoản kênh"),
    "address": ("địa chỉ", "mã người dùng", "mã telegram", "id telegram", "id"),
    "name": ("họ và tên", "họ tên", "tên"),
    "phone": ("điện thoại", "số điện thoại", "sđt"),
    "locality": ("xã", "phường", "xã phường", "địa phương"),
    "hamlet": ("thôn", "tổ", "tổ dân phố", "thôn tổ", "thôn tổ dân phố", "thôn làng", "làng"),
    "household_status": ("diện", "diện hộ", "loại hộ", "tình trạng hộ", "đối tượng"),
    "language": ("ngôn ngữ", "tiếng"),
    "household": ("hộ", "mã hộ", "số hộ"),
    "topics": ("chủ đề", "chủ đề quan tâm", "việc quan tâm"),
    "status_since": ("công nhận từ ngày", "từ ngày", "ngày công nhận", "ngày thoát nghèo"),
}
REQUIRED = ("channel", "address", "name", "phone", "locality", "hamlet", "household_status", "language")
LONGEST = {"address": 200, "name": 80, "hamlet": 200, "household": 60}  # characters
_STATUS = {
    fold(said): status
    for said, status in {
        "": None,
        "poor": HouseholdStatus.POOR,
        "ngheo": HouseholdStatus.POOR,
        "ho ngheo": HouseholdStatus.POOR,
        "near poor": HouseholdStatus.NEAR_POOR,
        "can ngheo": HouseholdStatus.NEAR_POOR,
        "ho can ngheo": HouseholdStatus.NEAR_POOR,
        "newly escaped": HouseholdStatus.NEWLY_ESCAPED,
        "thoat ngheo": HouseholdStatus.NEWLY_ESCAPED,
        "moi thoat ngheo": HouseholdStatus.NEWLY_ESCAPED,
        "ho moi thoat ngheo": HouseholdStatus.NEWLY_ESCAPED,
        "average": HouseholdStatus.AVERAGE,
        "muc song trung binh": HouseholdStatus.AVERAGE,
        "ho co muc song trung binh": HouseholdStatus.AVERAGE,
    }.items()
}
_LANGUAGES = {"": "vi", "vi": "vi", "viet": "vi", "tieng viet": "vi", "en": "en", "anh": "en", "tieng anh": "en"}
_POWER = re.compile(r"(\d)[.,]?(\d*)E\+?(\d{1,2})", re.IGNORECASE)
_MOBILE, _FIXED = re.compile(r"0[35789]\d{8}"), re.compile(r"02\d{9}")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_OLDEST, _NEWEST = 1990, 2100  # years in which a household can have been recognised
_FORMULA = ("=", "+", "@", "\t")
MOST_COMMAS = 3  # in the name of a topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One person of a list."""

    line: int
    urn: URN
    name: str = field(repr=False)
    phone: str = field(repr=False)
    locality: str
    hamlet: str | None
    status: HouseholdStatus | None
    language: str
    household: str | None = None  # None where the list has no such column
    topics: tuple[str, ...] = ()
    status_since: date | None = None  # since when the commune has recognised the household so


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """A row that cannot be taken: where, and how to mend it. Tells no name, number or address."""

    line: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a list may name."""

    accounts: Collection[str]
    localities: Mapping[str, str]  # folded id or name -> id
    hamlets: Mapping[str, Mapping[str, str]]  # by locality: folded name -> name
    topics: Mapping[str, Sequence[str]]  # folded id or name of a topic or a theme -> ids


def text_of(raw: bytes, where: str) -> str:
    """The text of a file as spreadsheets save it. Raises ChungTayError."""
    for encoding in ("utf-16",) if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig",):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError as error:
            what = f"is not UTF-8, byte {error.start + 1}"
            raise ChungTayError(what, where=where, mend='save it as "CSV UTF-8"') from None
    raise AssertionError("one of them was tried")


def read_list(text: str, known: Known, where: str) -> tuple[list[Listed], list[BadRow]]:
    """The rows of a list, and those that cannot be taken. Raises ChungTayError where a column is missing."""
    rows = _rows(text)
    _, head = next(rows, (0, []))
    places = _places(head, where)
    heads = {name: " ".join(clean(head[at]).split()) for name, at in places.items()}
    good: list[Listed] = []
    bad: list[BadRow] = []
    first: dict[URN, int] = {}
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        try:
            if len(cells) > len(head):
                raise ValueError(f"has {len(cells)} cells, the head has {len(head)}: put quotes around a comma")
            values = {name: clean(cells[at]).strip() if at < len(cells) else "" for name, at in places.items()}
            one = _listed(line, values, known, heads)
            if one.urn in first:
                raise ValueError(f"{heads['address']}: stands in line {first[one.urn]} too")
        except ValueError as error:
            bad.append(BadRow(line=line, what=str(error)))
            continue
        first[one.urn] = line
        good.append(one)
    return good, bad


def unread(text: str) -> list[str]:
    """Columns of a list that nothing is read from, as they are headed: likely the ward's own, or a slip."""
    _, head = next(_rows(text), (0, []))
    return [" ".join(cell.split()) for cell in head if cell.strip() and _column(cell) is None]


def phone_of(typed: str) -> str:
    """A telephone number as it is dialled within Viet Nam; "" where none is given. Raises ValueError.

    >>> [phone_of(one) for one in ("912 345 678", "+84 912.345.678", "9.12345678E+08", "")]
    ['0912345678', '0912345678', '0912345678', '']
    """
    if not typed:
        return ""
    power = _POWER.fullmatch(re.sub(r"\s", "", typed))
    if power is not None:
        digits, wanted = power.group(1) + power.group(2), int(power.group(3)) + 1
        if len(digits) < wanted:
            raise ValueError("the spreadsheet has cut it off: make the column text and enter it again")
        typed = digits[:wanted]
    digits = re.sub(r"[\s.\-()]", "", re.sub(r"\.0$", "", typed))
    digits = re.sub(r"^(?:\+84|0084|84(?=\d{9}$))", "0", digits)
    digits = f"0{digits}" if re.fullmatch(r"[2-9]\d{8,9}", digits) else digits
    if _MOBILE.fullmatch(digits) is None and _FIXED.fullmatch(digits) is None:
        raise ValueError("is no number of Viet Nam: ten digits that begin with 03, 05, 07, 08 or 09")
    return digits


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ChungTayError(f"cannot be read: {error}", where=f"line {reader.line_num}") from None
        yield before + 1, cells
        before = reader.line_num


_NAMED = {fold(other): name for name, others in COLUMNS.items() for other in (name.replace("_", " "), *others)}


def _column(cell: str) -> str | None:
    """Which column a head means."""
    return _NAMED.get(fold(cell.replace("_", " ")))


def _places(head: list[str], where: str) -> dict[str, int]:
    places: dict[str, int] = {}
    for at, cell in enumerate(head):
        name = _column(cell)
        if name is not None:
            if name in places:
                raise ChungTayError(f'has the column "{name}" twice', where=f"{where}, line 1")
            places[name] = at
    missing = [name for name in REQUIRED if name not in places]
    if missing:
        named = ", ".join(f"{name} ({COLUMNS[name][0]})" for name in REQUIRED)
        mend = f"the first line names the columns, in either language: {named}"
        raise ChungTayError(f"has no column {', '.join(missing)}", where=f"{where}, line 1", mend=mend)
    return places


def _listed(line: int, values: Mapping[str, str], known: Known, heads: Mapping[str, str]) -> Listed:
    """A row. Raises ValueError with all that is wrong with it, each by the head of its column."""
    faults: list[str] = []

    def read(name: str, reader: Callable[..., Any], *given: Any) -> Any:
        try:
            return reader(*given)
        except ValueError as error:
            faults.append(f"{heads.get(name, name)}: {error}")
            return None

    for name, value in values.items():
        read(name, _demand_sound, name, value)
    locality = read("locality", _locality, values["locality"], known)
    typed = values["hamlet"]
    account = read("channel", _account, values["channel"], known)
    found = {
        "urn": URN(account=account or "", path=read("address", _path, account or "", values["address"])),
        "phone": read("phone", phone_of, values["phone"]),
        "status": read("household_status", status_of, values["household_status"]),
        "language": read("language", _language, values["language"]),
        "topics": read("topics", _topics, values.get("topics", ""), known),
        "status_since": read("status_since", _since, values.get("status_since", "")),
    }
    if faults:
        raise ValueError("; ".join(faults))
    return Listed(
        line=line,
        name=values["name"],
        locality=locality,
        hamlet=known.hamlets.get(locality, {}).get(fold(typed), typed) or None,
        household=values.get("household"),
        **found,
    )


def _demand_sound(name: str, value: str) -> None:
    if len(value) > LONGEST.get(name, 400):
        raise ValueError(f"is longer than {LONGEST.get(name, 400)} characters")
    if name != "phone" and value.startswith(_FORMULA):
        raise ValueError(f'begins with "{value[0]}", like a formula')


def _locality(typed: str, known: Known) -> str:
    found = known.localities.get(fold(typed))
    if found is None:
        raise ValueError(f"is none of ours: {', '.join(sorted(set(known.localities.values())))}")
    return found


def _account(typed: str, known: Known) -> str:
    if typed not in known.accounts:
        raise ValueError(f"is none of ours: {', '.join(sorted(known.accounts)) or 'there is none'}")
    return typed


def _path(account: str, typed: str) -> str:
    if not typed:
        raise ValueError("is empty")
    if account.startswith("telegram.") and _POWER.fullmatch(typed):
        raise ValueError("the spreadsheet has rounded it: make the column text and enter it again")
    if account.startswith("telegram.") and not re.fullmatch(r"[1-9][0-9]{0,15}", typed):
        raise ValueError("is no number of a Telegram user")
    return _zalo_path(typed) if account.startswith("zalo.") else typed


def _zalo_path(typed: str) -> str:
    """A person's number at the Official Account, or their telephone: that takes templates alone.

    >>> _zalo_path("246845883529197922"), _zalo_path("0912 345 678")
    ('246845883529197922', 'tel:84912345678')
    """
    if re.fullmatch(r"[1-9][0-9]{14,24}", typed):
        return typed
    try:
        phone = phone_of(typed)
    except ValueError:
        phone = ""
    if _MOBILE.fullmatch(phone) is None:
        raise ValueError("is neither the number of a Zalo user nor a mobile telephone of Viet Nam")
    return telephone(phone)


def status_of(typed: str) -> HouseholdStatus | None:
    """A household's status in either language and any spelling; None where nothing is said. Raises ValueError."""
    folded = fold(typed.replace("_", " ").replace("-", " "))
    if folded not in _STATUS:
        words = "hộ nghèo, hộ cận nghèo, hộ mới thoát nghèo, hộ có mức sống trung bình"
        raise ValueError(f"is none of poor, near_poor, newly_escaped, average ({words})")
    return _STATUS[folded]


def _since(typed: str) -> date | None:
    """A day as Vietnamese spreadsheets write it, or as ISO 8601 does."""
    match = _DAY.fullmatch(typed)
    if not typed:
        return None
    try:
        day = date(int(match[3]), int(match[2]), int(match[1])) if match else date.fromisoformat(typed)
    except ValueError:
        day = None
    if day is None or not _OLDEST <= day.year <= _NEWEST:
        raise ValueError("is no day, such as 20/11/2023")
    return day


def _language(typed: str) -> str:
    if fold(typed) not in _LANGUAGES:
        raise ValueError("is none of vi, en")
    return _LANGUAGES[fold(typed)]


def _topics(typed: str, known: Known) -> tuple[str, ...]:
    """Topics by id or by name, themes by name."""
    found: list[str] = []
    for piece in _pieces(typed, known):
        words = [piece] if fold(piece) in known.topics else piece.split()
        strange = [word for word in words if fold(word) not in known.topics]
        if strange:
            named = strange[0] if len(strange) < len(words) else piece.strip()
            raise ValueError(f'no topic "{named}": see chungtay learn labels')
        found += [topic for word in words for topic in known.topics[fold(word)]]
    return tuple(dict.fromkeys(found))


def _pieces(typed: str, known: Known) -> Iterator[str]:
    """What stands between commas; names have commas in them too, so the longest known run is one piece."""
    for part in re.split(r"[;|\n]+", typed):
        rest = part.split(",")
        while rest:
            runs = (
                many
                for many in range(min(len(rest), MOST_COMMAS + 1), 1, -1)
                if fold(",".join(rest[:many])) in known.topics
            )
            many = next(runs, 1)
            yield ",".join(rest[:many])
            rest = rest[many:]
