"""Files that an officer sends along: read, and judged before anything of them is kept."""

import stat
from pathlib import Path

from core.errors import ChungTayError
from core.filetypes import MAX_FILE_BYTES, clean_name, media_type


def read_file(file: Path) -> tuple[str, str, bytes]:
    """A file's name, kind and content. Raises ChungTayError on what is too large, or what phones may not open."""
    try:
        if not stat.S_ISREG(file.stat().st_mode):  # a device or a pipe might never end
            raise ChungTayError("is no file", where=str(file), mend="name a picture, PDF, DOCX or sound")
        with file.open("rb") as source:
            content = source.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise ChungTayError(f"cannot be read ({error.strerror})", where=str(file)) from error
    if len(content) > MAX_FILE_BYTES:
        limit = f"larger than {MAX_FILE_BYTES // 1024 // 1024} MB"
        raise ChungTayError(limit, where=str(file), mend="make it smaller, or send it in parts")
    kind = media_type(content)
    if kind is None:
        raise ChungTayError("not a picture, PDF, DOCX or sound", where=str(file), mend="send one of these")
    return clean_name(file.name), kind, content
