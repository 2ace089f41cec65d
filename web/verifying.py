"""GET /zalo_verifier{code}.html: by which Zalo sees that an address is ours."""

from html import escape

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from web.site import Site


async def show_verifier(request: Request) -> Response:
    """The page of our own code; 404 for any other."""
    site: Site = request.app.state.site
    code = request.path_params["code"]
    if not site.zalo_verifier or code != site.zalo_verifier:
        raise HTTPException(404)
    # Zalo's console hands out a file of this name; what of it is looked at is not told, so the line is in it as well.
    line = f'<meta name="zalo-platform-site-verification" content="{escape(code)}">'
    head = f'<head><meta charset="utf-8"><title>{escape(code)}</title>{line}</head>'
    return HTMLResponse(f"<!doctype html><html>{head}<body>{escape(code)}</body></html>")
