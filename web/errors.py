"""Pages for what did not work: what happened, what is safe, what to do."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from content.wording import LANGUAGES, Wording, wording
from web import rendering
from web.visitor import look_of

# Sentences of their own; any other status gets the one for 400 or 500.
KNOWN = (400, 403, 404, 405, 409, 413, 500, 503)


def error_page(request: Request, status: int) -> Response:
    """The kind page for a status; a script gets the sentence alone."""
    look = look_of(request)
    words = wording(look.language or LANGUAGES[0])
    text = error_text(words, status)
    if wants_text(request):
        return PlainTextResponse(text, status_code=status, headers={"Cache-Control": "no-store"})
    return rendering.page("error.html", words, status=status, look=look, text=text)


def error_text(words: Wording, status: int) -> str:
    """The sentences for a status.

    >>> error_text(wording("en"), 418) == error_text(wording("en"), 400)
    True
    """
    shown = status if status in KNOWN else 400 if status < 500 else 500
    return words.text(f"web.error.{shown}")


def wants_text(request: Request) -> bool:
    """Whether our own script asks: it shows the sentence on the page it is on."""
    return request.headers.get("x-requested-with") == "fetch"
