"""Persons with a Zalo app: what they do, and what they see."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.support.zalo.errors import OaError
from tests.support.zalo.events import Body
from tests.support.zalo.post import Post
from tests.support.zalo.shown import Button, Shown
from tests.support.zalo.webhook import TEMPLATES, Event
from tests.support.zalo.windows import Window, milliseconds

if TYPE_CHECKING:
    from tests.support.zalo.state import State

_QUERIES = ("oa.query.show", "oa.query.hide")


@dataclass(frozen=True)
class Line:
    """One message of a chat, whoever wrote it."""

    message_id: str
    at: datetime
    kind: str
    text: str
    by_person: bool


class Person(Post):
    """One person's chat with the OA. `refusal`: why the OA cannot write to them, if so (-217, -227, -244 …)."""

    def __init__(self, state: "State", id: str, name: str, phone: str) -> None:
        self.state, self.id, self.name, self.phone = state, id, name, phone
        self.id_by_app = str(int(id) * 2 % 10**18 + 1)
        self.following = False
        self.opened_before = False
        self.window = Window()
        self.refusal = 0
        self.template_refusal = 0  # -114, -139, -141 …
        self.shown: list[Shown] = []
        self.lines: list[Line] = []
        self.opened: list[str] = []  # pages, numbers and texts that buttons led to
        self.shared: dict[str, str] = {}
        self.reactions: list[tuple[str, str]] = []  # of the OA: message id and sign

    # What the person does. Each gives the event, which may be sent again and again.

    def says(self, text: str, *, quotes: str = "") -> Event:
        """Write a text, perhaps as an answer to the message with this id."""
        message = {"text": text, "msg_id": self.state.hex_id(19)} | ({"quote_msg_id": quotes} if quotes else {})
        return self.posts("user_send_text", message, said=text)

    def posts(self, name: str, message: Body, *, said: str = "") -> Event:
        """Send a message of any content; its id is put beside it where it brings none."""
        if "msg_id" not in message:
            message = message | {"msg_id": self.state.hex_id(19)}
        self.interacts()
        self._note(str(message["msg_id"]), name.removeprefix("user_send_"), said, by_person=True)
        body = self.state.bodies.message(name, self._who, message, self.state.stamp())
        return self._tell(body)

    def follows(self, source: str = "oa_profile") -> Event:
        """Press follow; `source` may be message_invite or social_plugin, too."""
        self.following = True
        self.interacts()
        return self._tell(self.state.bodies.follow("follow", self._who, source, self.state.stamp()))

    def unfollows(self, source: str = "oa_profile") -> Event:
        """Follow no longer. That closes no window."""
        self.following = False
        return self._tell(self.state.bodies.follow("unfollow", self._who, source, self.state.stamp()))

    def withdraws(self, part: str) -> Event:
        """Take back the consent that the OA may use their data."""
        return self._tell(self.state.bodies.withdrawn(part, self._who, self.state.stamp()))

    def opens_chat(self) -> Event | None:
        """Press the chat button of the OA's page. The app is told once per person: None from the second time on."""
        self.interacts()
        if self.opened_before:
            return None
        self.opened_before = True
        return self._tell(self.state.bodies.opened(self._who, self.state.stamp()))

    def submits_info(self, *, old_form: bool = False, **info: Any) -> Event:
        """Agree to share details; without any, those of a Nguyễn Văn A. The old form has its fields side by side."""
        if not info:
            info = {"name": self.name, "phone": self.phone}
            if old_form:
                info |= {"address": "Số 1", "city": "Hà Nội", "district": "", "ward": "Phường Cửa Nam"}
            else:
                where = {"user_city": "Hà Nội", "user_ward": "Phường Cửa Nam", "user_address": "Số 1"}
                info |= {"user_dob": "01/01/1990", "gender": "1", "full_address": where}
        self.shared = {"name": str(info.get("name", "")), "phone": str(info.get("phone", ""))}
        self.interacts()
        return self.does("user_submit_info", info=info)

    def taps(self, label: str, *, message_id: str = "") -> Event | None:
        """Tap the button of the newest message that has it: old ones stay good for ever.

        A query comes back as a text of the person's own. Anything else opens something, and nobody is told.
        Raises AssertionError where no message has such a button.
        """
        button = self._button(label, message_id)
        if button.type in _QUERIES:
            return self.says(button.gives)
        self.opened.append(button.gives)
        return None

    def reacts(self, message_id: str, icon: str = "/-heart") -> Event:
        """Put a sign beside a message."""
        return self.does("user_reacted_message", message={"msg_id": message_id, "react_icon": icon})

    def sees(self) -> Event | None:
        """Look at all that came. The app is told of its own messages alone: None where none of them is new."""
        new = [shown for shown in self.shown if not (shown.seen or shown.phone or shown.admin_id)]
        for shown in new:
            shown.seen = True
        if not new:
            return None
        message = {"msg_ids": [shown.message_id for shown in new]}
        return self._tell(self.state.bodies.receipt("user_seen_message", self.id, message, self.state.stamp()))

    def does(self, name: str, **more: Any) -> Event:
        """An event of this name, with whatever else stands in it; of a kind nobody knows, too."""
        return self._tell(self.state.bodies.about(name, self.id, more, self.state.stamp()))

    def interacts(self) -> None:
        """Do something that opens the window, and tell nobody."""
        self.window.opened(self.state.clock.now())

    # What the person sees.

    @property
    def texts(self) -> list[str]:
        """All that can be read of the OA, in order."""
        return [shown.text for shown in self.shown]

    @property
    def last(self) -> Shown:
        """The newest message of the OA. Raises AssertionError where there is none."""
        assert self.shown, f"the OA has written nothing to {self.name} ({self.id})"
        return self.shown[-1]

    def check_open(self) -> None:
        """Raises OaError where the person lets nothing in."""
        if self.refusal:
            raise OaError(self.refusal)

    def show(self, shown: Shown) -> Shown:
        """A message arrives: the app is told of its own sending, and that it was received."""
        state = self.state
        shown.message_id = shown.message_id or state.hex_id(20)
        now = shown.at = state.clock.now()
        self.shown.append(shown)
        self._note(shown.message_id, shown.kind, shown.text, by_person=False)
        if shown.phone:
            self._template_receipt(shown, now)
            return shown
        content = {"text": shown.text, "msg_id": shown.message_id}
        name = f"oa_send_{shown.kind}"  # doubt: names other than oa_send_text and oa_send_image are recalled
        lane = ("echo", shown.message_id)
        if state.webhook.echoes or shown.admin_id:
            echo = state.bodies.echo(name, self._who, content, state.stamp(), admin_id=shown.admin_id)
            state.webhook.push(echo, lane)
        if state.webhook.receipts:
            receipt = {"msg_id": shown.message_id}
            state.webhook.push(state.bodies.receipt("user_received_message", self.id, receipt, state.stamp()), lane)
        state.changes.tell()
        return shown

    def _template_receipt(self, shown: Shown, now: datetime) -> None:
        if not self.state.webhook.receipts:
            return
        message = {"delivery_time": milliseconds(now), "msg_id": shown.message_id}
        message |= {"tracking_id": shown.tracking_id} if shown.tracking_id else {}
        body = self.state.bodies.receipt("user_received_message", shown.phone, message, self.state.stamp())
        self.state.webhook.push(body, ("echo", shown.message_id), headers={TEMPLATES: "ZNS"})

    def _button(self, label: str, message_id: str) -> Button:
        for shown in reversed(self.shown):
            if message_id in ("", shown.message_id):
                for button in shown.buttons:
                    if button.title == label:
                        return button
        raise AssertionError(f"nothing to tap that is {label!r}; there are {[shown.labels for shown in self.shown]}")

    def _note(self, message_id: str, kind: str, text: str, *, by_person: bool) -> None:
        self.lines.append(Line(message_id, self.state.clock.now(), kind, text, by_person))

    @property
    def _who(self) -> tuple[str, str]:
        return self.id, self.id_by_app

    def _tell(self, body: Body) -> Event:
        return self.state.webhook.push(body, ("person", self.id))
