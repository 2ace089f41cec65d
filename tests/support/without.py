"""Takes a capability out of the product: its conversation, page or command is not registered.

A pytest plugin (`--without ID`), and for the product started as a process of its own the variable
CHUNGTAY_TEST_WITHOUT. `make audit-tests` demands that a capability's test fails without it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sqlalchemy import ScalarSelect

    from content.catalogue import Catalogue
    from content.library import Library
    from content.schema import Policy
    from content.wording import Wording
    from db.windows import Ways

VARIABLE = "CHUNGTAY_TEST_WITHOUT"


def _router(*names: str) -> Callable[[], None]:
    def remove() -> None:
        from handlers import ROUTERS

        ROUTERS[:] = [router for router in ROUTERS if router.name not in names]

    return remove


def _commands(*names: str) -> Callable[[], None]:
    def remove() -> None:
        from bot.__main__ import cli

        for name in names:
            del cli.commands[name]

    return remove


def _cards(*topics: str) -> Callable[[], None]:
    """The cards of these topics are not in any pack, nor what is asked of posts about them."""

    def remove() -> None:
        from content import references
        from content.library import Library

        references.series_faults = lambda *_: iter(())  # type: ignore[assignment]

        whole = Library.policies

        def policies(self: Library, name: str) -> dict[str, Policy]:
            return {topic: card for topic, card in whole(self, name).items() if topic not in topics}

        Library.policies = policies  # type: ignore[method-assign]

    return remove


def _needs() -> None:
    """Nobody can state a need, and no room shows any."""
    _router("stated")()
    _without_rooms("/console/needs")


def _labour() -> None:
    """Nobody is asked who works, and no room shows it."""
    _router("labour")()
    _without_rooms("/console/labour")


def _without_rooms(begin: str) -> None:
    from web.console import routes

    routes.ROOMS = tuple(one for one in routes.ROOMS if not one.path.startswith(begin))


def _labour_lists() -> None:
    """No list of households is read, and a number of twelve digits stays as it was typed."""
    import content.labour_list as lists
    from handlers import turns
    from web.console.labour import lists as rooms

    rooms.read_homes = lists.read_homes = lambda *_: lists.Found(homes=(), bad=())  # type: ignore[attr-defined]
    turns.masked = lambda text: text  # type: ignore[attr-defined]


def _startup() -> None:
    """Nothing is told of a business of one's own, and no idea is taken."""
    _cards("startup")()
    _router("ideas")()


def _market() -> None:
    """Nobody sells or looks for anything here, in the chat or on the page."""
    import web.app

    _router("market")()
    whole = web.app.public_routes
    web.app.public_routes = lambda: [one for one in whole() if not one.path.endswith("/cho")]


def _plans() -> None:
    """No locality has a plan, only offices."""
    _after_loading(lambda catalogue: setattr(catalogue, "plans", {}))


def _offices() -> None:
    """No plan gives anything to anybody."""

    def forget(catalogue: Catalogue) -> None:
        catalogue.localities = {
            name: place.model_copy(update={"who": ()}) for name, place in catalogue.localities.items()
        }

    _after_loading(forget)


def _movements() -> None:
    """No plan names a movement."""

    def forget(catalogue: Catalogue) -> None:
        catalogue.localities = {
            name: place.model_copy(update={"movement": (), "slogan": None})
            for name, place in catalogue.localities.items()
        }

    _after_loading(forget)


def _after_loading(change: Callable[[Catalogue], None]) -> None:
    from content.catalogue import Catalogue

    whole = Catalogue.__init__

    def init(self: Catalogue, library: Library) -> None:
        whole(self, library)
        change(self)

    Catalogue.__init__ = init  # type: ignore[method-assign]


def _sources() -> None:
    """Nothing that is told carries its source line."""
    from content.wording import Wording

    whole = Wording.text

    def text(self: Wording, message_id: str, **values: object) -> str:
        return "" if message_id.startswith("card.source") else whole(self, message_id, **values)

    Wording.text = text  # type: ignore[method-assign]


def _own_files() -> None:
    """An office's own files do not count."""
    from bot.settings import Settings
    from content.loader import PACKS_DIR

    Settings.pack_folders = property(lambda self: (PACKS_DIR,))  # type: ignore[assignment, method-assign]


def _endings() -> None:
    """A document that is marked as ended goes on."""
    from content import loader

    loader.ended = lambda library: library  # type: ignore[assignment]


def _understanding() -> None:
    """Only what stands on a button is understood."""
    from content.understanding.reader import _NOTHING, Reader

    Reader.read = lambda *_, **__: _NOTHING  # type: ignore[method-assign]


def _telegram() -> None:
    """Whatever the settings say, Telegram is not switched on."""
    import bot.app

    bot.app.gateways = lambda *_, **__: []  # type: ignore[assignment]


def _zalo() -> None:
    """Whatever the settings say, neither Zalo's account nor its bot is switched on."""
    import bot.app

    whole = bot.app.gateways
    bot.app.gateways = lambda ground: [one for one in whole(ground) if not one.channel.account.startswith("zalo")]


def _audience() -> None:
    """Whatever a notice's conditions say, everybody is meant."""
    from sqlalchemy import true

    from db import audience

    audience._is = lambda *_, **__: true()  # type: ignore[assignment]


def _overseas() -> None:
    """No card of work abroad, and no firm is looked up."""
    _cards("overseas-work", "job-loan")()
    _router("firms")()


def _themes() -> None:
    """Nobody can choose a theme, and no card answers."""
    _router("themes", "topics")()


def _no_stopping() -> None:
    """No word stops anything, and the night is like the day."""
    import core.caps
    import scheduler.relay

    _router("notices", "themes", "ways")()
    core.caps.quiet = scheduler.relay.quiet = lambda _: False  # type: ignore[assignment]


def _one_channel() -> None:
    """Notices go by Telegram alone, to everybody's first address, and to each member of a household."""
    from sqlalchemy import false

    from db import audience, campaigns

    audience.WEB = ""
    whole = audience.address_of

    def telegram_only(ways: Ways) -> ScalarSelect[int]:
        return whole(replace(ways, accounts=[one for one in ways.accounts if one.startswith("telegram.")]))

    audience.address_of = campaigns.address_of = telegram_only
    audience.another_way = campaigns.another_way = lambda *_: false()  # type: ignore[assignment]


def _relay() -> None:
    """Nothing reaches an officer, and the console has no questions."""
    from web.console import routes

    _router("handover", "questions")()
    routes.ROOMS = tuple(one for one in routes.ROOMS if "/questions" not in one.path)


def _public_pages() -> None:
    """Nothing of a place can be read but its chat."""
    from web.public import routes

    routes.PlaceRoute.matches = lambda *_: (routes.Match.NONE, {})  # type: ignore[method-assign]


def _permission() -> None:
    """Whoever acts may do everything, and no refusal is written down."""
    from handlers import permission

    async def nobody_asks(*_: object, **__: object) -> None:
        return None

    permission._demand = nobody_asks  # type: ignore[assignment]


def _reports() -> None:
    """No report can be asked for, neither on a page nor by a command."""
    from web.console import routes

    routes.ROOMS = tuple(room for room in routes.ROOMS if room not in routes.REPORTS)
    _commands("report")()


def _published() -> None:
    """Whatever officers enter and approve, nothing is published."""
    from db.progress import SqlProgress

    async def nothing(*_: object) -> list[object]:
        return []

    SqlProgress.published = SqlProgress.newest = nothing  # type: ignore[assignment,method-assign]


def _reminders_of_tasks() -> None:
    """Tasks are given out and done, and neither somebody's home page nor their chat speaks of them."""
    from scheduler.task_reminding import TaskReminding
    from web.console.home import figures, page

    async def nothing(_: TaskReminding) -> bool:
        return False

    TaskReminding.step = nothing  # type: ignore[method-assign]
    page.PANELS = tuple(panel for panel in page.PANELS if panel[1] is not figures.tasks)


def _console() -> None:
    """Officers sign in and find nothing but the first page."""
    _without_rooms("/console/")


def _employers() -> None:
    """Nobody but officers puts offers in."""
    from starlette.requests import Request
    from starlette.responses import Response

    from web.errors import error_page
    from web.public import routes

    async def nothing(request: Request) -> Response:
        return error_page(request, 404)

    routes.show_hiring = routes.post_hiring = nothing


def _job_news() -> None:
    """Nobody can ask for work, and nobody is told of any."""
    from scheduler.job_news import JobNews

    async def nothing(_: JobNews) -> bool:
        return False

    JobNews.step = nothing  # type: ignore[method-assign]
    _router("work", "work_news")()


def _job_fairs() -> None:
    """No job fair can be asked for, neither in the chat nor in the console."""
    from web.console import routes

    routes.ROOMS = tuple(room for room in routes.ROOMS if room not in routes.EVENTS)
    _router("events")()


def _labour_market() -> None:
    """Nobody is told which trades need people, neither in the chat nor in the console."""
    from web.console import routes

    routes.ROOMS = tuple(room for room in routes.ROOMS if room not in routes.PICTURE)
    _router("needed")()


def _following() -> None:
    """Nobody is asked what became of a vacancy."""
    from handlers.work import led

    async def nothing(*_: object) -> None:
        return None

    led.plan = nothing


def _seekers() -> None:
    """Officers see nobody who looks for work."""
    from db.seekers import SqlSeekers

    async def nobody(*_: object) -> list[object]:
        return []

    async def none(*_: object) -> None:
        return None

    SqlSeekers.list = nobody  # type: ignore[assignment,method-assign]
    SqlSeekers.get = none  # type: ignore[assignment,method-assign]


def _exchange() -> None:
    """No list keeps what it calls an offer by, and nobody says whether an exchange is connected."""
    from handlers.work import leads
    from web.console.leads import applications

    leads.router.words.clear()
    applications.reference_of = lambda _: ""


SWITCHES: dict[str, Callable[[], None]] = {
    "job-success-followup": _following,
    "job-seeker-register": _seekers,
    "online-job-exchange": _exchange,
    "locality-choice": _router("localities"),
    "consent-and-erasure": _router("my_data", "handover"),
    "no-decision": _router("caution"),
    "scam-safety": _router("fraud"),
    "overseas-work-info": _overseas,
    "low-cost-running": _commands("run", "backup", "restore"),
    "telegram-adapter": _telegram,
    "zalo-style-adapter": _zalo,
    "scheduled-broadcast": _commands("campaign"),
    "audience-targeting": _audience,
    "roles-and-log": _permission,
    "for-the-poor-month": _commands("schedule"),
    "emulation-movement": _movements,
    "awareness-content": _commands("series"),
    "essential-information": _themes,
    "opt-out-and-quiet-hours": _no_stopping,
    "multi-channel": _one_channel,
    "plain-and-unaccented": _understanding,
    "policy-answers": _router("topics", "plan"),
    "who-handles-what": _offices,
    "local-plan-facts": _plans,
    "source-and-doubt": _sources,
    "yearly-content-swap": _own_files,
    "policy-currency": _endings,
    "health-support": _cards("health-insurance", "medical-costs"),
    "nutrition-counselling": _cards("child-nutrition"),
    "education-support": _cards("tuition", "study-costs", "student-loan", "disability"),
    "preferential-credit": _cards(
        "production-loan", "job-loan", "student-loan", "water-sanitation-loan", "newly-escaped"
    ),
    "housing-support": _cards("housing", "emergency-relief"),
    "water-sanitation-help": _cards("clean-water", "sanitation", "water-sanitation-loan"),
    "telecom-access": _cards("telecom"),
    "social-protection-info": _cards("social-allowance", "disability"),
    "electricity-tet-support": _cards("electricity", "tet-support"),
    "legal-aid-info": _cards("legal-aid"),
    "social-insurance-info": _cards("health-insurance"),
    "livelihood-projects": _cards("livelihood-project"),
    "farm-technique": _cards("farm-production"),
    "self-check": _router(
        "selfcheck", "selfcheck.answering", "selfcheck.moving", "selfcheck.result", "selfcheck.reasons"
    ),
    "support-routing": _router("selfcheck.supports"),
    "relapse-watch": _router("escaped"),
    "household-review-help": _router("request", "request.sending"),
    "web-feed": _public_pages,
    "monitoring-reports": _reports,
    "target-tracking": _published,
    "poverty-rate-publication": _published,
    "officer-console": _console,
    "task-reminders": _reminders_of_tasks,
    "employer-posting": _employers,
    "feedback-relay": _relay,
    "job-market-notices": _job_news,
    "needs-register": _needs,
    "labour-survey": _labour,
    "population-data-link": _labour_lists,
    "market-link": _market,
    "job-counselling": _router("counselling", "counselling.calling"),
    "startup-support": _startup,
    "job-events": _job_fairs,
    "labour-market-analysis": _labour_market,
    "training-offers": _router("training"),
    "training-demand-survey": _router("training-survey"),
    "priority-groups": _cards("ethnic-minority", "meritorious", "women-priority", "disability"),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--without ID` runs the tests on a product that lacks this capability."""
    parser.addoption("--without", choices=sorted(SWITCHES), help="take a capability out of the product")


def pytest_configure(config: pytest.Config) -> None:
    """Take it out before any test runs, here and in processes that tests start."""
    without = config.getoption("--without")
    if without:
        os.environ[VARIABLE] = without
        SWITCHES[without]()


def main() -> None:
    """`chungtay`, without what the variable names."""
    without = os.environ.get(VARIABLE)
    if without:
        SWITCHES[without]()
    from bot.__main__ import main as chungtay

    chungtay()


if __name__ == "__main__":
    main()
