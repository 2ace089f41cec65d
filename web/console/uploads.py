"""A list that an officer sends: whether it can be one, by its name and its first bytes, and what is told where not."""

import re
from collections.abc import Sequence

from content.formatting import number_text
from content.work.sheets import Hidden, UnreadableListError
from core.filetypes import MAX_FILE_BYTES
from web.console.figures.target import Trouble
from web.console.visit import Visit
from web.forms import Upload

MOST_ROWS = 1_000  # of one file of offers on the page; the command takes longer ones
MOST_HIDDEN = 20  # numbers of hidden rows that are told
_HIDDEN = re.compile(r"(\d{1,5})-(\d{1,7}(?:\.\d{1,7}){0,19})", re.ASCII)
MEGABYTE = 1024 * 1024
_PACKED, _OLD_EXCEL, _UTF16 = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", (b"\xff\xfe", b"\xfe\xff")


def not_a_list(files: tuple[Upload, ...]) -> str:
    """Why this cannot be a list: a name alone is not believed. Empty: it can."""
    if len(files) != 1:
        return "many" if files else "none"
    content, name = files[0].content, files[0].name.lower()
    if len(content) > MAX_FILE_BYTES:
        return "large"
    if content.startswith(_OLD_EXCEL):
        return "old"
    if not name.endswith((".xlsx", ".csv")):
        return "ending"
    packed = content.startswith(_PACKED)
    binary = b"\x00" in content[:4096] and not content.startswith(_UTF16)
    return "not-it" if packed != name.endswith(".xlsx") or (binary and not packed) else ""


def unreadable(visit: Visit, error: UnreadableListError, rows: int = MOST_ROWS) -> Trouble:
    """Why no list can be read from a file, in a sentence. `rows` may stand in it at most."""
    return list_trouble(visit, error.fault, rows=rows, said=error.said)


def hidden_texts(visit: Visit, hidden: Sequence[Hidden]) -> list[str]:
    """Which rows were left aside because they are hidden: a sentence a sheet, of many the first ones by number."""
    return [_hidden_text(visit, one) for one in hidden]


def _hidden_text(visit: Visit, one: Hidden) -> str:
    lines = ", ".join(map(str, one.lines[:MOST_HIDDEN])) + ("…" if len(one.lines) > MOST_HIDDEN else "")
    if one.sheet:
        return visit.words.text("console.import.hidden.sheet", number=len(one.lines), lines=lines, sheet=one.sheet)
    return visit.words.text("console.import.hidden", number=len(one.lines), lines=lines)


def hidden_query(hidden: Sequence[Hidden]) -> dict[str, str]:
    """The same as it stands in the address of the page to which a list leads that was put in; nothing of none."""
    lines = [line for one in hidden for line in one.lines]
    return {"hidden": f"{len(lines)}-{'.'.join(map(str, lines[:MOST_HIDDEN]))}"} if lines else {}


def hidden_asked(visit: Visit) -> str:
    """The sentence of that address; empty where it names no rows."""
    found = _HIDDEN.fullmatch(visit.request.query_params.get("hidden", ""))
    if found is None:
        return ""
    number, named = int(found[1]), found[2].split(".")
    lines = ", ".join(named) + ("…" if number > len(named) else "")
    return visit.words.text("console.import.hidden", number=number, lines=lines)


def list_trouble(visit: Visit, fault: str, status: int = 422, *, rows: int = MOST_ROWS, said: str = "") -> Trouble:
    """The same in a sentence; `rows` is how many a file may have, `said` what stands in it."""
    ending = "".join(f".{one.name.lower().rpartition('.')[2][:10]}" for one in visit.form.files[:1])
    told = number_text(rows, visit.words.lang)
    values = {"most": MAX_FILE_BYTES // MEGABYTE, "rows": told, "ending": ending, "said": said}
    name = f"console.import.fault.{fault}"
    wanted = {one: value for one, value in values.items() if one in visit.words.places(name)}
    return Trouble(text=visit.words.text(name, **wanted), status=status)
