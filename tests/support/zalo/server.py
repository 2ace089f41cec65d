"""A Zalo Official Account server of our own, as strict as the real one, on a socket of this machine.

    async with FakeZalo(clock=clock, hurry=100) as zalo:
        zalo.hook_url = "http://127.0.0.1:…/hooks/zalo"
        pair = zalo.issue_tokens()
        lan = zalo.person("Lan")
        lan.says("xin chào")
        await zalo.until(lambda: lan.shown)

One address, `zalo.base`, stands for openapi.zalo.me, oauth.zaloapp.com and business.openapi.zalo.me: their paths do not
collide. What is not known of the real server is said where it is decided, with the word "doubt", "guess" or "recalled".
"""

import random
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from core.ports import Clock
from tests.support.faults import Faults
from tests.support.telegram.changes import Changes
from tests.support.zalo.calls import Call
from tests.support.zalo.door import Door
from tests.support.zalo.faults import Fault, cut
from tests.support.zalo.files import Files
from tests.support.zalo.forging import Forging
from tests.support.zalo.oauth import TOKEN_PATH, OAuth, Pair
from tests.support.zalo.people import Person
from tests.support.zalo.profile import OaProfile
from tests.support.zalo.rates import Rates
from tests.support.zalo.shown import Shown
from tests.support.zalo.state import State, WallClock
from tests.support.zalo.templates import Template, Templates
from tests.support.zalo.webhook import Event, Webhook
from tests.support.zalo.windows import Quota

_FIRST_PERSON = 2_468_458_835_291_979_221  # far more than a JavaScript number holds


class FakeZalo(Forging):
    """Start it with `async with`. `hurry` shortens every wait of the server itself; times come from `clock`.

    A webhook may take `answer_within` real seconds to answer. Zalo gives two; here it is ten unless said otherwise,
    since a machine that runs tests is busy.
    """

    def __init__(
        self,
        *,
        app_id: str = "3600000000000000001",
        app_secret: str = "app-secret-for-tests",
        oa_id: str = "388613280878808645",
        oa_secret_key: str = "OAsecretKEY-for-tests",
        clock: Clock | None = None,
        hurry: float = 1.0,
        answer_within: float = 10.0,
        seed: int | None = None,
        host: str = "127.0.0.1",
    ) -> None:
        self.app_id, self.app_secret, self.oa_id, self.oa_secret_key = app_id, app_secret, oa_id, oa_secret_key
        self.base, self._host = "", host
        clock, chance, changes = clock or WallClock(), random.Random(seed), Changes()
        self.state = State(
            oauth=OAuth(app_id, app_secret, oa_id, clock),
            oa=OaProfile(oa_id),
            webhook=Webhook(app_id, oa_secret_key, hurry, chance, changes, answer_within=answer_within),
            clock=clock,
            hurry=hurry,
            chance=chance,
            changes=changes,
        )
        self._door = Door(self.state)

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=2**31)  # limits are told in the server's own words
        app.add_routes(self._door.routes())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, 0, backlog=1024).start()
        self.base = self.state.files.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.state.webhook.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.faults.clear()
        await self.state.webhook.stop()
        await self._runner.cleanup()

    # People and officers.

    def person(self, name: str = "Nguyễn Thị Lan", *, id: str = "", phone: str = "") -> Person:
        """Somebody with a Zalo account who has never met the OA: only what they do opens the window."""
        number = len(self.state.people)
        user_id = id or str(_FIRST_PERSON + 7 * number)
        assert user_id.isdigit() and user_id not in self.state.people, "no such id, or somebody has it"
        person = Person(self.state, user_id, name, phone or f"84{912_000_000 + number}")
        self.state.people[user_id] = person
        return person

    def officer_writes(self, person: Person, text: str, *, admin_id: str = "7310000000000000001") -> Shown:
        """Somebody of the ward answers by hand on the OA's own page; the app is told by an echo with `admin_id`."""
        return person.show(Shown("text", text=text, admin_id=admin_id))

    def template(self, template_id: str = "203972", *, name: str = "Thông báo", **more: Any) -> Template:
        """A template of the OA, approved unless `status` says otherwise; see Template for what else can be said."""
        parameters = more.pop("parameters", {"ho_ten": 30, "ma_ho_so": 30})
        return self.state.templates.add(Template(template_id, name, parameters, **more))

    # Tokens.

    def issue_tokens(self) -> Pair:
        """A good pair without consent, as the API Explorer prints one. The pair before is worth nothing any more."""
        self.state.webhook.granted = True
        return self.state.oauth.issue()

    def lose_token_answer(self, times: int = 1) -> None:
        """The next answers with new tokens are lost after the old ones were burnt."""
        self.faults.add(cut(accepted=True, path=TOKEN_PATH, times=times))

    # What the test looks at.

    @property
    def hook_url(self) -> str:
        """Where events are sent."""
        return self.state.webhook.url

    @hook_url.setter
    def hook_url(self, url: str) -> None:
        self.state.webhook.url = url

    @property
    def webhook(self) -> Webhook:
        """How events are sent, and what became of them."""
        return self.state.webhook

    @property
    def events(self) -> list[Event]:
        """All that was told or should have been, oldest first."""
        return self.state.webhook.events

    @property
    def oauth(self) -> OAuth:
        """Consent and tokens, with their switches."""
        return self.state.oauth

    @property
    def oa(self) -> OaProfile:
        """Kind, package, and what they forbid."""
        return self.state.oa

    @property
    def quota(self) -> Quota:
        """What may still be sent, and the money."""
        return self.state.quota

    @property
    def templates(self) -> Templates:
        """Templates by id, with their switches."""
        return self.state.templates

    @property
    def files(self) -> Files:
        """What was uploaded, what people sent, and what of it was fetched."""
        return self.state.files

    @property
    def faults(self) -> Faults[Fault]:
        """What goes wrong."""
        return self.state.faults

    @property
    def rates(self) -> Rates:
        """How many calls a minute are answered."""
        return self.state.rates

    @property
    def calls(self) -> list[Call]:
        """All the adapter asked, in order: consent, tokens, calls, and what it fetched of people's files."""
        return self.state.calls

    def calls_of(self, path: str) -> list[Call]:
        """The calls of one path."""
        return [call for call in self.calls if call.path == path]

    @property
    def ignored(self) -> list[tuple[str, str]]:
        """Path and field the server does not know: a fault of the adapter."""
        return self.state.ignored

    @property
    def sent(self) -> dict[str, list[Shown]]:
        """By user id: what the app sent, each with its `message_id`; what officers wrote by hand is not in it."""
        return {
            person.id: [shown for shown in person.shown if not shown.admin_id] for person in self.state.people.values()
        }

    async def until(self, holds: Callable[[], Any], *, within: float = 10.0) -> None:
        """Wait until it holds. Raises AssertionError with what was seen when the time is over."""
        await self.state.changes.until(lambda: bool(holds()), within=within, seen=self._seen)

    async def quiet(self, *, within: float = 10.0) -> None:
        """Wait until the app has taken every event, or the server has given it up."""
        await self.until(lambda: not self.state.webhook.waiting, within=within)

    def _seen(self) -> str:
        calls = [
            f"  {c.status} {c.method} {c.path} {c.user_id} {c.answer.get('message', '')}" for c in self.calls[-20:]
        ]
        texts = [f"  {person.name}: {person.texts[-5:]}" for person in self.state.people.values() if person.shown]
        events = [f"  {event.name} {event.state} {event.attempts[-1:]}" for event in self.events[-20:]]
        return "\n".join(["calls:", *calls, "shown:", *texts, "events:", *events])
