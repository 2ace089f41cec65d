"""The parts of a packed workbook, each read as a stream, and never more of them than the bounds allow.

What is unpacked is counted as it comes, whatever the file says of itself: so are the elements. A document type, and
with it every entity, is refused.
"""

import io
import posixpath
import zipfile
from collections.abc import Callable, Mapping
from xml.parsers import expat

UNPACKED = 20 * 2**20  # bytes: a list of thousands of rows has a tenth of it
MOST_ELEMENTS = 2_000_000  # of XML: a cell has two or three, with its text
_PIECE = 64 * 1024  # bytes unpacked at once
_OURS = frozenset(
    {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/package/2006/relationships",
    }
)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others unpack a block at once, however large it is
_RELATION = " id"  # the end of the attribute by which a part names another

Start = Callable[[str, Mapping[str, str]], None]
Named = Callable[[str], None]


class TooMuchError(Exception):
    """More than is read of one file. Its argument names why: "long" or "merged"."""


class BrokenPartError(ValueError):
    """A part that no workbook has."""


class Package:
    """The parts of one packed file. Raises zipfile.BadZipFile where it is none."""

    def __init__(self, raw: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(raw))
        self._names = {one.filename.replace("\\", "/").lower(): one for one in self._zip.infolist()}
        self._bytes, self._elements = UNPACKED, MOST_ELEMENTS
        self._read: set[str] = set()

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def parse(self, name: str, start: Start, *, end: Named | None = None, text: Named | None = None) -> None:
        """Read a part once: its elements by their names, "" for those of other kinds of documents.

        Raises BrokenPartError, TooMuchError, KeyError where there is no such part, and what `zipfile` and `expat` do.
        """
        key = name.lower()
        member = self._names[key]
        if key in self._read or member.compress_type not in _METHODS:
            raise BrokenPartError(name)
        self._read.add(key)
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        names: dict[str, str] = {}

        def started(tag: str, attributes: dict[str, str]) -> None:
            self._elements -= 1
            if self._elements < 0:
                raise TooMuchError("long")
            start(_known(tag, names), attributes)

        parser.StartElementHandler = started
        if end is not None:
            parser.EndElementHandler = lambda tag: end(_known(tag, names))
        if text is not None:
            parser.CharacterDataHandler = text
        with self._zip.open(member) as unpacked:
            while piece := unpacked.read(_PIECE):
                self._bytes -= len(piece)
                if self._bytes < 0:
                    raise TooMuchError("long")
                parser.Parse(piece, False)
        parser.Parse(b"", True)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part ("" is the whole) is tied to, by id: of which kind, and the name of that part."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, said: Mapping[str, str]) -> None:
            if tag == "Relationship" and said.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, said["Target"].replace("\\", "/")))
                found[said["Id"]] = (said["Type"].rpartition("/")[2], target.lstrip("/"))

        if path in self:
            self.parse(path, start)
        return found


def relation(attributes: Mapping[str, str]) -> str:
    """The id by which an element names another part; "" where it names none."""
    return next((value for name, value in attributes.items() if name.endswith(_RELATION)), "")


def _refuse(*_: object) -> None:
    raise BrokenPartError("a document type")


def _known(tag: str, names: dict[str, str]) -> str:
    if tag not in names:
        space, _, name = tag.rpartition(" ")
        names[tag] = name if space in _OURS else ""
    return names[tag]
