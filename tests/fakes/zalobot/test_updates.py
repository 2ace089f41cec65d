"""The tests' own Bot Platform: what people send reaches a bot that asks, or its address, in every known shape."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.support.clock import FixedClock
from tests.support.zalobot.asking import Asker, Listener, listening
from tests.support.zalobot.server import FakeZaloBot

SECRET = "an-8-to-256-char-secret"


@pytest.fixture
async def hook(ask: Asker) -> AsyncIterator[Listener]:
    """A bot that is posted to."""
    async with listening() as listener:
        told = await ask("setWebhook", url=listener.url, secret_token=SECRET)
        assert told.body["result"]["verification"] == {"ok": True, "hint": ""}
        yield listener


# --- asked for ---


async def test_an_answer_holds_one_update_as_documented(zalo: FakeZaloBot, ask: Asker, clock: FixedClock) -> None:
    zalo.switches.message_type = "absent"
    asked = asyncio.create_task(ask("getUpdates", timeout="30"))
    await zalo.until(lambda: zalo.listening)
    lan = zalo.person("Nguyễn Văn A")
    sent = lan.says("Xin chào")
    told = (await asked).body
    assert told == {
        "ok": True,
        "result": {
            "event_name": "message.text.received",
            "message": {
                "from": {"id": lan.id, "display_name": "Nguyễn Văn A", "is_bot": False},
                "chat": {"id": lan.id, "chat_type": "PRIVATE"},
                "text": "Xin chào",
                "message_id": sent["message"]["message_id"],
                "date": int(clock.now().timestamp() * 1000),
            },
        },
    }
    assert 16 <= len(lan.id) <= 20


@pytest.mark.parametrize("seconds", ["1", 1])
async def test_an_empty_poll_is_an_error_of_its_own(ask: Asker, seconds: Any) -> None:
    told = await ask("getUpdates", timeout=seconds)
    assert told.status == 200 and told.body == {"ok": False, "description": "Request timeout", "error_code": 408}


async def test_what_was_handed_out_is_gone_and_the_next_comes_next(zalo: FakeZaloBot, ask: Asker) -> None:
    await ask("getUpdates", timeout="0")
    lan = zalo.person()
    for text in ("một", "hai"):
        lan.says(text)
    texts = [(await ask("getUpdates")).body["result"]["message"]["text"] for _ in range(2)]
    assert texts == ["một", "hai"]
    assert (await ask("getUpdates", timeout="0")).body["error_code"] == 408


async def test_what_is_said_while_nobody_asks_is_lost_unless_it_is_kept(zalo: FakeZaloBot, ask: Asker) -> None:
    lan = zalo.person()
    lan.says("a")
    assert len(zalo.lost) == 1 and (await ask("getUpdates", timeout="0")).body["error_code"] == 408
    zalo.switches.lapse = 0
    lan.says("b")
    assert len(zalo.lost) == 2
    zalo.switches.unheard = "queued"
    lan.says("c")
    assert (await ask("getUpdates", timeout="0")).body["result"]["message"]["text"] == "c"


@pytest.mark.parametrize(("switch", "code"), [("conflict", 409), ("silence", 408)])
async def test_with_a_webhook_nobody_who_asks_is_told(
    zalo: FakeZaloBot, ask: Asker, hook: Listener, switch: str, code: int
) -> None:
    zalo.switches.polled_with_webhook = switch  # type: ignore[assignment]
    assert (await ask("getUpdates", timeout="1")).body["error_code"] == code
    told = await ask("deleteWebhook")
    assert told.body["result"]["url"] == "" and told.body["result"]["updated_at"] > 10**12
    assert (await ask("getUpdates", timeout="1")).body["error_code"] == 408


# --- posted ---


async def test_a_post_says_the_secret_in_a_header(zalo: FakeZaloBot, hook: Listener) -> None:
    zalo.person().says("Xin chào")
    await hook.hears(2)
    assert hook.bodies[0] == b"" and hook.secrets == [None, SECRET], "first a look with an empty body"


@pytest.mark.parametrize(("shape", "keys"), [("wrapped", {"ok", "result"}), ("flat", {"event_name", "message"})])
async def test_both_shapes_of_a_body(zalo: FakeZaloBot, hook: Listener, shape: str, keys: set[str]) -> None:
    zalo.switches.shape = shape  # type: ignore[assignment]
    zalo.person().says("Xin chào")
    (body,) = await hook.hears(2)
    assert body.keys() == keys
    message = (body["result"] if shape == "wrapped" else body)["message"]
    assert message.keys() == {"from", "chat", "text", "message_id", "date", "message_type"}


async def test_every_kind_that_is_known(zalo: FakeZaloBot, hook: Listener) -> None:
    zalo.switches.shape = "flat"
    zalo.switches.photo_field = "photo_url"
    lan = zalo.person()
    lan.sends_photo(b"a picture", "Giấy này đúng không?")
    zalo.switches.photo_field = "photo"
    lan.sends_photo(b"a picture")
    lan.sends_voice(b"a voice")
    lan.sends_sticker()
    lan.sends_unsupported()
    lan.sends_unsupported(with_message=False)
    lan.sends("link")
    lan.sends("reaction")
    by_kind: dict[str, list[Any]] = {}
    for body in await hook.hears(9):
        by_kind.setdefault(body["event_name"].split(".")[1], []).append(body.get("message"))
    assert sorted(by_kind) == ["image", "link", "reaction", "sticker", "unsupported", "voice"]
    fields = {name for message in by_kind["image"] for name in message} & {"photo", "photo_url", "caption"}
    assert fields == {"photo", "photo_url", "caption"}
    assert by_kind["voice"][0]["voice_url"].endswith(".aac") and by_kind["sticker"][0].keys() >= {"sticker", "url"}
    assert None in by_kind["unsupported"] and len(by_kind["unsupported"]) == 2


async def test_in_a_group_only_who_names_the_bot_is_heard(zalo: FakeZaloBot, hook: Listener) -> None:
    zalo.switches.shape = "flat"
    lan, group = zalo.person(), zalo.group()
    lan.speaks_in(group, "nói riêng", mentions=False)
    lan.speaks_in(group, "chào")
    (body,) = await hook.hears(2)
    assert body["message"]["chat"] == {"id": group.id, "chat_type": "GROUP"}
    assert body["message"]["text"].startswith("@") and "mentions" not in body["message"]


async def test_a_post_that_is_not_taken_is_tried_three_times(zalo: FakeZaloBot, hook: Listener) -> None:
    hook.statuses = [500, 404]
    zalo.person().says("a")
    await hook.hears(4)
    await zalo.quiet()
    assert len(hook.bodies) == 4 and zalo.lost == []
    hook.statuses = [500, 500, 500]
    zalo.person().says("b")
    await zalo.until(lambda: len(zalo.lost) == 1)


async def test_repeated_and_backwards(zalo: FakeZaloBot, hook: Listener) -> None:
    zalo.switches.shape = "flat"
    lan = zalo.person()
    zalo.hold()
    first = lan.says("một")
    lan.says("hai")
    assert len(hook.bodies) == 1
    zalo.let_go(backwards=True)
    await hook.hears(3)
    zalo.repeat(first)
    texts = [body["message"]["text"] for body in await hook.hears(4)]
    assert texts == ["hai", "một", "một"]


async def test_anybody_can_post_anything(zalo: FakeZaloBot, hook: Listener) -> None:
    assert (await zalo.post(b"\xff", **{"X-Bot-Api-Secret-Token": "wrong"}))[0] == 200
    assert hook.bodies[-1] == b"\xff" and hook.secrets[-1] == "wrong"


@pytest.mark.parametrize(
    ("url", "secret", "taken"),
    [
        ("https://bot.example.gov.vn/zalo/hook", "1234567", False),
        ("https://bot.example.gov.vn/zalo/hook", "x" * 257, False),
        ("http://bot.example.gov.vn/zalo/hook", SECRET, False),
        ("https://localhost/hook", SECRET, False),
        ("https://192.168.1.5/hook", SECRET, False),
        ("hook", SECRET, False),
    ],
)
async def test_only_public_addresses_and_long_secrets(
    zalo: FakeZaloBot, ask: Asker, url: str, secret: str, taken: bool
) -> None:
    zalo.switches.allow_http = False
    told = await ask("setWebhook", url=url, secret_token=secret)
    assert told.body["ok"] is taken and told.body["error_code"] == 400


async def test_an_address_that_is_not_found_is_kept_all_the_same(zalo: FakeZaloBot, ask: Asker) -> None:
    async with listening() as listener:
        listener.statuses = [401]
        told = await ask("setWebhook", url=listener.url, secret_token=SECRET)
        assert told.body["ok"] and told.body["result"]["verification"]["ok"] is False
        assert told.body["result"]["verification"]["hint"]
        assert (await ask("getWebhookInfo")).body["result"]["url"] == listener.url
        zalo.switches.verification = "absent"
        assert "verification" not in (await ask("setWebhook", url=listener.url, secret_token=SECRET)).body["result"]
        zalo.switches.probe_with_secret = True
        await ask("setWebhook", url=listener.url, secret_token=SECRET)
        assert listener.secrets[-1] == SECRET and listener.bodies[-1] == b""


async def test_where_no_webhook_is_set(zalo: FakeZaloBot, ask: Asker) -> None:
    assert (await ask("getWebhookInfo")).body["result"]["url"] == ""
    zalo.switches.no_webhook = "404"
    assert (await ask("getWebhookInfo")).body["error_code"] == 404
