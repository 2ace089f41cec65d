"""Kinds of channels as people call them."""

from content.wording import wording
from core.contacts import URN


def spoken_channel(urn: URN, lang: str) -> str:
    """A device by the kind of its channel, never by its address."""
    words = wording(lang)
    message_id = f"channel.{urn.channel}"
    return words.text(message_id if words.has(message_id) else "channel.other")
