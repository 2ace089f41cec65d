"""Tables of questions in, tables of readings out: tab-separated UTF-8, the first line the header, no quoting."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from content.understanding.reading import Reading, Understanding
from core.errors import ContentError

_NEEDED = ("id", "text")
_AFTER = "after:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One question of a table. What the table says about its answer is not read."""

    id: str
    text: str
    after: str | None = None  # topic of the turn before


def read_rows(name: str, raw: bytes) -> list[Row]:
    """The questions of a table. Raises ContentError with file and line for the first row that cannot be read."""
    lines = [line.removesuffix("\r") for line in _decoded(name, raw).removeprefix("\ufeff").split("\n")]
    header = lines[0].split("\t")
    for column in _NEEDED:
        if column not in header:
            raise _error(name, 1, f'the header has no column "{column}"', "id, text, topics, register, note, with tabs")
    rows: dict[str, Row] = {}
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        row = _row(name, number, header, line.split("\t"))
        if row.id in rows:
            raise _error(name, number, f'id "{row.id}" stands here twice', "give each row an id of its own")
        rows[row.id] = row
    return list(rows.values())


def predictions(rows: Iterable[Row], understanding: Understanding) -> Iterator[str]:
    """The lines of the table of readings, with its header: id, up to four labels best first, score.

    The score is higher the surer it is that the question is in scope.
    """
    yield "id\tranked\tscore"
    for row in rows:
        reading = understanding.read(row.text, after=row.after)
        yield f"{row.id}\t{_ranked(reading)}\t{reading.sure:.4f}"


def _ranked(reading: Reading) -> str:
    return ",".join(guess.label for guess in reading.ranked)


def _decoded(name: str, raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _error(name, line, "is not UTF-8", "save the file as UTF-8") from error


def _row(name: str, number: int, header: list[str], cells: list[str]) -> Row:
    if len(cells) > len(header):
        raise _error(name, number, f"{len(cells)} columns, the header has {len(header)}", "take out the extra tabs")
    row = dict(zip(header, cells, strict=False))
    for column in _NEEDED:
        if column not in row:
            raise _error(name, number, f'column "{column}" is missing', "put a tab between the columns")
    if not row["id"].strip():
        raise _error(name, number, "the id is empty", "give each row an id of its own")
    note = row.get("note", "").strip()
    after = note.removeprefix(_AFTER).split(";")[0].strip() if note.startswith(_AFTER) else None
    return Row(id=row["id"].strip(), text=row["text"], after=after or None)


def _error(name: str, line: int, what: str, mend: str) -> ContentError:
    return ContentError(what, where=f"{name}:{line}", mend=mend)
