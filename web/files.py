"""Handing out a file by its link: for as long as the link is good and a message still carries the file."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from content.wording import LANGUAGES, wording
from web import rendering
from web.site import Site
from web.visitor import look_of

# A browser may show these itself; everything else is saved.
# A drawing is ours: nobody can send one (core/filetypes.py), and by FILE_POLICY nothing in it runs.
SHOWN_INLINE = ("image/jpeg", "image/png", "image/webp", "image/svg+xml")
FILE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


async def show_file(request: Request) -> Response:
    """GET /files/{token}: the file, or a kind page when the link is forged, too old, or its message was deleted."""
    site: Site = request.app.state.site
    sha256 = site.files.resolve(request.path_params["token"])
    if sha256 is None:
        return gone(request)
    async with site.storage.read() as work:
        item = await work.messages.find_file(sha256)
    content = await site.files.get(sha256) if item else None
    if item is None or content is None:
        return gone(request)
    return Response(
        content,
        media_type=item.media_type,
        headers={
            "Content-Disposition": disposition(item.name, inline=item.media_type in SHOWN_INLINE),
            "Content-Security-Policy": FILE_POLICY,
            "Cache-Control": "private, no-store",
        },
    )


def disposition(name: str, *, inline: bool) -> str:
    """The Content-Disposition header for a file name in any script.

    >>> disposition("giấy.pdf", inline=False)
    "attachment; filename*=UTF-8''gi%E1%BA%A5y.pdf"
    """
    return f"{'inline' if inline else 'attachment'}; filename*=UTF-8''{quote(name, safe='')}"


def gone(request: Request) -> Response:
    """The page for a link that leads nowhere; it does not say why, so that nobody can try links out."""
    look = look_of(request)
    words = wording(look.language or LANGUAGES[0])
    return rendering.page("error.html", words, status=404, look=look, text=words.text("web.error.file"))
