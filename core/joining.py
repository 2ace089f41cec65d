"""Addresses of one person that are joined by a code: which contact stays, and what a code is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.contacts import URN

JOIN_CODE_LENGTH = 8  # of core.questions.CODE_ALPHABET: 11 thousand million codes
VALID_FOR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinCode:
    """A code that was given at one address, to be typed at another one."""

    contact_id: int
    address_id: int
    urn: URN  # where it was given
    expires_at: datetime
    used: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedAddress:
    """One of several addresses of a person."""

    id: int
    urn: URN


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What decides which of two contacts stays."""

    contact_id: int
    listed: bool  # a list of the ward knows them by name or household
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Two contacts became one."""

    kept: int
    dropped: int
    moved: tuple[URN, ...]  # addresses that were the dropped contact's


@dataclass(frozen=True, slots=True, kw_only=True)
class Separated:
    """An address became a contact of its own again."""

    contact_id: int
    urn: URN


def stays(one: Known, other: Known) -> int:
    """The contact that two become: the one that the ward's list knows, else the older."""
    return min(one, other, key=lambda each: (not each.listed, each.created_at, each.contact_id)).contact_id


def spoken_join_code(code: str) -> str:
    """A code in the two groups in which it is told and typed.

    >>> spoken_join_code("K7M4PXRT")
    'K7M4 PXRT'
    """
    return f"{code[:4]} {code[4:]}"
