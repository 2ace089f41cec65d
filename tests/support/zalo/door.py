"""Where requests come in: consent, tokens, calls, media, and whatever goes wrong on the way."""

import json
from collections.abc import Callable
from typing import Any

from aiohttp import web

from tests.support.zalo.calls import Call, leaves
from tests.support.zalo.errors import OaError, OauthError, invalid
from tests.support.zalo.oauth import CONSENT_PATH, TOKEN_PATH
from tests.support.zalo.paths import PATHS, Path
from tests.support.zalo.reading import read_call, read_data
from tests.support.zalo.signature import proof
from tests.support.zalo.state import State

_CUT = 0  # the status of a call whose connection ended without an answer

Work = Callable[[Call], web.Response]


class Door:
    """One per server, for all three hosts: their paths do not collide. Every call is written down."""

    def __init__(self, state: State) -> None:
        self._state = state

    def routes(self) -> list[web.RouteDef]:
        """What to listen to."""
        return [
            web.get(CONSENT_PATH, self._consent),
            web.get("/media/{word}/{name}", self._media),
            web.post(TOKEN_PATH, self._tokens),
            web.route("*", "/{rest:.*}", self._called),
        ]

    async def _consent(self, request: web.Request) -> web.StreamResponse:
        """What a browser gets after an admin has agreed (here: at once)."""
        call = self._note(await read_call(request, self._state.clock))
        try:
            address = self._state.oauth.consent(call.query)
        except OauthError as error:
            return self._answer(call, error.wire())
        call.status = 302
        self._state.changes.tell()
        return web.Response(status=302, headers={"Location": address})

    async def _media(self, request: web.Request) -> web.StreamResponse:
        """What people sent lies open: no token is asked for. Faults strike here, too."""
        return await self._serve(request, self._fetch)

    def _fetch(self, call: Call) -> web.Response:
        upload = self._state.files.at(call.path)
        call.status = 404 if upload is None else 200
        self._state.changes.tell()
        if upload is None:
            return web.Response(status=404)
        return web.Response(body=upload.data, content_type=upload.mime)

    async def _tokens(self, request: web.Request) -> web.StreamResponse:
        return await self._serve(request, self._give)

    async def _called(self, request: web.Request) -> web.StreamResponse:
        return await self._serve(request, self._do)

    async def _serve(self, request: web.Request, work: Work) -> web.StreamResponse:
        """Do the work and answer, with whatever goes wrong before and after."""
        call = self._note(await read_call(request, self._state.clock))
        fault = self._state.faults.for_call(call)
        if fault is None:
            return work(call)
        early = work(call) if fault.accepted else None
        await self._state.faults.delay(fault)
        gone = request.transport is None or request.transport.is_closing()
        if fault.kind in ("hang", "slow") and not gone:
            return early or work(call)
        call.status = fault.status if fault.kind == "answer" else _CUT
        self._state.changes.tell()
        if fault.kind == "answer":
            return web.Response(body=fault.body, status=fault.status, content_type=fault.content_type)
        if request.transport is not None:
            request.transport.close()
        return web.Response()

    def _note(self, call: Call) -> Call:
        self._state.calls.append(call)
        self._state.changes.tell()
        return call

    def _give(self, call: Call) -> web.Response:
        oauth = self._state.oauth
        try:
            body: dict[str, Any] = dict(oauth.give(call))
        except OauthError as error:
            return self._answer(call, error.wire(numbered=oauth.numbered))
        self._state.webhook.granted = True
        return self._answer(call, body)

    def _do(self, call: Call) -> web.Response:
        state = self._state
        path = PATHS.get((call.method, call.path))
        if path is None:
            state.ignored.append((call.path, call.method))
            return self._answer(call, {"error": 404, "message": "Empty api"}, status=404)  # a guess
        try:
            self._check_caller(call, path)
            state.rates.take()
            state.oa.check(call.path)
            self._check_form(call, path)
            data = path.answer(state, call)
        except OaError as error:
            return self._answer(call, error.wire())
        return self._answer(call, {"error": 0, "message": "Success", "data": data})

    def _check_caller(self, call: Call, path: Path) -> None:
        """The token stands in a header of its own; as a bearer it is not seen. Raises OaError."""
        state, token = self._state, call.headers.get("access_token", "")
        try:
            state.oauth.check_access(token)
        except OaError:
            if path.templates:
                raise OaError(-124) from None
            raise
        if state.proof_needed and call.headers.get("appsecret_proof") != proof(state.oauth.app_secret, token):
            raise OaError(-1241 if path.templates else -242)

    def _check_form(self, call: Call, path: Path) -> None:
        if path.sent_as == "query" and path.templates:
            call.body = dict(call.query)
        elif path.sent_as == "query":
            read_data(call)
        elif path.sent_as != call.sent_as:
            raise OaError(-122) if path.templates else invalid("body")
        if call.flaw:
            raise OaError(-122) if path.templates else invalid(call.flaw)
        if path.fields is not None:
            known = path.fields
            strange = [name for name in leaves(call.body) if name.split(".")[0].split("[")[0] not in known]
            self._state.ignored += [(call.path, name) for name in strange]

    def _answer(self, call: Call, body: dict[str, Any], *, status: int = 200) -> web.Response:
        call.status, call.answer = status, body
        self._state.changes.tell()
        headers = self._state.rates.headers() if call.path not in (TOKEN_PATH, CONSENT_PATH) else {}
        text = json.dumps(body, ensure_ascii=False)
        return web.Response(text=text, status=status, headers=headers, content_type="application/json")
