"""GET /inbox/{account} and POST /inbox/{account}/taken: what we keep for another house is fetched by it."""

import json
from base64 import b64encode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from core.held import HeldPost
from web.forms import read_body
from web.site import Held, Site

LONGEST_WAIT = 20.0  # seconds; what stands in between cuts a silent connection after 30 to 60
MAX_TAKEN_BYTES = 1024
LARGEST = 2**63 - 1  # what a database holds as a number
NEVER_KEPT = {"Cache-Control": "no-store"}


async def show_posts(request: Request) -> Response:
    """The oldest posts after an id, as soon as there is one; none after `wait` seconds (20, also the most).

    404 where nothing is kept for such an account, 401 to who has not its key, 400 on a number that is none.
    """
    held = _opened(request)
    if isinstance(held, Response):
        return held
    after, wait = request.query_params.get("after", "0"), request.query_params.get("wait", str(int(LONGEST_WAIT)))
    if not _is_number(after):
        return _refused(400, "after: is no number of a post")
    if not _is_number(wait) or int(wait) > LONGEST_WAIT:
        return _refused(400, f"wait: is no number of seconds from 0 to {LONGEST_WAIT:.0f}")
    stopping = request.app.state.streams.stopping
    posts = await held.waiting(int(after), seconds=float(wait), stopping=stopping)
    return JSONResponse({"posts": [_told(one) for one in posts]}, headers=NEVER_KEPT)


async def post_taken(request: Request) -> Response:
    """`{"up_to": ID}`: these are stored where they belong, and go; saying so again does nothing."""
    held = _opened(request)
    if isinstance(held, Response):
        return held
    try:
        said = json.loads(await read_body(request, MAX_TAKEN_BYTES))
    except (ValueError, RecursionError):
        return _refused(400, "is not JSON")
    up_to = said.get("up_to") if isinstance(said, dict) else None
    if not isinstance(up_to, int) or isinstance(up_to, bool) or not 0 <= up_to <= LARGEST:
        return _refused(400, "up_to: is no number of a post")
    return JSONResponse({"gone": await held.taken(up_to)}, headers=NEVER_KEPT)


def _opened(request: Request) -> Held | Response:
    site: Site = request.app.state.site
    held = site.held.get(request.path_params["account"])
    if held is None:
        return _refused(404, "nothing is kept here for such an account")
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not held.opens(key.strip()):
        return _refused(401, "this is not the key of the account", {"WWW-Authenticate": "Bearer"})
    return held


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= 19 and int(value) <= LARGEST


def _told(post: HeldPost) -> dict[str, object]:
    return {
        "id": post.id,
        "received_at": post.received_at.isoformat(),
        "headers": dict(post.headers),
        "body": b64encode(post.body).decode("ascii"),
    }


def _refused(status: int, error: str, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"error": error}, status_code=status, headers={**NEVER_KEPT, **(headers or {})})
