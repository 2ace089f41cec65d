"""A link that is good once: choose a password, set up the second factor, and see the recovery codes."""

from starlette.responses import Response

from core.errors import ChungTayError
from handlers.answers import officer_name
from handlers.signing import enrolling
from handlers.signing.enrolling import Enrolled, Filled, LinkOverError, Opened, WrongCodeError
from handlers.signing.factors import spoken_recovery, spoken_secret, uri
from handlers.signing.passwords import password_fault
from web.console.door import problem
from web.console.entering.browsers import short_name
from web.console.entering.qr import square_code
from web.console.entering.signing import LONGEST_FIELD, give_session
from web.console.visit import Visit

FORM = "/console/start/{token}"


async def show_start(visit: Visit) -> Response:
    """GET /console/start/{token}: looking uses nothing up."""
    try:
        link = await enrolling.opened(visit.console.gate, visit.request.path_params["token"], now=visit.now)
    except LinkOverError:
        return _over(visit)
    return _page(visit, link)


async def post_start(visit: Visit) -> Response:
    """POST /console/start/{token}: password and second factor are set; the recovery codes are shown once."""
    gate, token, form = visit.console.gate, visit.request.path_params["token"], visit.form
    try:
        link = await enrolling.opened(gate, token, now=visit.now)
        name = link.officer.name if link.officer else form.get("name").strip()
        faults = _faults(link, name, form.get("password"), form.get("again"))
        if faults:
            return _page(visit, link, name=name, faults=faults)
        filled = Filled(
            name=officer_name(name),
            password=form.get("password"),
            code=form.get("code")[:LONGEST_FIELD],
            browser=short_name(visit.request.headers.get("user-agent", "")),
        )
        done = await enrolling.enrol(gate, token, filled, now=visit.now)
    except LinkOverError:
        return _over(visit)
    except WrongCodeError:
        return _page(visit, link, name=name, faults={"code": "console.start.code.wrong"})
    except ChungTayError:
        return _page(visit, link, name=name, faults={"name": "console.start.name.wrong"})
    return _codes(visit, done)


def _faults(link: Opened, name: str, password: str, again: str) -> dict[str, str]:
    """By field, the sentence that says what is wrong with it."""
    found: dict[str, str] = {}
    try:
        officer_name(name)
    except ChungTayError:
        found["name"] = "console.start.name.wrong"
    fault = password_fault(password, again, link.officer.name if link.officer else name)
    if fault is not None:
        found["again" if fault.value == "different" else "password"] = f"console.start.password.{fault}"
    return found


def _page(visit: Visit, link: Opened, *, name: str = "", faults: dict[str, str] | None = None) -> Response:
    label = link.officer.name if link.officer else name or visit.words.text("console.start.somebody")
    return visit.page(
        "start.html",
        status=422 if faults else 200,
        officer=link.officer.name if link.officer else "",
        name=name,
        secret=spoken_secret(link.secret),
        picture=square_code(uri(link.secret, label), visit.words.text("console.start.picture")),
        faults={field: visit.words.text(sentence) for field, sentence in (faults or {}).items()},
    )


def _over(visit: Visit) -> Response:
    # The same for a link that was used, is too old, or never was: it says nothing about links to whoever tries.
    return problem(visit, 404, "console.start.over")


def _codes(visit: Visit, done: Enrolled) -> Response:
    response = visit.page("codes.html", codes=[spoken_recovery(one) for one in done.codes], first=True)
    give_session(visit, response, done.token, done.officer)
    return response
