"""Where requests come in: token, method, parameters, and whatever goes wrong on the way."""

import asyncio
import inspect
import json
import re
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from aiohttp import web

from tests.support.telegram import methods
from tests.support.telegram.answers import Told
from tests.support.telegram.calls import Call
from tests.support.telegram.errors import ApiError, not_found, unauthorized
from tests.support.telegram.parameters import Parameters, Upload, read_parameters
from tests.support.telegram.state import State

TOKEN = re.compile(r"[1-9][0-9]{0,15}:[A-Za-z0-9_-]+")
_CUT = 0  # the status of a call whose connection ended without a whole answer

Work = Callable[[], Awaitable[web.Response]]


class Door:
    """One per server. Every call is written down when it comes in, and its status when the answer is ready."""

    def __init__(self, state: State, token: str) -> None:
        self._state, self._token = state, token
        self._replies: set[asyncio.Task[Any]] = set()
        self.open = True  # closed: the token is nobody's any more
        state.reply = self._reply

    def routes(self) -> list[web.RouteDef]:
        """What to listen to."""
        return [
            web.get("/file/bot{token}/{path:.+}", self._fetched),
            web.route("*", "/bot{token}/{method}", self._called),
            web.route("*", "/{rest:.*}", self._lost),
        ]

    async def close(self) -> None:
        """End what was begun by answers of the bot."""
        for task in self._replies:
            task.cancel()
        await asyncio.gather(*self._replies, return_exceptions=True)

    async def _called(self, request: web.Request) -> web.StreamResponse:
        try:
            sent_as, parameters = await read_parameters(request)
        except ApiError as error:
            return _json(error.code, error.wire())
        call = self._note(request.match_info["method"], parameters, sent_as)
        call.remote = request.remote or ""
        return await self._serve(request, call, partial(self._answer, call, parameters, request.match_info["token"]))

    async def _fetched(self, request: web.Request) -> web.StreamResponse:
        call = self._note("download", Parameters({"path": request.match_info["path"]}), "query")
        return await self._serve(request, call, partial(self._download, call, request.match_info["token"]))

    async def _serve(self, request: web.Request, call: Call, work: Work) -> web.StreamResponse:
        """Do the work and answer, with whatever goes wrong before, between and after."""
        fault = self._state.faults.for_call(call)
        if fault is None:
            return await work()
        early = await work() if fault.accepted else None
        await self._state.faults.delay(fault)
        gone = request.transport is None or request.transport.is_closing()
        if fault.kind in ("hang", "slow") and not gone:
            return early or await work()
        call.status = fault.status or _CUT
        self._state.changes.tell()
        if fault.kind == "answer":
            response = web.Response(body=fault.body, status=fault.status, headers=fault.headers)
            response.content_type = fault.content_type
            return response
        return await _cut_off(request, early.body if early and fault.kind == "half" else None)

    async def _download(self, call: Call, token: str) -> web.Response:
        stored = self._state.files.at(call.parameters["path"])
        refusal = self._refusal(token)
        if refusal or stored is None:
            refusal = refusal or not_found()
            response = _json(refusal.code, refusal.wire())
        else:
            response = web.Response(body=stored.upload.data, content_type="application/octet-stream")
        call.status = response.status
        self._state.changes.tell()
        return response

    async def _lost(self, request: web.Request) -> web.StreamResponse:
        return _json(404, not_found().wire())

    def _note(self, method: str, parameters: Parameters, sent_as: str) -> Call:
        name = methods.real_name(method)
        call = Call(name, dict(parameters.values), self._state.clock.now(), sent_as)
        self._state.calls.append(call)
        self._state.changes.tell()
        return call

    async def _answer(self, call: Call, parameters: Parameters, token: str) -> web.Response:
        try:
            if refusal := self._refusal(token):
                raise refusal
            method = methods.find(call.method)
            self._note_ignored(call)
            result = method(self._state, parameters)
            if inspect.isawaitable(result):
                result = await result
        except ApiError as error:
            status, body = error.code, error.wire()
        else:
            told = result if isinstance(result, Told) else None
            status, body = 200, {"ok": True, "result": told.result if told else result}
            body |= {"description": told.description} if told else {}
        call.status, call.description = status, body.get("description", "")
        self._state.changes.tell()
        return _json(status, body)

    def _refusal(self, token: str) -> ApiError | None:
        if not TOKEN.fullmatch(token):
            return not_found()
        return None if self.open and token == self._token else unauthorized()

    def _note_ignored(self, call: Call) -> None:
        known = methods.known_parameters(call.method)
        strange = [
            (call.method, name)
            for name, value in call.parameters.items()
            if name not in known and not isinstance(value, Upload)  # attached under a name of its own
        ]
        self._state.ignored.extend(strange)

    def _reply(self, method: str, values: dict[str, Any]) -> None:
        """Make the call a bot put into its answer; nobody learns what became of it."""
        parameters = Parameters(values)
        call = self._note(method, parameters, "webhook-reply")
        task = asyncio.get_running_loop().create_task(self._answer(call, parameters, self._token))
        self._replies.add(task)
        task.add_done_callback(self._replies.discard)


async def _cut_off(request: web.Request, body: Any) -> web.StreamResponse:
    """End the connection: after half of this body, or without a word."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    if isinstance(body, bytes):
        response.content_length = len(body)
        await response.prepare(request)
        await response.write(body[: len(body) // 2])
    if request.transport is not None:
        request.transport.close()
    return response


def _json(status: int, body: dict[str, Any]) -> web.Response:
    wait = body.get("parameters", {}).get("retry_after")
    headers = {"Retry-After": str(wait)} if wait else None
    return web.Response(body=json.dumps(body).encode(), status=status, headers=headers, content_type="application/json")
