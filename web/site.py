"""What the pages are given: everything of the outside, handed in by whoever builds the process."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from content.catalogue import Catalogue
from core.held import HeldPost
from core.messages import OutboundMessage
from core.ports import Arrivals, Clock, FileStore
from core.records import NewUpdate
from core.storage import Storage
from web.console.parts import Console
from web.fronting import Fronting
from web.health import HealthReport


class LinkedFiles(FileStore, Protocol):
    """A file store that can also read the links it gave out."""

    def resolve(self, token: str) -> str | None:
        """The SHA-256 that a link's last part stands for; None when it is forged, cut or too old."""


class Hook(Protocol):
    """One channel account's side of it."""

    def knows(self, headers: Mapping[str, str]) -> bool:
        """Whether it is the provider who posts; looked at before anything is read."""

    async def post(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        """Status and body of the answer; 401 where the body is not signed as the headers say.

        Raises StorageError when nothing could be stored.
        """


class Held(Protocol):
    """Posts of one account that are kept for another house."""

    def opens(self, key: str) -> bool:
        """Whether who shows this key may fetch them."""

    async def waiting(self, after: int, *, seconds: float, stopping: asyncio.Event) -> Sequence[HeldPost]:
        """The oldest with a higher id; where there is none, as soon as one comes, or none after so long."""

    async def taken(self, up_to: int) -> int:
        """They are stored where they belong: let them go. Gives how many. Raises StorageError."""


def new_token() -> str:
    """128 random bits as 22 characters that a cookie and a form field can carry."""
    return secrets.token_urlsafe(16)


def no_particulars(locality: str | None, language: str) -> Sequence[tuple[str, str]]:  # noqa: ARG001
    """Nothing to show at the side of a wide page."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One web chat account with what its pages need."""

    storage: Storage
    clock: Clock
    files: LinkedFiles
    account: str  # "webchat.main"
    receive: Callable[[Sequence[NewUpdate]], Awaitable[int | None]]  # stores in one transaction; how many were new
    arrivals: Arrivals
    poll_seconds: float  # how long a page trusts `arrivals` before it looks into storage again
    greet: Callable[[str | None, str], Sequence[OutboundMessage]]  # (locality id, language), shown and not stored
    health: Callable[[], Awaitable[HealthReport]]
    localities: Mapping[str, str]  # id -> place name: "dak-cam" -> "phường Đăk Cấm"
    offices: Mapping[str, str]  # id -> whose desk it is, at the top of the page: "Ủy ban nhân dân phường Đăk Cấm"
    content: Catalogue  # what the public pages tell
    demo: bool  # everything here is made up: every page says so
    secure_cookies: bool  # the page is reached over https only
    public_url: str  # "https://chungtay.example", as people type it
    # (locality id, language) -> label and text, such as office, opening hours, telephone: beside the talk where
    # the page is wide. What a ward has not filled in is simply not in the list.
    particulars: Callable[[str | None, str], Sequence[tuple[str, str]]] = no_particulars
    new_token: Callable[[], str] = new_token
    hooks: Mapping[str, Hook] = field(default_factory=dict)  # channel account -> what its provider posts to
    held: Mapping[str, Held] = field(default_factory=dict)  # account of another house -> what we keep for it
    zalo_verifier: str = ""  # the code by which Zalo sees that the address is ours
    fronting: Fronting = field(default_factory=Fronting)
    console: Console | None = None  # the officers' side; None: there is none
    answer_seconds: float = 5.0  # how long a plain form post waits for the first answer
