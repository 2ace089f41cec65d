"""The fake Official Account gives, rotates and refuses tokens as the reference says."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from tests.support.clock import FixedClock
from tests.support.zalo import faults
from tests.support.zalo.asking import TOKENS, Asker, Reply
from tests.support.zalo.oauth import challenge_of
from tests.support.zalo.server import FakeZalo
from tests.support.zalo.signature import proof

VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
HOME = "https://chungtay.example.vn/zalo"


@pytest.fixture
async def zalo(clock: FixedClock) -> AsyncIterator[FakeZalo]:
    async with FakeZalo(clock=clock) as zalo:
        yield zalo


async def consent(ask: Asker, **more: str) -> Reply:
    link = {"app_id": ask.zalo.app_id, "redirect_uri": HOME, "code_challenge": CHALLENGE, "state": "s1"}
    return await ask.get("/v4/oa/permission", **(link | more))


async def code_of(ask: Asker) -> str:
    return parse_qs(urlsplit((await consent(ask)).body["location"]).query)["code"][0]


async def exchange(ask: Asker, code: str, verifier: str = VERIFIER) -> Reply:
    fields = {"app_id": ask.zalo.app_id, "grant_type": "authorization_code", "code": code, "code_verifier": verifier}
    return await ask.form(TOKENS, fields, secret_key=ask.zalo.app_secret)


def test_the_challenge_of_the_reference() -> None:
    assert challenge_of(VERIFIER) == CHALLENGE


def test_the_proof_of_the_reference() -> None:
    known = "7196be12396e82d498574863aab45f32c0f0c84c6d6d4038d19a0d78120bdf44"
    assert proof("app-secret-for-tests", "access-token-for-tests") == known


async def test_consent_leads_back_with_a_code_and_the_oa(zalo: FakeZalo, ask: Asker) -> None:
    reply = await consent(ask)
    back = urlsplit(reply.body["location"])
    assert reply.status == 302 and reply.body["location"].startswith(f"{HOME}?")
    given = parse_qs(back.query)
    assert set(given) == {"code", "oa_id", "state"} and given["oa_id"] == [zalo.oa_id] and given["state"] == ["s1"]
    pair = (await exchange(ask, given["code"][0])).body
    assert set(pair) == {"access_token", "refresh_token", "expires_in"} and pair["expires_in"] == "90000"
    assert (await ask.get("/v2.0/oa/getoa")).data["oaid"] == zalo.oa_id
    assert not zalo.ignored


async def test_a_link_that_is_wrong(zalo: FakeZalo, ask: Asker) -> None:
    zalo.oauth.redirect_uris = {HOME}
    assert (await consent(ask, redirect_uri="https://other.example.vn")).body["error"] == -14003
    assert (await consent(ask, app_id="1")).body["error"] == -14002
    assert (await consent(ask, scope="all")).status == 302
    assert zalo.ignored == [("/v4/oa/permission", "scope")]
    zalo.oauth.fixed_challenge = challenge_of("another")
    assert (await consent(ask)).status == 200
    zalo.oauth.active = False
    assert (await consent(ask)).body["error_reason"] == "App is not active but user is not admin"


async def test_a_code_works_once_for_ten_minutes_and_with_its_verifier(ask: Asker, clock: FixedClock) -> None:
    code = await code_of(ask)
    assert "access_token" in (await exchange(ask, code)).body
    again = await exchange(ask, code)
    assert again.status == 200 and "access_token" not in again.body and again.body["error_name"]
    code = await code_of(ask)
    assert (await exchange(ask, code, "wrong")).body["error_name"] == "Invalid code verifier"
    code = await code_of(ask)
    clock.advance(seconds=601)
    assert "access_token" not in (await exchange(ask, code)).body


async def test_forms_only_and_the_secret_in_a_header(zalo: FakeZalo, ask: Asker) -> None:
    fields = {"app_id": zalo.app_id, "grant_type": "refresh_token", "refresh_token": zalo.issue_tokens().refresh_token}
    as_json = await ask.post(TOKENS, fields, headers={"secret_key": zalo.app_secret})
    without = await ask.form(TOKENS, fields)
    inside = await ask.form(TOKENS, fields | {"secret_key": zalo.app_secret})
    for reply in (as_json, without, inside):
        assert reply.status == 200 and "access_token" not in reply.body and reply.body["error_name"]
    assert "access_token" in (await ask.form(TOKENS, fields, secret_key=zalo.app_secret)).body


async def test_refreshing_rotates_and_burns(zalo: FakeZalo, ask: Asker) -> None:
    first = zalo.issue_tokens()
    second = (await ask.refresh(first.refresh_token)).body
    assert second["refresh_token"] != first.refresh_token
    used = await ask.refresh(first.refresh_token)
    assert used.status == 200 and set(used.body) == {
        "error",
        "error_name",
        "error_reason",
        "error_description",
        "ref_doc",
    }
    assert used.body["error"] == -14020
    zalo.oauth.numbered = False
    assert "error" not in (await ask.refresh(first.refresh_token)).body
    zalo.oauth.numbered = True
    assert (await ask.refresh("RT-nobody's")).body["error"] == -14014
    old = await ask.post("/v3.0/oa/message/cs", {}, headers={"access_token": first.access_token})
    assert old.refusal == (-216, "Access token is invalid")
    assert "access_token" in (await ask.refresh(second["refresh_token"])).body


async def test_of_two_that_refresh_at_once_one_wins(zalo: FakeZalo, ask: Asker) -> None:
    pair = zalo.issue_tokens()
    replies = await asyncio.gather(ask.refresh(pair.refresh_token), ask.refresh(pair.refresh_token))
    assert sorted(reply.body.get("error", 0) for reply in replies) == [-14020, 0]


async def test_twenty_five_hours_and_three_months(zalo: FakeZalo, ask: Asker, clock: FixedClock) -> None:
    pair = zalo.issue_tokens()
    clock.advance(seconds=25 * 3600 - 1)
    assert (await ask.get("/v2.0/oa/getoa")).data
    clock.advance(seconds=1)
    assert (await ask.get("/v2.0/oa/getoa")).refusal == (-220, "access_token is expired or removed")
    zalo.oauth.expired_code = -216
    assert (await ask.get("/v2.0/oa/getoa")).code == -216
    clock.advance(days=88)
    pair_2 = (await ask.refresh(pair.refresh_token)).body
    clock.advance(days=90)
    assert (await ask.refresh(pair_2["refresh_token"])).body["error"] == -14020


async def test_an_answer_that_is_lost_has_burnt_the_token(zalo: FakeZalo, ask: Asker) -> None:
    pair = zalo.issue_tokens()
    zalo.lose_token_answer()
    with pytest.raises(aiohttp.ClientError):
        await ask.refresh(pair.refresh_token)
    assert len(zalo.oauth.pairs) == 2
    assert (await ask.refresh(pair.refresh_token)).body["error"] == -14020


async def test_an_answer_that_hangs_has_burnt_the_token_too(zalo: FakeZalo, ask: Asker) -> None:
    """So a test can end the adapter between the rotation and the answer."""
    pair = zalo.issue_tokens()
    hanging = zalo.faults.add(faults.hang(accepted=True, path=TOKENS))
    task = asyncio.ensure_future(ask.refresh(pair.refresh_token))
    await zalo.until(lambda: len(zalo.oauth.pairs) == 2)
    assert (await ask.refresh(pair.refresh_token)).body["error"] == -14020 and not task.done()
    hanging.release()
    assert (await task).body["refresh_token"] == zalo.oauth.pairs[1].refresh_token


async def test_a_consent_taken_back(zalo: FakeZalo, ask: Asker) -> None:
    pair = zalo.issue_tokens()
    zalo.oauth.expire_access()
    used = {"access_token": pair.access_token}
    assert (await ask.post("/v3.0/oa/message/cs", {}, headers=used)).code == -216
    zalo.oauth.revoke()
    assert (await ask.refresh(pair.refresh_token)).body["error"] == -14020


async def test_the_token_stands_in_a_header_of_its_own(zalo: FakeZalo, ask: Asker) -> None:
    token = zalo.issue_tokens().access_token
    bearer = {"Authorization": f"Bearer {token}"}
    assert (await ask.post("/v3.0/oa/message/cs", {}, headers=bearer)).code == -216
    assert (await ask.post("/message/template", {}, headers=bearer)).code == -124
    zalo.state.proof_needed = True
    assert (await ask.post("/v3.0/oa/message/cs", {})).code == -242
    assert (await ask.post("/message/template", {})).code == -1241
    proven = {"access_token": token, "appsecret_proof": proof(zalo.app_secret, token)}
    assert (await ask.post("/v3.0/oa/message/cs", {}, headers=proven)).refusal == (-201, "recipient is invalid!")
