"""Browsers in which an officer signed in before: a stranger who tries their name does not lock them out.

Such a browser keeps a mark: a random word, and for each officer who signed in there what the installation's key makes
of word and name. A try with the right mark is counted by that browser and name alone; all others share the counts of
the name and of the address. A mark lets nobody in; who steals one may try five times more.
"""

import hmac
from base64 import urlsafe_b64encode

from core.signing import TRIES_BY_NAME, Limit
from core.text import fold
from handlers.signing.gate import TOKEN_ALPHABET, Gate

WORD_LENGTH = 22  # characters of 64, of the word and of each mark: more than 128 bits
MOST_MARKS = 5  # officers who share a PC


def limits_of(gate: Gate, name: str, address: str, kept: str) -> tuple[Limit, ...]:
    """What a try counts against; the first one is forgotten once it was right. `kept` is what the browser showed."""
    word, *marks = kept.split(".")
    own = _mark(gate, word, name)
    if any(hmac.compare_digest(own, one) for one in marks):
        return (Limit(key=gate.keyed_hash(f"browser:{word}:{fold(name)}"), free=TRIES_BY_NAME),)
    return gate.limits(name, address)


def with_mark(gate: Gate, name: str, kept: str) -> str:
    """What a browser keeps after this officer signed in; the newest officers, where too many share it."""
    word, *marks = kept.split(".")
    word = word or gate.chance.pick(TOKEN_ALPHABET, WORD_LENGTH)
    own = _mark(gate, word, name)
    return ".".join([word, own, *[one for one in marks if one != own][: MOST_MARKS - 1]])


def _mark(gate: Gate, word: str, name: str) -> str:
    made = gate.keyed_hash(f"known:{word}:{fold(name)}")
    return urlsafe_b64encode(made).decode()[:WORD_LENGTH]
