"""The web chat: GET / shows it, POST /messages says something, with or without script."""

import re

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from content.wording import wording
from core.errors import StorageError
from web.errors import wants_text
from web.forms import read_form
from web.page import Wish, chat_response, compose, confirm, language_of, look_from, waiting_of, wish_of
from web.saying import Said, fault_of, said_of, updates_of
from web.site import Site
from web.talk import Talk, position, read_talk
from web.visitor import Visitor, look_of, remember, remember_look, visitor_of
from web.waiting import wait_for_answer

SMALL_FORM_BYTES = 10_000
OWN_PAGE = re.compile(r"(/[a-z0-9-]+)+(\?lang=[a-z]{2})?", re.ASCII)  # and never another host: no "//", no ":"


async def show_chat(request: Request) -> Response:
    """GET /: the conversation so far and the box to write. Nothing is stored for somebody who only looks."""
    site: Site = request.app.state.site
    visitor = visitor_of(request, site.account, site.new_token)
    query = request.query_params
    wish = wish_of(site, query.get("at", ""), query.get("lang", ""), query.get("ask", ""))
    look = look_from(request, wish)
    now = site.clock.now()
    talk = await read_talk(site.storage, visitor.urn, now) if visitor.known else Talk()
    after = position(query["waiting"]) if "waiting" in query else None
    waiting = waiting_of(talk, now, after=after, tries=position(query.get("tries", "")))
    page = compose(site, talk, look=look, wish=wish, now=now, nonce=site.new_token(), waiting=waiting)
    response = chat_response(request, page, talk, visitor.urn, language=language_of(talk, wish, look))
    if wish.language:
        remember_look(response, look, secure=site.secure_cookies)
    return remember(response, visitor, secure=site.secure_cookies)


async def post_message(request: Request) -> Response:
    """POST /messages: one message, press or file. Stored once however often it is sent; then the page again."""
    site: Site = request.app.state.site
    visitor = visitor_of(request, site.account, site.new_token)
    said = said_of(site, await read_form(request))
    if not visitor.known:
        return await ask_again(request, visitor, said, 409, "web.error.409")
    fault = fault_of(said.files)
    if fault:
        return await ask_again(request, visitor, said, 422, fault)
    try:
        talk = await read_talk(site.storage, visitor.urn, site.clock.now())
        new = await site.receive(await updates_of(site, visitor.urn, said, talk))
    except StorageError:
        return await ask_again(request, visitor, said, 503, "web.unkept")
    if wants_text(request):
        return Response(status_code=204)
    # A repeat of what is stored already waits for the answer to the first one.
    base = said.seen if new == 0 else talk.last_id
    answered = await wait_for_answer(site, visitor.urn, request.app.state.streams.stopping, after=base)
    return await show_again(request, visitor, said, base=base, answered=answered)


async def show_again(request: Request, visitor: Visitor, said: Said, *, base: int, answered: bool) -> Response:
    """After a post: the page at its newest answer, or one that says that the answer is coming."""
    site: Site = request.app.state.site
    payload = said.payload or ""
    look = look_of(request).change(payload) if payload.startswith("lang:") else look_of(request)
    if payload and said.text.strip():
        response = await keep_words(request, visitor, said, base=base, answered=answered)
    else:
        url = "/#last" if answered else f"/?waiting={base}#last"
        response = RedirectResponse(url, status_code=303, headers={"Cache-Control": "no-store"})
    return remember_look(response, look, secure=site.secure_cookies) if look != look_of(request) else response


async def keep_words(request: Request, visitor: Visitor, said: Said, *, base: int, answered: bool) -> Response:
    """The page after a press, with the words that stood in the box: they cannot travel through an address.

    A reload repeats the press under the same id, which changes nothing.
    """
    site: Site = request.app.state.site
    look, now = look_of(request), site.clock.now()
    talk = await read_talk(site.storage, visitor.urn, now)
    waiting = None if answered else waiting_of(talk, now, after=base, tries=0)
    nonce = site.new_token()
    page = compose(site, talk, look=look, wish=Wish(), now=now, nonce=nonce, waiting=waiting, draft=said.text)
    return chat_response(request, page, talk, visitor.urn, language=language_of(talk, Wish(), look))


async def ask_again(request: Request, visitor: Visitor, said: Said, status: int, sentence: str) -> Response:
    """Nothing was stored: say why, with what was typed still in the box and under the same id."""
    site: Site = request.app.state.site
    look = look_from(request, said.wish)
    now = site.clock.now()
    try:
        talk = await read_talk(site.storage, visitor.urn, now) if visitor.known else Talk()
    except StorageError:
        talk = Talk()  # the box and the words are what matters now
    language = language_of(talk, said.wish, look)
    problem = wording(language).text(sentence)
    if wants_text(request):
        response: Response = PlainTextResponse(problem, status_code=status, headers={"Cache-Control": "no-store"})
    else:
        page = compose(
            site,
            talk,
            look=look,
            wish=said.wish,
            now=now,
            nonce=said.nonce,
            waiting=None,
            draft=said.text,
            problem=problem,
        )
        response = chat_response(request, page, talk, visitor.urn, language=language, status=status)
    return remember(response, visitor, secure=site.secure_cookies)


async def post_seen(request: Request) -> Response:
    """POST /seen: the page's script has shown every bubble up to `up_to`."""
    site: Site = request.app.state.site
    visitor = visitor_of(request, site.account, site.new_token)
    up_to = position((await read_form(request, limit=SMALL_FORM_BYTES)).get("up_to"))
    if visitor.known and up_to:
        await confirm(site, visitor.urn, up_to)
    return Response(status_code=204)


async def post_look(request: Request) -> Response:
    """POST /look: letter size, contrast, light or dark; kept in the browser. Then the page it was pressed on."""
    site: Site = request.app.state.site
    form = await read_form(request, limit=SMALL_FORM_BYTES)
    look = look_of(request).change(form.get("set"))
    if wants_text(request):
        response: Response = JSONResponse({"theme": look.theme, "percent": look.percent, "contrast": look.contrast})
    else:
        back = form.get("back")
        url = back if OWN_PAGE.fullmatch(back) else "/"
        response = RedirectResponse(url, status_code=303, headers={"Cache-Control": "no-store"})
    return remember_look(response, look, secure=site.secure_cookies)
