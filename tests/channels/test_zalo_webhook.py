"""What is posted to us: believed only where Zalo signed it, kept before Zalo hears that it arrived, never a fault."""

import hashlib
import hmac
import json
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.channels.watch import Watch
from bot.channels.zalo.account import Account
from bot.channels.zalo.findings import Findings
from bot.channels.zalo.signature import HEADER, mac_of
from bot.channels.zalo.webhook import Webhook
from core.errors import StorageError
from core.held import HELD_SINCE
from core.ports import ChannelState, Condition
from core.records import NewUpdate
from tests.support.clock import FixedClock

# The vector of the reference (13.3).
APP, KEY, STAMP, OA = "3600000000000000001", "OAsecretKEY-for-tests", "1700000000000", "388613280878808645"
BODY = (
    '{"app_id":"3600000000000000001","sender":{"id":"246845883529197922"},"user_id_by_app":"552177279717587730",'
    '"recipient":{"id":"388613280878808645"},"event_name":"user_send_text","message":{"text":"Xin chào, thủ tục cấp '
    'CCCD?","msg_id":"96d3cdf3af150460909"},"timestamp":"1700000000000"}'
).encode()
MAC = "518ff578ca3abee593921b82f0420d3e3d304afffc722d75d7701f576525e0c0"
NOT_HMAC = "2ddabe90567a8f504bba7f6ff21fcf9eec1c99808539b8d5768326a120919212"
NOT_WRITTEN_AGAIN = "02d9c24a38e8c297d02903ee1d22120f8ab95dc2983ff5f4056f025e38c50f9a"
WHEN = datetime.fromtimestamp(1_700_000_000, UTC)


class Receipts:
    """Notes what arrived."""

    def __init__(self) -> None:
        self.said: list[tuple[str, tuple[str, ...]]] = []

    async def arrived(self, person: str, messages: tuple[str, ...]) -> None:
        """These were shown."""
        self.said.append((person, messages))


class Door:
    """A hook and what came through it."""

    def __init__(self, folder: Path, *, key: str = KEY, secret: str = "app-secret-for-tests") -> None:
        self.clock, self.kept, self.faults = FixedClock(WHEN), list[NewUpdate](), list[BaseException]()
        self.receipts, self.watch, self.folder = Receipts(), Watch(self.clock), folder
        self.findings = Findings(folder / "zalo.main.json")
        self.full = False
        account = Account(app_id=APP, app_secret=SecretStr(secret), oa_id=OA, oa_secret_key=SecretStr(key))
        self.hook = Webhook(
            account,
            receive=self._receive,
            receipts=self.receipts,  # type: ignore[arg-type]
            findings=self.findings,
            watch=self.watch,
            clock=self.clock,
            on_fault=lambda where, error: self.faults.append(error),
        )

    def at(self, moment: datetime) -> None:
        """It is that time now."""
        self.clock.advance(seconds=(moment - self.clock.now()).total_seconds())

    async def _receive(self, updates: Sequence[NewUpdate]) -> None:
        if self.full:
            raise StorageError("the disk is full")
        self.kept += updates

    async def post(self, body: bytes = BODY, header: str = f"mac={MAC}") -> int:
        """Post it as the page does; gives the status."""
        headers = {HEADER: header}
        return (await self.hook.post(body, headers))[0] if self.hook.knows(headers) else 401

    async def signed(self, event: Mapping[str, Any] | bytes, stamp: str = STAMP) -> int:
        """Post an event that is signed well, whatever it is."""
        body = event if isinstance(event, bytes) else json.dumps({"app_id": APP, "timestamp": stamp, **event}).encode()
        return await self.post(body, f"mac={mac_of(APP, body, stamp, KEY)}")


@pytest.fixture
def door(tmp_path: Path) -> Door:
    """A hook at the moment of the vector."""
    return Door(tmp_path)


def test_the_vector_is_what_the_reference_says() -> None:
    assert len(BODY) == 292
    assert mac_of(APP, BODY, STAMP, KEY) == MAC
    assert hmac.new(KEY.encode(), BODY, hashlib.sha256).hexdigest() == NOT_HMAC
    again = json.dumps(json.loads(BODY)).encode()
    assert mac_of(APP, again, STAMP, KEY) == NOT_WRITTEN_AGAIN


@pytest.mark.parametrize("header", [f"mac={MAC}", MAC])
async def test_the_vector_is_believed_with_its_beginning_or_without(door: Door, header: str) -> None:
    assert await door.post(header=header) == 200
    (kept,) = door.kept
    assert (kept.account, kept.path) == ("zalo.main", "246845883529197922")
    assert kept.raw == json.loads(BODY)
    assert door.watch.condition() == Condition()


@pytest.mark.parametrize("mac", [NOT_HMAC, NOT_WRITTEN_AGAIN])
async def test_what_the_reference_says_must_not_match_does_not(door: Door, mac: str) -> None:
    assert await door.post(header=f"mac={mac}") == 401


def _bit(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data) * 8)
    return data[: at // 8] + bytes([data[at // 8] ^ (1 << at % 8)]) + data[at // 8 + 1 :]


def _shuffled(chance: random.Random) -> bytes:
    items = list(json.loads(BODY).items())
    chance.shuffle(items)
    separators = chance.choice([(", ", ": "), (",", ":"), (" ,", ":")])
    made = json.dumps(dict(items), ensure_ascii=chance.random() < 0.5, separators=separators).encode()
    return made if made != BODY else BODY + b" "


def _other(chance: random.Random) -> str:
    return "".join(chance.choices("0123456789abcdefABCDEF", k=chance.randrange(1, 40)))


def _stamped(chance: random.Random) -> bytes:
    return BODY.replace(STAMP.encode(), str(int(STAMP) + chance.choice([-1, 1]) * chance.randrange(1, 10**6)).encode())


ODDLY = ["", "mac=", f"mac=mac={MAC}", f"MAC={MAC}", MAC.upper(), f"mac={MAC.upper()}"]
FORGERIES: list[Callable[[random.Random], tuple[bytes, str]]] = [
    lambda chance: (_bit(chance, BODY), f"mac={MAC}"),
    lambda chance: (BODY, f"mac={_bit(chance, MAC.encode()).decode('latin-1')}"),
    lambda chance: (_shuffled(chance), f"mac={MAC}"),
    lambda chance: (BODY, f"mac={hmac.new(_other(chance).encode(), BODY, hashlib.sha256).hexdigest()}"),
    lambda chance: (BODY, f"mac={hmac.new(KEY.encode(), BODY + _other(chance).encode(), hashlib.sha256).hexdigest()}"),
    lambda chance: (BODY, f"mac={mac_of(APP, BODY, STAMP, _other(chance))}"),
    lambda chance: (BODY, f"mac={mac_of(_other(chance), BODY, STAMP, KEY)}"),
    lambda chance: (BODY, f"mac={mac_of(APP, BODY, _other(chance), KEY)}"),
    lambda chance: (_stamped(chance), f"mac={MAC}"),
    lambda chance: (BODY, f"mac={MAC}{_other(chance)}"),
    lambda chance: (BODY, f"{_other(chance)}{MAC}"),
    lambda chance: (BODY, f"mac={MAC[: chance.randrange(64)]}"),
    lambda chance: (BODY + _other(chance).encode(), f"mac={MAC}"),
    lambda chance: (BODY[: chance.randrange(len(BODY))], f"mac={MAC}"),
    lambda chance: (
        BODY,
        chance.choice(ODDLY),
    ),
    lambda chance: (BODY.replace(APP.encode(), str(chance.randrange(10**18)).encode()), f"mac={MAC}"),
]


async def test_ten_thousand_forgeries_are_refused(door: Door) -> None:
    chance = random.Random(13)
    for number in range(10_000):
        body, header = FORGERIES[number % len(FORGERIES)](chance)
        assert await door.post(body, header) in (400, 401), (number, body, header)
    assert door.kept == []
    assert door.faults == []
    assert door.watch.condition() == Condition(), "anybody can post: it is no trouble of the channel"
    assert await door.post() == 200


async def test_another_app_is_refused_though_it_signs_well(door: Door) -> None:
    """Its number is compared with ours before: who posts could choose another."""
    body = BODY.replace(APP.encode(), b"3600000000000000002")
    assert await door.post(body, f"mac={mac_of('3600000000000000002', body, STAMP, KEY)}") == 401


async def test_without_a_key_nobody_is_believed(tmp_path: Path) -> None:
    door = Door(tmp_path, key="")
    assert await door.post(header=f"mac={mac_of(APP, BODY, STAMP, '')}") == 401
    assert door.kept == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        BODY[:-1],
        b"null",
        b"[]",
        b'"text"',
        b"\xff\xfe\x00",
        BODY.replace("à".encode(), b"\xe0"),
        b'{"app_id":' + b"[" * 100_000,
        b'{"timestamp":' + b"9" * 10_000 + b"}",
        b"{" + b" " * 1_200_000 + b"}",
    ],
)
async def test_what_is_no_event_is_refused_without_a_fault(door: Door, body: bytes) -> None:
    assert await door.signed(body) in (400, 401, 413)
    assert door.kept == []


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8) | st.just(OA),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "msg_id", "x"]), inner),
    max_leaves=5,
)
NAMES = st.sampled_from(
    [
        "follow",
        "unfollow",
        "user_withdraw",
        "user_send_text",
        "user_send_image",
        "user_received_message",
        "user_seen_message",
        "oa_send_x",
    ]
)


@given(
    st.fixed_dictionaries(
        {"event_name": NAMES | ODD},
        optional=dict.fromkeys(
            ("sender", "recipient", "message", "follower", "oa_id", "user_id", "info", "attachments"), ODD
        ),
    )
)
async def test_nothing_that_is_signed_is_a_fault(tmp_path_factory: pytest.TempPathFactory, event: Any) -> None:
    door = Door(tmp_path_factory.mktemp("odd"))
    assert await door.signed(event) == 200
    assert door.faults == []


async def test_what_comes_within_two_hours_is_taken_as_zalo_repeats_it(door: Door) -> None:
    for late in (30, 5 * 60, 15 * 60, 30 * 60, 3600, 2 * 3600):
        door.at(WHEN + timedelta(seconds=late))
        assert await door.post() == 200
    assert len({one.external_id for one in door.kept}) == 1, "by which it is known to be the same"


@pytest.mark.parametrize("late", [timedelta(hours=2, seconds=1), -timedelta(minutes=5, seconds=1)])
async def test_a_post_that_is_not_of_now_is_refused_and_told(door: Door, late: timedelta) -> None:
    door.at(WHEN + late)
    assert await door.post() == 403
    assert door.kept == []
    assert door.watch.condition() == Condition(state=ChannelState.REFUSED, code="clock")
    door.at(WHEN)
    assert await door.post() == 200
    assert door.watch.condition() == Condition()


async def test_what_another_house_kept_for_us_counts_from_when_it_came_there(door: Door) -> None:
    door.at(WHEN + timedelta(days=1))
    for hours, expected in ((1, 200), (3, 403)):
        since = str(round((WHEN + timedelta(hours=hours)).timestamp() * 1000))
        assert (await door.hook.post(BODY, {HEADER: MAC, HELD_SINCE: since}))[0] == expected
    assert (await door.hook.post(BODY, {HEADER: MAC}))[0] == 403, "it came directly, a day late"
    assert len(door.kept) == 1


async def test_what_cannot_be_stored_is_not_acknowledged(door: Door) -> None:
    door.full = True
    with pytest.raises(StorageError):
        await door.post()
    door.full = False
    assert await door.post() == 200


@pytest.mark.parametrize(
    ("first", "key", "which"),
    [
        (APP, "app-secret-for-tests", "app_id+app_secret"),
        (OA, KEY, "oa_id+oa_secret_key"),
        (OA, "app-secret-for-tests", "oa_id+app_secret"),
    ],
)
async def test_which_secret_zalo_uses_is_told_and_never_lets_in(door: Door, first: str, key: str, which: str) -> None:
    assert await door.post(header=f"mac={mac_of(first, BODY, STAMP, key)}") == 401
    assert door.kept == []
    assert door.findings.read()["refused"] == {"at": WHEN.isoformat(), "key": which}
    assert door.watch.condition() == Condition(state=ChannelState.REFUSED, code="key")
    assert KEY not in door.findings._path.read_text() and "246845883529197922" not in door.findings._path.read_text()


async def test_the_consoles_test_and_other_accounts_are_taken_and_not_kept(door: Door) -> None:
    strange = {"event_name": "user_send_text", "sender": {"id": "1"}, "recipient": {"id": "579745863508352885"}}
    message = {"text": "This is testing message", "msg_id": "This is message id"}
    assert await door.signed({**strange, "message": message}) == 200
    assert await door.signed({"event_name": "follow", "oa_id": "1", "follower": {"id": "2"}}) == 200
    assert door.kept == []
    assert door.hook.ignored == {"user_send_text": 1, "follow": 1}


@pytest.mark.parametrize(
    "name",
    ["oa_send_text", "oa_send_image", "user_reacted_message", "user_click_button", "change_oa_daily_quota", "x" * 99],
)
async def test_what_nobody_answers_is_taken_and_counted(door: Door, name: str) -> None:
    ours, theirs = ({"id": OA}, {"id": "246845883529197922"})
    sender, recipient = (ours, theirs) if name.startswith("oa_") else (theirs, ours)
    event = {"event_name": name, "sender": sender, "recipient": recipient, "message": {"msg_id": "1"}}
    assert await door.signed(event) == 200
    assert door.kept == []
    assert door.hook.ignored == {name[:60]: 1}


async def test_receipts_come_in_two_forms(door: Door) -> None:
    event = {"sender": {"id": OA}, "recipient": {"id": "246845883529197922"}}
    assert await door.signed({**event, "event_name": "user_received_message", "message": {"msg_id": "a"}}) == 200
    assert await door.signed({**event, "event_name": "user_seen_message", "message": {"msg_ids": ["a", "b"]}}) == 200
    assert door.receipts.said == [("246845883529197922", ("a",)), ("246845883529197922", ("a", "b"))]
    assert door.kept == []
