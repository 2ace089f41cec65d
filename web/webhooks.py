"""POST /hooks/{account}: what a provider delivers. It is told "yes" only once it is stored."""

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from core.held import HELD_SINCE
from web.forms import TooLargeError, read_body
from web.site import Site

MAX_BODY_BYTES = 1024 * 1024  # providers deliver words and descriptions; files are fetched


async def receive(request: Request) -> Response:
    """404 where no such account is served, 401 to who is not the provider, 413 on far too much.

    503 where storing failed: then it comes again.
    """
    site: Site = request.app.state.site
    hook = site.hooks.get(request.path_params["account"])
    if hook is None:
        return Response(status_code=404)
    # Since when a post was held is said by who fetched it, and by nobody who posts.
    headers = Headers(raw=[one for one in request.headers.raw if one[0] != HELD_SINCE.encode()])
    if not hook.knows(headers):
        return Response(status_code=401)
    try:
        body = await read_body(request, MAX_BODY_BYTES)
    except TooLargeError:
        return Response(status_code=413)
    status, answer = await hook.post(body, headers)
    return Response(answer, status_code=status, media_type="application/json" if status == 200 and answer else None)
