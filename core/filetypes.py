"""What a file really is, by its first bytes: a name and a browser's word are not believed."""

import re
import unicodedata
from io import BytesIO
from zipfile import BadZipFile, ZipFile

MAX_FILE_BYTES = 5 * 1024 * 1024
MAX_FILES = 4
MAX_NAME = 100  # characters

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")
_SOUND_BRANDS = (b"M4A ", b"M4B ")
_EITHER_BRANDS = (b"mp41", b"mp42", b"isom", b"iso2", b"3gp4", b"3gp5", b"3gp6")  # sound or film
# Directional marks could make "gpj.exe" read as "exe.jpg".
_UNSEEN = re.compile(r"[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def media_type(content: bytes) -> str | None:
    """The media type of a file that a citizen may send, or None: image, PDF, DOCX or sound.

    >>> media_type(b"%PDF-1.7"), media_type(b"MZ")
    ('application/pdf', None)
    """
    starts = {
        b"\xff\xd8\xff": "image/jpeg",
        b"\x89PNG\r\n\x1a\n": "image/png",
        b"%PDF-": "application/pdf",
        b"OggS": "audio/ogg",
        b"ID3": "audio/mpeg",
        b"#!AMR": "audio/amr",
    }
    for start, found in starts.items():
        if content.startswith(start):
            return found
    if content[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(content[8:12])
    if content[4:8] == b"ftyp":
        return _boxed(content)
    if content.startswith(b"PK\x03\x04"):
        return DOCX if _is_docx(content) else None
    return _bare_sound(content)


def _boxed(content: bytes) -> str | None:
    brand = content[8:12]
    if brand in _HEIC_BRANDS:
        return "image/heic"
    film = b"vide" in content
    sound = brand in _SOUND_BRANDS or (brand in _EITHER_BRANDS and b"soun" in content)
    return "audio/mp4" if sound and not film else None


def _bare_sound(content: bytes) -> str | None:
    if content.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in content[:64]:
        return None if b"V_VP" in content or b"V_AV1" in content else "audio/webm"
    # Frames without a header: MPEG layer III or ADTS begin with eleven or twelve set bits.
    if len(content) > 2 and content[0] == 0xFF:
        if content[1] in (0xF1, 0xF9):
            return "audio/aac"
        if content[1] in (0xFB, 0xF3, 0xF2):
            return "audio/mpeg"
    return None


def _is_docx(content: bytes) -> bool:
    try:
        with ZipFile(BytesIO(content)) as packed:
            names = packed.namelist()
    except (BadZipFile, ValueError, NotImplementedError):
        return False
    return "word/document.xml" in names and "word/vbaProject.bin" not in names


def clean_name(name: str) -> str:
    """A file's name without folders and unseen signs, at most MAX_NAME characters, its ending kept.

    >>> clean_name("C:\\\\Users\\\\an\\\\giấy.jpg"), clean_name("../../"), clean_name("a" * 200 + ".pdf")[-5:]
    ('giấy.jpg', 'file', 'a.pdf')
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    last = _UNSEEN.sub("", last).strip(" .")
    stem, dot, ending = last.rpartition(".")
    if len(last) > MAX_NAME:
        last = f"{stem[: MAX_NAME - 11]}{dot}{ending[:10]}" if stem else last[:MAX_NAME]
    return last or "file"
