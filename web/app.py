"""The web application: pages and what they post, for one web chat account."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.errors import StorageError
from web.console.routes import console_routes
from web.errors import error_page
from web.files import show_file
from web.forms import TooLargeError, UnreadableError
from web.fronting import FrontWatch
from web.health import show_health
from web.inbox import post_taken, show_posts
from web.public.routes import public_routes
from web.rendering import assets
from web.security import KindErrors, SameSiteOnly, SecurityHeaders
from web.site import Site
from web.stream import Streams, open_stream
from web.verifying import show_verifier
from web.webchat import post_look, post_message, post_seen, show_chat
from web.webhooks import receive

__all__ = ["Site", "create_app"]

ROUTES = (
    Route("/", show_chat),
    Route("/messages", post_message, methods=["POST"]),
    Route("/stream", open_stream, methods=["GET"]),
    Route("/seen", post_seen, methods=["POST"]),
    Route("/look", post_look, methods=["POST"]),
    Route("/files/{token}", show_file),
    Route("/health", show_health),
    Route("/zalo_verifier{code}.html", show_verifier),
    Route("/hooks/{account}", receive, methods=["POST"]),
    Route("/inbox/{account}", show_posts, methods=["GET"]),
    Route("/inbox/{account}/taken", post_taken, methods=["POST"]),
)


def create_app(site: Site) -> Starlette:
    """The pages of a site. Before its server stops, `app.state.streams.stop()` lets open pages go."""
    app = Starlette(
        routes=[*ROUTES, *console_routes(), Route("/static/{name}", show_asset), *public_routes()],
        middleware=[
            Middleware(FrontWatch, fronting=site.fronting),
            Middleware(SecurityHeaders),
            Middleware(KindErrors),
            Middleware(SameSiteOnly, public_url=site.public_url),
            Middleware(GZipMiddleware, minimum_size=1000),
        ],
        exception_handlers={
            HTTPException: refused,
            StorageError: storage_trouble,
            TooLargeError: too_large,
            UnreadableError: unreadable,
        },
    )
    app.state.site = site
    app.state.streams = Streams()
    return app


async def show_asset(request: Request) -> Response:
    """GET /static/{name}: a file whose name changes with its content."""
    found = next((one for one in assets().values() if one.name == request.path_params["name"]), None)
    if found is None:
        return error_page(request, 404)
    return Response(
        found.content,
        media_type=found.media_type,
        headers={"Cache-Control": "public, max-age=31536000, immutable"},
    )


async def refused(request: Request, error: Exception) -> Response:
    """No such page, or not in this way."""
    assert isinstance(error, HTTPException)  # noqa: S101 -- registered for this class only
    response = error_page(request, error.status_code)
    response.headers.update(error.headers or {})
    return response


async def storage_trouble(request: Request, _: Exception) -> Response:
    """The database does not answer or the disk is full."""
    return error_page(request, 503)


async def too_large(request: Request, _: Exception) -> Response:
    """More than fits was posted; nothing was stored."""
    return error_page(request, 413)


async def unreadable(request: Request, _: Exception) -> Response:
    """What was posted is not a form."""
    return error_page(request, 400)
