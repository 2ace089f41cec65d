"""Where a finished self-check is counted."""

from content.catalogue import Catalogue
from core.contacts import Contact
from core.text import fold
from handlers.localities import HAMLET_WORDS

MOST_WORDS = 5  # "khu phố Nguyễn Du 2": what is longer tells more than where


def hamlet_of(content: Catalogue, contact: Contact) -> str:
    """The hamlet under which it counts: as the pack names it, else as typed if that can be a hamlet's name.

    Somebody may have typed whose house it is instead: then it counts for the locality alone.
    """
    typed = fold(contact.hamlet or "")
    locality = content.localities.get(contact.locality or "")
    known = locality.hamlet(typed) if locality else None
    if known is not None:
        return known.name
    words = typed.split()
    return typed if 1 < len(words) <= MOST_WORDS and words[0] in HAMLET_WORDS else ""
