"""One request to the console, with all that a room may look at; and the two ways in which a room answers."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from content.wording import LANGUAGES, Wording, wording
from core.campaigns import Campaign
from core.console_storage import Once
from core.officers import Officer
from core.questions import Question
from core.schedules import Schedule
from handlers.signing.gate import Signed
from web import rendering
from web.console.cookies import DOOR, read_cookie, set_cookie
from web.console.guard import FIELD, FormToken, form_token
from web.console.navigation import Ways, ways_of
from web.console.parts import Console
from web.forms import PostedForm
from web.site import Site
from web.visitor import Look, look_of

SIGN_IN = "/console/sign-in"
LONGEST_QUERY = 500  # characters of an address that a form carries along


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A request, by whom, and what was posted. `question`, `notice` and `schedule` are set where a route is about
    one."""

    request: Request
    site: Site
    console: Console
    now: datetime
    door: str = field(repr=False)  # the token of a browser in which nobody signed in
    signed: Signed | None = None
    form: PostedForm = field(default_factory=PostedForm)
    token: FormToken | None = None  # of the posted form
    question: Question | None = None
    notice: Campaign | None = None
    schedule: Schedule | None = None

    @property
    def look(self) -> Look:
        """How this browser wants its pages."""
        return look_of(self.request)

    @property
    def words(self) -> Wording:
        """The sentences in this browser's language."""
        return wording(self.look.language or LANGUAGES[0])

    @property
    def officer(self) -> Officer:
        """Who is signed in; only rooms that take nobody else ask."""
        assert self.signed is not None, "the table of routes lets nobody else in"  # noqa: S101
        return self.signed.officer

    @property
    def once(self) -> Once:
        """The posted form, to be counted once for each address that it can be sent to."""
        assert self.token is not None, "every post was looked at"  # noqa: S101
        sent = sha256(f"{self.token.nonce} {self.request.url.path}".encode()).hexdigest()
        return Once(officer_id=self.officer.id, nonce=sent)

    def guard(self) -> Markup:
        """The hidden field of one form; another one each time."""
        signed = self.signed
        token = FormToken(
            nonce=self.site.new_token(),
            session=signed.session.id if signed else 0,
            officer=signed.officer.id if signed else 0,
        )
        value = form_token(self.console.gate.keyed_hash, token, "" if signed else self.door)
        return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, value)

    def page(self, template: str, *, status: int = 200, **values: Any) -> Response:
        """A page of the console."""
        response = rendering.page(
            f"console/{template}",
            self.words,
            status=status,
            look=self.look,
            guard=self.guard,
            frame=frame_of(self),
            done=done_of(self),
            **values,
        )
        if self.signed is None and not read_cookie(self.request, DOOR, secure=self.site.secure_cookies):
            set_cookie(response, DOOR, self.door, secure=self.site.secure_cookies)
        return response

    def go(self, path: str, **query: str) -> Response:
        """To another page, after something was done. `done` names the sentence that it shows."""
        url = f"{path}?{urlencode(query)}" if query else path
        return RedirectResponse(url, status_code=303, headers={"Cache-Control": "no-store"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around every page."""

    title: str  # whose desk it is
    officer: str  # who is signed in; empty for nobody
    ways: Ways
    back: str  # this page, for what leads back to it: with what it was asked for
    other_language: str
    demo: bool


def frame_of(visit: Visit) -> Frame:
    """The heading of a page, for whoever is signed in."""
    words, path = visit.words, visit.request.url.path
    return Frame(
        title=desk_name(visit),
        officer=visit.officer.name if visit.signed else "",
        ways=ways_of(visit.officer, path.removesuffix("/"), words) if visit.signed else Ways(),
        back=_back(visit),
        other_language=next(one for one in LANGUAGES if one != words.lang),
        demo=visit.site.demo,
    )


def _back(visit: Visit) -> str:
    """The address of this page, without the word of what was just done; who gets it back looks whether it is ours."""
    asked = [(name, value) for name, value in visit.request.query_params.multi_items() if name != "done"]
    query = urlencode(asked) if visit.request.method == "GET" else ""
    return f"{visit.request.url.path}?{query}" if query and len(query) <= LONGEST_QUERY else visit.request.url.path


def desk_name(visit: Visit) -> str:
    """The committee, where an officer acts in one place only; else nothing."""
    places = {one.locality for one in visit.officer.grants} if visit.signed else set()
    return visit.site.offices.get(places.pop(), "") if len(places) == 1 else ""


def done_of(visit: Visit) -> str:
    """What was just done, said on the page to which it led; an address that names nothing we say, says nothing."""
    name = f"console.done.{visit.request.query_params.get('done', '')}"
    return visit.words.text(name) if visit.words.has(name) and not visit.words.places(name) else ""
