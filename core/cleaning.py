"""A message as it is kept, whatever channel it came through."""

import re
import unicodedata

MAX_TEXT = 20_000  # characters kept of one message; about ten closely written pages
# Normalising can shorten a text, at worst to a third: so much is looked at, and the rest of a megabyte is not.
LOOKED_AT = 3 * MAX_TEXT
# Control signs, marks that turn the direction of writing, and halves of pairs: they show nothing and can hide much.
# Line ends and tabs stay, and so do the joiners (U+200C, U+200D) of which emoji and some scripts are made.
UNSEEN = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def clean_text(text: str) -> str:
    """Composed letters, no unseen signs, at most MAX_TEXT characters.

    >>> clean_text("ho\\u0323\\u0302 ngh\\u202eèo\\x07\\n")
    'hộ nghèo'
    """
    plain = UNSEEN.sub("", text[:LOOKED_AT].replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", plain)[:MAX_TEXT].strip()
