"""What Zalo says no with: each number is a decision, and the health page says what an operator must do."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.watch import DOWN_AFTER, Watch
from bot.channels.zalo.gateway import ZaloGateway
from bot.channels.zalo.refusals import EXPIRED, MEANINGS, TEMPLATES, must_be_told, refusal_of
from bot.knowledge import Knowledge
from content.wording import wording
from core.contacts import URN, Refusal
from core.delivery import DeliveryStatus
from core.errors import SendError, SendErrorKind
from core.messages import OutboundMessage, Template
from core.ports import ChannelState, Condition
from db.models import addresses, deliveries
from tests.channels.test_zalo_messages import rows
from tests.support.chance import SeededChance
from tests.support.clock import FixedClock
from tests.support.desks import TelegramDesk
from tests.support.zalo import faults
from tests.support.zalo.server import FakeZalo
from tests.support.zalo_desks import ACCOUNT, ZaloDesk, desk_on_zalo

pytestmark = pytest.mark.thorough

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)  # twelve in Viet Nam
CS = "/v3.0/oa/message/cs"
OF_THE_REFERENCE = """
-32 -100 -200 -201 -202 -204 -205 -207 -208 -209 -210 -211 -212 -213 -214 -215 -216 -217 -218 -219 -220 -221 -222 -223
-224 -227 -230 -232 -233 -234 -235 -237 -238 -240 -241 -242 -244 -248 -249 -305 -311 -320 -321 -403 -1340 -1341
-108 -109 -111 -112 -1121 -1122 -1124 -113 -114 -115 -117 -118 -119 -120 -121 -122 -124 -1241 -126 -127 -131 -132 -133
-135 -1351 -136 -137 -139 -141 -140 -144 -1441 -145 -146 -147 -1471 -1472 -160 -161
"""


def test_every_number_of_the_reference_is_decided() -> None:
    assert {int(one) for one in OF_THE_REFERENCE.split()} == {*MEANINGS, *TEMPLATES, *EXPIRED}


@pytest.mark.parametrize(
    ("code", "text", "kind", "refusal"),
    [
        (-32, "Your OA reached limit call api", SendErrorKind.THROTTLED, None),
        (-201, "text is invalid!", SendErrorKind.REJECTED, None),
        (-201, "user_id is invalid!", SendErrorKind.CONTACT_STOPPED, Refusal.INVALID),
        (-211, "Out of quota", SendErrorKind.UNREACHABLE, None),
        (-213, "User has not followed OA", SendErrorKind.CONTACT_STOPPED, Refusal.NEVER_STARTED),
        (-217, "", SendErrorKind.CONTACT_STOPPED, Refusal.BLOCKED),
        (-223, "Official Account has not authorized this API", SendErrorKind.MISCONFIGURED, None),
        (-223, "Your OA has reach the limit quota create article", SendErrorKind.REJECTED, None),
        (-227, "", SendErrorKind.CONTACT_STOPPED, Refusal.GONE),
        (-230, "", SendErrorKind.CONTACT_STOPPED, Refusal.SILENT),
        (-232, "", SendErrorKind.CONTACT_STOPPED, Refusal.SILENT),
        (-235, "", SendErrorKind.MISCONFIGURED, None),
        (-244, "", SendErrorKind.CONTACT_STOPPED, Refusal.BLOCKED),
        (-77777, "never heard of", SendErrorKind.REJECTED, None),
    ],
)
def test_what_a_number_decides(code: int, text: str, kind: SendErrorKind, refusal: Refusal | None) -> None:
    found = refusal_of(code, text, NOON)
    assert (found.kind, found.refusal, found.code) == (kind, refusal, str(code))


def test_of_a_parameter_its_name_is_kept_and_never_a_value() -> None:
    assert refusal_of(-201, "text is invalid!", NOON).detail == "text"
    assert refusal_of(-201, "Bà Lan 0912345678 is invalid!", NOON).detail == "parameter"


@pytest.mark.parametrize(("hour", "minute", "hours"), [(15, 0, 8), (16, 30, 6.5), (20, 59, 2 + 1 / 60), (23, 0, 24)])
def test_what_may_not_go_at_night_goes_at_six(hour: int, minute: int, hours: float) -> None:
    """By the clocks of Viet Nam, seven hours ahead; from six on the next night is not waited for before it comes."""
    found = refusal_of(-234, "", datetime(2026, 11, 21, hour, minute, tzinfo=UTC))
    assert found.kind is SendErrorKind.UNREACHABLE
    assert found.retry_after == pytest.approx(hours * 3600)


def test_what_templates_lack_stops_no_answers() -> None:
    for code in (-224, -235, -212):
        found = refusal_of(code, "", NOON, template=True)
        assert (found.kind, found.retry_after) == (SendErrorKind.UNREACHABLE, 3600)
        assert must_be_told(found, template=True)
        assert not must_be_told(found, template=False)


def test_what_an_operator_must_mend_is_said_in_words() -> None:
    words = wording("vi")
    shown = {code for code, meaning in MEANINGS.items() if meaning.kind is SendErrorKind.MISCONFIGURED}
    told = {code for code in shown if words.has(f"web.health.channel.refused.{code}")}
    assert shown - told == {-204, -205, -219, -240}, "for these the general sentence says enough"


@pytest.fixture
async def zalo(clock: FixedClock) -> AsyncIterator[FakeZalo]:
    """The strict server."""
    async with FakeZalo(clock=clock, hurry=100) as server:
        yield server


@pytest.fixture
async def desk(
    zalo: FakeZalo,
    knowledge: Knowledge,
    one_database: str,
    clock: FixedClock,
    chance: SeededChance,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[ZaloDesk]:
    """The product, running."""
    async with desk_on_zalo(
        zalo,
        knowledge=knowledge,
        database_url=one_database,
        data_dir=tmp_path_factory.mktemp("desk"),
        clock=clock,
        chance=chance,
        zalo_locality="dak-cam",
    ) as running:
        await zalo.until(lambda: zalo.calls_of("/v2.0/oa/getoa"))
        yield running


async def outcome(desk: ZaloDesk) -> tuple[object, object]:
    """State and error of the first message."""
    ((_, status, error), *_) = await rows(desk, deliveries.c.id, deliveries.c.status, deliveries.c.last_error)
    return status, error


async def tried(desk: ZaloDesk, *, calls: int = 1) -> None:
    """Until so many messages were asked for, and what became of them is written down."""
    await desk.zalo.until(lambda: len(desk.zalo.calls_of(CS)) >= calls)
    await TelegramDesk.until(lambda: written_down(desk))


async def written_down(desk: ZaloDesk) -> bool:
    """Whether nobody is sending the first message."""
    return (await outcome(desk))[0] != DeliveryStatus.LEASED


async def told(desk: ZaloDesk, code: str) -> None:
    """Until the health page says so."""

    async def says() -> bool:
        return desk.condition().code == code

    await TelegramDesk.until(says)


@pytest.mark.parametrize("code", [-235, -224, -221])
async def test_an_account_that_may_not_write_is_told_and_nothing_is_lost(
    desk: ZaloDesk, clock: FixedClock, code: int
) -> None:
    desk.zalo.oa.refuse(code)
    lan = desk.zalo.person()
    lan.says("menu")
    await tried(desk)
    assert desk.condition() == Condition(state=ChannelState.REFUSED, code=str(code))
    assert await outcome(desk) == (DeliveryStatus.QUEUED, f"misconfigured {code}: {MEANINGS[code].detail}")
    desk.zalo.oa.allow()
    clock.advance(seconds=61)
    desk.app.relay.work.wake()
    await desk.zalo.until(lambda: len(lan.shown) == 2)
    assert desk.condition() == Condition()


async def test_a_revoked_consent_is_told_and_what_waits_goes_after_signing_in(
    desk: ZaloDesk, clock: FixedClock
) -> None:
    clock.advance(seconds=3600)
    desk.zalo.oauth.revoke()
    lan = desk.zalo.person()
    lan.says("menu")
    await told(desk, "login")
    pair = desk.zalo.issue_tokens()
    await desk.gateway.tokens.sign_in(pair.access_token, pair.refresh_token, seconds=90_000)
    clock.advance(seconds=61)
    desk.app.relay.work.wake()
    await desk.zalo.until(lambda: len(lan.shown) == 2)
    assert desk.condition() == Condition()


async def test_a_refresh_token_that_another_process_used_is_told(desk: ZaloDesk, clock: FixedClock) -> None:
    clock.advance(seconds=3600)
    desk.zalo.issue_tokens()  # somebody else asked with ours
    lan = desk.zalo.person()
    lan.says("menu")
    await told(desk, "login")
    assert desk.condition().state is ChannelState.REFUSED
    await TelegramDesk.until(lambda: written_down(desk))
    assert (await outcome(desk))[0] == DeliveryStatus.QUEUED


@pytest.mark.parametrize("text", ["Your application reached limit call api", "Your OA reached limit call api"])
async def test_over_the_limit_all_wait_a_minute(desk: ZaloDesk, clock: FixedClock, text: str) -> None:
    desk.zalo.faults.add(faults.error(-32, text, path=CS))
    lan = desk.zalo.person()
    lan.says("menu")
    await tried(desk)
    assert desk.condition() == Condition(state=ChannelState.LIMITED, code="-32")
    clock.advance(seconds=61)
    desk.app.relay.work.wake()
    await desk.zalo.until(lambda: len(lan.shown) == 2)


@pytest.mark.parametrize(("code", "refusal"), [(-230, "silent"), (-232, "silent"), (-217, "blocked"), (-227, "gone")])
async def test_who_cannot_be_written_to_is_remembered_until_they_write(desk: ZaloDesk, code: int, refusal: str) -> None:
    desk.zalo.faults.add(faults.error(code, path=CS, times=2))
    lan = desk.zalo.person()
    lan.says("menu")
    # Who is silent is not tried again; who refuses us otherwise is, with what was said in the same breath.
    calls = 1 if refusal == "silent" else 2
    await desk.zalo.until(lambda: len(desk.zalo.calls_of(CS)) == calls)
    await desk.settled()
    assert await rows(desk, addresses.c.refusal) == [(refusal,)]
    assert desk.condition() == Condition()
    lan.says("menu")
    await desk.settled()
    assert await rows(desk, addresses.c.refusal) == [(None,)]
    assert lan.shown


@pytest.mark.parametrize("code", [-211, -321])
async def test_what_costs_money_waits_alone(desk: ZaloDesk, code: int) -> None:
    desk.zalo.faults.add(faults.error(code, path=CS, times=5))
    *five, hoa = [desk.zalo.person() for _ in range(6)]
    for one in five:
        one.says("menu")
    await tried(desk, calls=5)
    status, error = await outcome(desk)
    assert status == DeliveryStatus.RETRY
    assert str(error).startswith(f"unreachable {code}")
    assert desk.condition() == Condition(state=ChannelState.REFUSED, code=str(code))
    hoa.says("menu")
    await desk.zalo.until(lambda: len(hoa.shown) == 2)


async def test_an_answer_that_is_lost_is_a_doubt_and_what_never_left_is_none(desk: ZaloDesk) -> None:
    gateway, lan = desk.gateway, desk.zalo.person()
    lan.interacts()
    urn, message = URN(account=ACCOUNT, path=lan.id), OutboundMessage(text="Chào")
    for fault in (faults.cut(accepted=True, path=CS), faults.html_502(path=CS), faults.garbled(path=CS)):
        desk.zalo.faults.add(fault)
        with pytest.raises(SendError) as doubt:
            await gateway.channel.send(urn, 1, message)
        assert doubt.value.kind is SendErrorKind.IN_DOUBT
    gateway.api._wire._base = "http://127.0.0.1:9"  # nobody listens there
    with pytest.raises(SendError) as away:
        await gateway.channel.send(urn, 1, message)
    assert away.value.kind is SendErrorKind.UNREACHABLE


async def test_an_upload_whose_answer_is_lost_leaves_no_doubt(desk: ZaloDesk) -> None:
    """It is done again: nobody has seen anything."""
    path = "/v2.0/oa/upload/image"
    desk.zalo.faults.add(faults.cut(accepted=True, path=path))
    with pytest.raises(SendError) as lost:
        await desk.gateway.api.upload("image", "a.png", "image/png", b"\x89PNG\r\n\x1a\n", desk.gateway.channel.sending)
    assert lost.value.kind is SendErrorKind.UNREACHABLE


async def test_no_error_holds_a_secret_or_an_address(desk: ZaloDesk) -> None:
    lan = desk.zalo.person()
    said = []
    for code in (*MEANINGS, *TEMPLATES):
        desk.zalo.faults.add(faults.error(code, f"user {lan.id} {lan.name}", path=CS))
        with pytest.raises(SendError) as refused:
            await forgetful(desk.gateway).channel.send(
                URN(account=ACCOUNT, path=lan.id), 1, OutboundMessage(text="Chào")
            )
        said.append(f"{refused.value!r} {refused.value}")
        desk.zalo.faults.clear()
    secrets = [lan.id, lan.name, desk.zalo.app_secret, *(pair.access_token for pair in desk.zalo.oauth.pairs)]
    assert not [one for one in said for secret in secrets if secret in one]
    assert not re.search(r"\d{15}", " ".join(said))


def forgetful(gateway: ZaloGateway) -> ZaloGateway:
    """Without the silence that an earlier refusal asked for."""
    gateway.api._silent = None
    return gateway


async def test_the_proof_goes_along_where_the_app_asks_for_it(
    zalo: FakeZalo, knowledge: Knowledge, one_database: str, clock: FixedClock, tmp_path_factory: pytest.TempPathFactory
) -> None:
    zalo.state.proof_needed = True
    folder = tmp_path_factory.mktemp("proof")
    async with desk_on_zalo(
        zalo, knowledge=knowledge, database_url=one_database, data_dir=folder, clock=clock, zalo_appsecret_proof=True
    ) as desk:
        assert await desk.gateway._look() is not None
    async with desk_on_zalo(zalo, knowledge=knowledge, database_url=one_database, data_dir=folder, clock=clock) as desk:
        assert await desk.gateway._look() is None
        assert desk.condition() == Condition(state=ChannelState.REFUSED, code="-242")


async def test_without_the_key_of_its_posts_the_channel_says_so(
    zalo: FakeZalo, knowledge: Knowledge, one_database: str, tmp_path: Path, clock: FixedClock
) -> None:
    async with desk_on_zalo(
        zalo, knowledge=knowledge, database_url=one_database, data_dir=tmp_path, clock=clock, zalo_oa_secret_key=""
    ) as desk:
        assert await desk.gateway._look() is not None
        assert desk.condition() == Condition(state=ChannelState.REFUSED, code="no_key")


async def test_a_template_that_is_refused_pauses_nothing(desk: ZaloDesk) -> None:
    lan = desk.zalo.person()
    lan.interacts()
    desk.zalo.oa.refuse(-224, path="/v3.0/oa/message/template")
    message = OutboundMessage(text="", template=Template("203972", {"ten": "Lan"}))
    with pytest.raises(SendError) as refused:
        await desk.gateway.channel.send(URN(account=ACCOUNT, path=lan.id), 1, message)
    assert refused.value.kind is SendErrorKind.UNREACHABLE
    assert desk.condition() == Condition(state=ChannelState.REFUSED, code="-224")


def test_an_answer_that_says_when_is_no_silence(clock: FixedClock) -> None:
    watch = Watch(clock)
    for _ in range(DOWN_AFTER):
        watch.failed(refusal_of(-211, "", NOON))
    assert watch.condition() == Condition()
