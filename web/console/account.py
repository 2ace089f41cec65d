"""One's own account: where one is signed in, and the recovery codes."""

from starlette.responses import Response

from handlers.signing import staying
from handlers.signing.factors import spoken_recovery
from web.bubbles import time_text
from web.console.signing import LONGEST_FIELD, signed_out
from web.console.visit import Visit

PAGE = "/console/account"


async def show_account(visit: Visit) -> Response:
    """GET /console/account."""
    return await _page(visit)


async def _page(visit: Visit, *, problem: str = "", status: int = 200) -> Response:
    assert visit.signed is not None  # noqa: S101 - the table says so
    found, left = await staying.sessions(visit.console.gate, visit.officer, now=visit.now)
    words = visit.words
    lines = [
        {
            "id": one.id,
            "browser": one.browser or words.text("console.account.unknown"),
            "since": time_text(one.created_at, now=visit.now, words=words),
            "seen": time_text(one.seen_at, now=visit.now, words=words),
            "own": one.id == visit.signed.session.id,
        }
        for one in found
    ]
    roles = [
        words.text(
            "console.account.role",
            role=words.text(f"console.role.{one.role}"),
            place=visit.site.localities.get(one.locality, one.locality) or words.text("console.everywhere"),
        )
        for one in visit.officer.grants
    ]
    return visit.page("account.html", status=status, sessions=lines, left=left, roles=roles, problem=problem)


async def post_end(visit: Visit) -> Response:
    """POST /console/account/sessions/{id}/end: one of one's own; another's is not there."""
    assert visit.signed is not None  # noqa: S101 - the table says so
    number = visit.request.path_params["id"]
    await staying.sign_out(visit.console.gate, visit.officer, number, now=visit.now)
    return signed_out(visit) if number == visit.signed.session.id else visit.go(PAGE, done="session-ended")


async def post_end_all(visit: Visit) -> Response:
    """POST /console/account/sessions/end: everywhere, here too."""
    await staying.sign_out(visit.console.gate, visit.officer, None, now=visit.now)
    return signed_out(visit)


async def post_codes(visit: Visit) -> Response:
    """POST /console/account/codes: new recovery codes, shown once, for the code that the app shows."""
    typed = visit.form.get("code")[:LONGEST_FIELD]
    codes = await staying.new_codes(visit.console.gate, visit.officer, typed, now=visit.now)
    if codes is None:
        return await _page(visit, problem=visit.words.text("console.start.code.wrong"), status=422)
    return visit.page("codes.html", codes=[spoken_recovery(one) for one in codes], first=False)
