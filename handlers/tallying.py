"""Where a finished self-check is counted."""

from content.catalogue import Catalogue
from content.hamlets import hamlet_named as named_in
from core.contacts import Contact
from core.text import fold


def hamlet_of(content: Catalogue, contact: Contact) -> str:
    """The hamlet under which it counts: as the pack names it, else as typed if that can be a hamlet's name.

    Somebody may have typed whose house it is instead: then it counts for the locality alone.
    """
    return hamlet_named(content, contact.locality or "", contact.hamlet or "")


def hamlet_named(content: Catalogue, place: str, hamlet: str) -> str:
    """The same for words that stand for a hamlet of a place."""
    return named_in(content.localities.get(place), hamlet)


def hamlet_said(content: Catalogue, place: str, hamlet: str) -> str:
    """The hamlet as officers read it: by the pack's name, else as it was typed if that can be a hamlet's name."""
    counted = hamlet_named(content, place, hamlet)
    typed = " ".join(hamlet.split())
    return typed if counted and counted == fold(typed) else counted
