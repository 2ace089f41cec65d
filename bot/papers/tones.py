"""The tones of a picture: calm, and never the only thing that tells how something stands."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.papers import Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """What a tile is drawn with, as #rrggbb; each is read on its ground at 4.5:1 or better."""

    ground: str
    ink: str  # name, text and drawing
    edge: str


TONES: Mapping[Mark, Tone] = {
    Mark.LACKING: Tone(ground="#1f4e63", ink="#ffffff", edge="#1f4e63"),
    Mark.FINE: Tone(ground="#e6f2ec", ink="#1d5240", edge="#6fa58e"),
    Mark.UNKNOWN: Tone(ground="#ffffff", ink="#4a4f57", edge="#6b717b"),
}
