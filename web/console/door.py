"""The one way into every room: who is it, may they, is the form ours. Rooms look at none of this themselves."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Self
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from content.formatting import number_text
from core.campaigns import MOST_FILES
from core.errors import NotAllowedError, NotFoundError
from core.filetypes import MAX_FILE_BYTES
from core.officers import Right
from handlers.signing import staying
from web.console.access import access_notice, access_question, access_schedule, access_somewhere
from web.console.cookies import DOOR, SESSION, read_cookie
from web.console.guard import FIELD, read_token
from web.console.kept import keep
from web.console.navigation import HOME
from web.console.visit import SIGN_IN, Visit
from web.errors import error_page
from web.forms import MAX_BODY_BYTES, TooLargeError, UnreadableError, read_form
from web.path_numbers import NOBODYS
from web.site import Site

RENEWS = "x-renews"  # the header by which a page's script shows a part of it anew
MAX_FORM_BYTES = 128 * 1024
TYPED_BYTES = 2 * 1024 * 1024  # of a form that is larger, what was typed is kept up to here
LETTER_BYTES = 9  # of a Vietnamese letter with its marks, as a form without files is sent


class Scope(StrEnum):
    """About what a room is: how its right is looked at."""

    OPEN = "open"  # nobody need be signed in
    SIGNED = "signed"  # one's own things
    SOMEWHERE = "somewhere"  # the right in any place; the room shows what is of those places
    SCHEDULE = "schedule"  # the right for the schedule that the address names
    NOTICE = "notice"  # the right for the notice that the address names
    QUESTION = "question"  # the right for the question that the address names


Show = Callable[[Visit], Awaitable[Response]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One row of the table of routes."""

    method: str
    path: str
    show: Show
    scope: Scope
    right: Right | None = None
    page: str = ""  # of a post: the page on which its form stands
    keeps: tuple[str, ...] = ()  # fields that are kept for their author when the session has ended
    asks_itself: bool = False  # a page's script asks for it: nobody used the session
    files: bool = False  # of a post: files may come with it

    def __post_init__(self) -> None:
        """Raises ValueError where a row says too little or too much."""
        if (self.right is None) != (self.scope in (Scope.OPEN, Scope.SIGNED)):
            raise ValueError(f"{self.method} {self.path}: a right goes with every scope but these")
        if (self.method == "POST") != bool(self.page):
            raise ValueError(f"{self.method} {self.path}: posts, and they alone, say on which page their form stands")

    @classmethod
    def get(
        cls, path: str, show: Show, right: Right, *, scope: Scope = Scope.SOMEWHERE, asks_itself: bool = False
    ) -> Self:
        """A page that takes a right."""
        return cls(method="GET", path=path, show=show, scope=scope, right=right, asks_itself=asks_itself)

    @classmethod
    def post(
        cls,
        path: str,
        show: Show,
        right: Right,
        *,
        page: str,
        scope: Scope = Scope.SOMEWHERE,
        keeps: tuple[str, ...] = (),
        files: bool = False,
    ) -> Self:
        """A form that takes a right."""
        return cls(method="POST", path=path, show=show, scope=scope, right=right, page=page, keeps=keeps, files=files)

    @classmethod
    def own(cls, path: str, show: Show, *, form_on: str = "", scope: Scope = Scope.SIGNED) -> Self:
        """One's own things, or what is open to everybody; with `form_on`, the page of its form, a post."""
        return cls(method="POST" if form_on else "GET", path=path, show=show, scope=scope, page=form_on)


@cache
def route_of(room: Room) -> Route:
    """A room behind the door; the same each time, since a path is read into a pattern."""

    async def endpoint(request: Request) -> Response:
        return await _enter(room, request)

    return Route(room.path, endpoint, methods=[room.method])


async def _enter(room: Room, request: Request) -> Response:
    site: Site = request.app.state.site
    if site.console is None:
        return error_page(request, 404)
    now, gate, secure = site.clock.now(), site.console.gate, site.secure_cookies
    used = not room.asks_itself and RENEWS not in request.headers
    signed = await staying.who(gate, read_cookie(request, SESSION, secure=secure), now=now, used=used)
    door = read_cookie(request, DOOR, secure=secure) or gate.new_token()
    visit = Visit(request=request, site=site, console=site.console, now=now, door=door, signed=signed)
    refused: Response | None = None
    if room.method == "POST":
        visit, refused = await _read(room, visit)
    elif room.scope is not Scope.OPEN and signed is None:
        refused = to_sign_in(visit, _address(request))
    return refused or await _let_in(room, visit)


async def _read(room: Room, visit: Visit) -> tuple[Visit, Response | None]:
    """What was posted, and the answer to it where it is not acted on."""
    most = _limit(room, known=visit.signed is not None)
    try:
        form = await read_form(visit.request, limit=max(most, TYPED_BYTES) if room.keeps else most)
    except TooLargeError:
        return visit, _too_large(room, visit)
    except UnreadableError:
        return visit, problem(visit, 400, "console.error.form")
    token = read_token(visit.console.gate.keyed_hash, form.get(FIELD), visit.door)
    visit = replace(visit, form=form, token=token)
    refused = await _wrong_form(room, visit)
    if refused is None and form.size > most:
        kept = await keep(visit, room.page.format(**visit.request.path_params), room.keeps, officer=visit.officer.id)
        refused = _too_large(room, visit, kept=kept)
    return visit, refused


def _too_large(room: Room, visit: Visit, *, kept: bool = False) -> Response:
    """More was sent than fits: how much does, what became of what was typed, and the way back to the form."""
    words = visit.words
    if room.files:
        text = words.text("console.error.large-file", most=MAX_FILE_BYTES // 1024**2)
    else:
        letters = MAX_FORM_BYTES // LETTER_BYTES // 1000 * 1000
        text = words.text("console.error.large", most=number_text(letters, words.lang))
    if kept:
        text = f"{text} {words.text('console.error.large-kept')}"
    page = room.page.format(**visit.request.path_params)
    return visit.page("problem.html", status=413, heading=words.text("console.error.not-sent"), text=text, back=page)


def _limit(room: Room, *, known: bool) -> int:
    """How many bytes a form may have; many of them only from somebody who is signed in."""
    if not room.files:
        return MAX_FORM_BYTES
    return MAX_FORM_BYTES + MOST_FILES * MAX_FILE_BYTES if known else MAX_BODY_BYTES


async def _wrong_form(room: Room, visit: Visit) -> Response | None:
    """The answer to a form that is not acted on; None where it is."""
    token, signed = visit.token, visit.signed
    if token is None:
        return problem(visit, 403, "console.error.form")
    if room.scope is Scope.OPEN:
        return None
    page = room.page.format(**visit.request.path_params)
    session = signed.session.id if signed else 0
    if signed is not None and token.session == session:
        return None
    kept = await keep(visit, page, room.keeps, officer=token.officer) if token.officer else False
    if signed is None:
        return to_sign_in(visit, page, kept=kept)
    if token.officer != signed.officer.id:
        return visit.go(HOME, done="someone-else")
    return visit.go(page, done="old-form")


async def _let_in(room: Room, visit: Visit) -> Response:
    try:
        if NOBODYS in visit.request.path_params.values():
            raise NotFoundError("no such number")
        if room.right is not None and room.scope is Scope.SOMEWHERE:
            await access_somewhere(visit, room.right)
        if room.right is not None and room.scope is Scope.QUESTION:
            question = await access_question(visit, visit.request.path_params["id"], room.right)
            visit = replace(visit, question=question)
        if room.right is not None and room.scope is Scope.NOTICE:
            visit = replace(visit, notice=await access_notice(visit, visit.request.path_params["id"], room.right))
        if room.right is not None and room.scope is Scope.SCHEDULE:
            found = await access_schedule(visit, visit.request.path_params["id"], room.right)
            visit = replace(visit, schedule=found)
        return await room.show(visit)
    except NotFoundError:
        return problem(visit, 404, "console.error.missing")
    except NotAllowedError:
        return problem(visit, 403, "console.error.right")


def to_sign_in(visit: Visit, page: str, *, kept: bool = False) -> Response:
    """To the door, and from there back to where they wanted to go."""
    return visit.go(SIGN_IN, **({} if page == HOME else {"next": page}), **({"done": "kept"} if kept else {}))


def problem(visit: Visit, status: int, sentence: str) -> Response:
    """A page that says what did not work, and where to go on."""
    heading, text = visit.words.text("console.problem"), visit.words.text(sentence)
    return visit.page("problem.html", status=status, heading=heading, text=text, back="")


def _address(request: Request) -> str:
    query = request.query_params.multi_items()
    return request.url.path + (f"?{urlencode(query)}" if query else "")
