"""A list that an officer sends: whether it can be one, by its name and its first bytes, and what is told where not."""

from content.formatting import number_text
from core.filetypes import MAX_FILE_BYTES
from web.console.figures.target import Trouble
from web.console.visit import Visit
from web.forms import Upload

MOST_ROWS = 1_000  # of one file of offers on the page; the command takes longer ones
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


def list_trouble(visit: Visit, fault: str, status: int = 422, *, rows: int = MOST_ROWS) -> Trouble:
    """The same in a sentence; `rows` is how many a file may have."""
    ending = "".join(f".{one.name.lower().rpartition('.')[2][:10]}" for one in visit.form.files[:1])
    values = {"most": MAX_FILE_BYTES // MEGABYTE, "rows": number_text(rows, visit.words.lang), "ending": ending}
    name = f"console.import.fault.{fault}"
    wanted = {one: value for one, value in values.items() if one in visit.words.places(name)}
    return Trouble(text=visit.words.text(name, **wanted), status=status)
