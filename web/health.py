"""How the service is doing, for the one who runs it: a page to read, or JSON for a watcher."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from content.wording import Wording, wording
from core.ports import ChannelState
from web import rendering
from web.held_words import detail_of, kind_of

FRONT = "front"  # the part that is the web server in front


class State(StrEnum):
    """How one part is doing."""

    OK = "ok"
    SLOW = "slow"  # works, but somebody should look
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One part that was looked at. `detail` is for the operator: no secret, no person."""

    name: str  # "database", "disk", "webchat.main"
    state: State
    detail: str = ""
    condition: ChannelState | None = None  # of a channel
    facts: Mapping[str, int | float | str | None] = field(default_factory=dict)  # figures for a watcher


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthReport:
    """What the service found out about itself."""

    ok: bool
    version: str
    checks: tuple[Check, ...] = ()
    waiting_updates: int = 0  # stored, not yet handled
    outbox_pending: int = 0
    in_doubt: int = 0  # may have arrived, nobody can know
    oldest_waiting_seconds: float | None = None  # age of the oldest unhandled update; None: there is none


async def show_health(request: Request) -> Response:
    """GET /health: 200 when all is well, 503 when not; `?format=json` for machines."""
    report: HealthReport = await request.app.state.site.health()
    status = 200 if report.ok else 503
    if request.query_params.get("format") == "json":
        return JSONResponse(as_json(report), status_code=status)
    words = wording("vi")
    figures = [
        (words.text("web.health.waiting"), str(report.waiting_updates)),
        (words.text("web.health.oldest"), oldest_text(report)),
        (words.text("web.health.pending"), str(report.outbox_pending)),
        (words.text("web.health.doubt"), str(report.in_doubt)),
        (words.text("web.health.version"), report.version),
    ]
    names = {one.name: part_name(one.name, words) for one in report.checks}
    details = {one.name: detail_text(one, words) for one in report.checks}
    return rendering.page(
        "health.html",
        words,
        status=status,
        report=report,
        verdict=verdict_of(report),
        figures=figures,
        names=names,
        details=details,
        states={one.name: state_text(one, words) for one in report.checks},
    )


def verdict_of(report: HealthReport) -> str:
    """The message id of the line on top: all is well, a setting or a channel is to be looked at, or everything."""
    if not report.ok:
        return "web.health.bad"
    if any(one.name == FRONT for one in report.checks):
        return "web.health.mend"
    troubled = any(one.condition not in (None, ChannelState.UP) for one in report.checks)
    return "web.health.partly" if troubled else "web.health.good"


def state_text(check: Check, words: Wording) -> str:
    """How a part is doing, in a word or two.

    >>> state_text(Check(name="disk", state=State.SLOW), wording("en"))
    'Slow'
    """
    own = f"web.health.{check.name}.{check.state}"
    return words.text(own if words.has(own) else f"web.health.{check.condition or check.state}")


def detail_text(check: Check, words: Wording) -> str:
    """What an operator should know of a part: of a channel in trouble, what it means and what to do.

    >>> detail_text(Check(name="disk", state=State.OK, detail="9 MB"), wording("vi"))
    '9 MB'
    """
    if kind_of(check.name):
        return detail_of(check, words)
    if check.condition in (None, ChannelState.UP):
        own = f"web.health.{check.name}.{check.detail}"
        return words.text(own) if check.detail and words.has(own) else check.detail
    own = f"web.health.channel.{check.condition}.{check.detail}"
    told = words.text(own if words.has(own) else f"web.health.channel.{check.condition}")
    return f"{told} ({check.detail})" if check.detail else told


def part_name(name: str, words: Wording) -> str:
    """What an operator calls a part; a channel account keeps its own name.

    >>> part_name("disk", wording("en")), part_name("webchat.main", wording("en"))
    ('Free disk space', 'webchat.main')
    """
    if held := kind_of(name):
        kind, account = held
        return words.text(f"web.health.part.{kind}", account=account)
    known = f"web.health.part.{name}"
    return words.text(known) if words.has(known) else name


def oldest_text(report: HealthReport) -> str:
    """The age of the oldest waiting update as an operator reads it.

    >>> oldest_text(HealthReport(ok=True, version="1", oldest_waiting_seconds=3.21))
    '3,2 giây'
    """
    if report.oldest_waiting_seconds is None:
        return wording("vi").text("web.health.none")
    return wording("vi").text("web.health.seconds", seconds=f"{report.oldest_waiting_seconds:.1f}".replace(".", ","))


def as_json(report: HealthReport) -> dict[str, object]:
    """The report with plain values."""
    return {
        "ok": report.ok,
        "version": report.version,
        "checks": [
            {"name": one.name, "state": one.state.value, "detail": one.detail}
            | ({"condition": one.condition.value} if one.condition else {})
            | ({"facts": dict(one.facts)} if one.facts else {})
            for one in report.checks
        ],
        "waiting_updates": report.waiting_updates,
        "outbox_pending": report.outbox_pending,
        "in_doubt": report.in_doubt,
        "oldest_waiting_seconds": report.oldest_waiting_seconds,
    }
