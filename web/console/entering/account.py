"""One's own account: where one is signed in, and the recovery codes."""

from starlette.responses import Response

from core.officer_chats import OfficerChat
from handlers.campaigning import sent_before
from handlers.channels import spoken_channel
from handlers.officer_chats import binding
from handlers.officer_chats.code import MINUTES, spoken_chat_code
from handlers.signing import staying
from handlers.signing.factors import spoken_recovery
from web.bubbles import time_text
from web.console.entering.signing import LONGEST_FIELD, signed_out
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
    chats = await binding.chats_of(visit.site.storage, visit.officer)
    return visit.page(
        "account.html",
        status=status,
        sessions=lines,
        left=left,
        roles=roles,
        chats=[_chat(visit, one) for one in chats],
        problem=problem,
    )


def _chat(visit: Visit, one: OfficerChat) -> dict[str, object]:
    channel = spoken_channel(one.urn, visit.words.lang)
    return {
        "id": one.address_id,
        "channel": f"{channel[:1].upper()}{channel[1:]}",
        "since": time_text(one.since, now=visit.now, words=visit.words),
    }


async def post_chat(visit: Visit) -> Response:
    """POST /console/account/chats: a code that makes a chat this officer's desk, shown once."""
    gate = visit.console.gate
    if await sent_before(visit.site.storage, visit.once, visit.now):
        return visit.go(PAGE)
    code = await binding.new_code(
        visit.site.storage, gate.keyed_hash, gate.chance, visit.officer, once=visit.once, now=visit.now
    )
    if code is None:
        return await _page(visit, problem=visit.words.text("console.account.chats.many"), status=422)
    return visit.page("chat-code.html", code=spoken_chat_code(code), minutes=MINUTES)


async def post_chat_end(visit: Visit) -> Response:
    """POST /console/account/chats/{id}/end: one of one's own is a citizen's chat again; another's is not there."""
    number = visit.request.path_params["id"]
    ended = await binding.end(visit.site.storage, visit.officer, number, now=visit.now)
    return visit.go(PAGE, done="chat-ended") if ended else visit.go(PAGE)


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
