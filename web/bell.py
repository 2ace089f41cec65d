"""The tone by which a page tells that somebody may be in danger: made here, note by note, and nobody else's."""

import math
import struct
from functools import cache

RATE = 8000  # samples a second: enough for two notes, and small
NOTES = ((784.0, 0.18), (0.0, 0.04), (988.0, 0.34))  # hertz and seconds: up a third, which is heard as a call
LOUDEST = 90  # of 127: heard in an office, and frightens nobody
FADE = 0.02  # seconds in which a note comes and goes, so that it does not click


@cache
def urgent_tone() -> bytes:
    """A WAV file of 8-bit samples on one channel, of less than a second: nobody has to stop it (WCAG 1.4.2)."""
    samples = b"".join(_note(hertz, seconds) for hertz, seconds in NOTES)
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, RATE, RATE, 1, 8)
    data = struct.pack("<4sI", b"data", len(samples)) + samples + b"\x80" * (len(samples) % 2)
    body = b"WAVE" + form + data
    return struct.pack("<4sI", b"RIFF", len(body)) + body


def _note(hertz: float, seconds: float) -> bytes:
    """A sine that comes and goes softly; 0 hertz is silence."""
    count = round(seconds * RATE)
    loud = [min(1.0, at / RATE / FADE, (count - at) / RATE / FADE) for at in range(count)]
    wave = (math.sin(2 * math.pi * hertz * at / RATE) for at in range(count))
    return bytes(128 + round(LOUDEST * each * one) for each, one in zip(loud, wave, strict=True))
