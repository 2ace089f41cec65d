"""What reaches the app's address besides good events: the console's test, forgeries, anything at all."""

from typing import Any

from tests.support.zalo.events import Body
from tests.support.zalo.signature import mac
from tests.support.zalo.state import State
from tests.support.zalo.webhook import SIGNATURE, Event

FORGERIES = ("wrong key", "no signature", "empty signature", "other app", "cut signature", "other body", "bare")


class Forging:
    """Verbs for whoever has `state`. Those that post at once give the status of the answer."""

    state: State

    async def console_test(self) -> int:
        """The console's test button: signed well, with ids of nobody. Anything but 200 refuses the address."""
        state = self.state
        body = state.bodies.message(
            "user_send_text",
            ("579745863508352884", "552177279717587730"),
            {"text": "This is testing message", "msg_id": "This is message id"},
            state.stamp(),
        ) | {"recipient": {"id": "579745863508352885"}}
        return await state.webhook.post(*state.webhook.sign(body))

    async def forged(self, how: str, body: Body | None = None) -> int:
        """An event with a bad signature, one of FORGERIES; "bare" is good, but without the prefix."""
        webhook = self.state.webhook
        good = body or self._text("Tôi là kẻ giả")
        if how == "other app":
            strange = good | {"app_id": "3600000000000000002"}
            return await webhook.post(*webhook.sign(strange, app_id="3600000000000000002"))
        raw, headers = webhook.sign(good, key="another key" if how == "wrong key" else None)
        value = headers.pop(SIGNATURE)
        change = {
            "wrong key": value,
            "no signature": None,
            "empty signature": "",
            "cut signature": value[:-1],
            "other body": value,
            "bare": value.removeprefix("mac="),
        }[how]
        if change is not None:
            headers[SIGNATURE] = change
        return await webhook.post(raw + b" " if how == "other body" else raw, headers)

    async def post_raw(self, raw: bytes, headers: dict[str, str] | None = None, *, signed_at: str = "") -> int:
        """Any bytes, with any headers; with `signed_at` (milliseconds) also signed, whatever they are."""
        webhook, given = self.state.webhook, {"Content-Type": "application/json"} | (headers or {})
        if signed_at:
            given[SIGNATURE] = f"mac={mac(webhook.app_id, raw, signed_at, webhook.secret_key)}"
        return await webhook.post(raw, given)

    def event(self, body: Body) -> Event:
        """Any event at all, signed and repeated like a good one; app id and timestamp are put in where missing."""
        whole = {"app_id": self.state.oauth.app_id, **body}
        return self.state.webhook.push(
            {**whole, "timestamp": whole.get("timestamp", self.state.stamp())}, ("any", id(body))
        )

    def _text(self, text: str) -> dict[str, Any]:
        state = self.state
        message = {"text": text, "msg_id": state.hex_id(19)}
        return state.bodies.message("user_send_text", ("2468458835291979999", "1"), message, state.stamp())
