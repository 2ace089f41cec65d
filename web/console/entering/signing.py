"""Signing in and out, and the language of the pages."""

from urllib.parse import urlsplit

from starlette.responses import Response

from core.officers import Officer
from handlers.signing import entering, staying
from handlers.signing.entering import Entered, Kept, Try
from handlers.signing.known import with_mark
from web.address import address_of
from web.bubbles import time_text
from web.console.cookies import DOOR, KNOWN, SESSION, drop_cookie, read_cookie, set_cookie
from web.console.entering.browsers import short_name
from web.console.navigation import HOME
from web.console.visit import SIGN_IN, Visit
from web.visitor import remember_look

LONGEST_FIELD = 300  # characters of what is looked at; nobody's password is longer


async def show_sign_in(visit: Visit) -> Response:
    """GET /console/sign-in?next=…: the form; who is signed in already goes on."""
    if visit.signed is not None:
        return visit.go(inside(visit.request.query_params.get("next", "")))
    return sign_in_page(visit, after=visit.request.query_params.get("next", ""))


def sign_in_page(visit: Visit, *, after: str, name: str = "", problem: str = "", status: int = 200) -> Response:
    """The form, with the name that was typed; never with the password."""
    return visit.page("sign-in.html", status=status, after=inside(after), name=name, problem=problem)


async def post_sign_in(visit: Visit) -> Response:
    """POST /console/sign-in: in, or kindly told that it was not right and when to try again."""
    form = visit.form
    name, after = form.get("name").strip()[:LONGEST_FIELD], form.get("next")
    typed = Try(
        name=name,
        password=form.get("password")[:LONGEST_FIELD],
        code=form.get("code")[:LONGEST_FIELD],
        address=address_of(visit.request),
        browser=short_name(visit.request.headers.get("user-agent", "")),
        before=read_cookie(visit.request, SESSION, secure=visit.site.secure_cookies),
        known=read_cookie(visit.request, KNOWN, secure=visit.site.secure_cookies),
    )
    came = await entering.sign_in(visit.console.gate, typed, now=visit.now)
    if isinstance(came, Kept):
        return sign_in_page(visit, after=after, name=name, problem=_told(visit, came), status=422)
    return let_in(visit, came, inside(after))


def let_in(visit: Visit, entered: Entered, to: str) -> Response:
    """On to a page, with the cookie of the new session."""
    few = {"done": "recovery-used"} if entered.codes_left is not None else {}
    response = visit.go(to, **few) if "?" not in to else visit.go(to)
    give_session(visit, response, entered.token, entered.officer)
    return response


def give_session(visit: Visit, response: Response, token: str, officer: Officer) -> None:
    """The session's cookie, and the mark of this officer's browser; what it had before somebody signed in goes."""
    secure = visit.site.secure_cookies
    set_cookie(response, SESSION, token, secure=secure)
    known = with_mark(visit.console.gate, officer.name, read_cookie(visit.request, KNOWN, secure=secure))
    set_cookie(response, KNOWN, known, secure=secure)
    drop_cookie(response, DOOR, secure=secure)


def _told(visit: Visit, kept: Kept) -> str:
    if kept.until is None:
        return visit.words.text("console.sign-in.wrong")
    until = time_text(kept.until, now=visit.now, words=visit.words)
    return visit.words.text("console.sign-in.locked", time=until)


async def post_sign_out(visit: Visit) -> Response:
    """POST /console/sign-out: this session is over."""
    assert visit.signed is not None  # noqa: S101 - the table says so
    await staying.sign_out(visit.console.gate, visit.officer, visit.signed.session.id, now=visit.now)
    return signed_out(visit)


def signed_out(visit: Visit) -> Response:
    """To the door, without the cookie."""
    response = visit.go(SIGN_IN, done="signed-out")
    drop_cookie(response, SESSION, secure=visit.site.secure_cookies)
    return response


async def post_look(visit: Visit) -> Response:
    """POST /console/look: the language, or light and dark; kept in the browser, then the page again."""
    response = visit.go(inside(visit.form.get("back")))
    remember_look(response, visit.look.change(visit.form.get("set")), secure=visit.site.secure_cookies)
    return response


def inside(path: str) -> str:
    """A page of the console to which somebody may be led; its first page in place of anything else.

    >>> inside("/console/questions?page=2"), inside("//evil.example/console"), inside("/console/../hooks")
    ('/console/questions?page=2', '/console', '/console')
    """
    parts = urlsplit(path)
    own = not parts.scheme and not parts.netloc and (parts.path == HOME or parts.path.startswith(f"{HOME}/"))
    plain = own and ".." not in parts.path and "\\" not in path and path.isprintable()
    door = parts.path.startswith((SIGN_IN, f"{HOME}/start"))
    return path if plain and not door else HOME
