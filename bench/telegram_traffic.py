"""Updates as Telegram sends them: people who open the chat, press buttons, and write."""

import time
from collections.abc import Iterator
from itertools import count, cycle
from random import Random
from typing import Any

from bench.questions import texts

BOT = {"id": 700, "is_bot": True, "first_name": "Chung Tay", "username": "ward_bot"}
TOKEN = "700:measured-by-the-bench"
PLACE = "dak-cam"
PRESSED = 0.7  # share of presses; the rest is written
SEED = 11  # the same people do the same things in every run
# What the product offers below its answers, with what stands on the button.
BUTTONS = {
    "menu": "Menu",
    "topics": "Hỏi về hỗ trợ",
    "topics:1": "Việc khác",
    "topic:electricity": "Tiền điện",
    "topic:health-insurance": "Thẻ bảo hiểm y tế",
    "topic:production-loan": "Vay vốn làm ăn",
    "topic:tuition": "Học phí",
    "topic:housing": "Nhà ở",
    "topic:legal-aid": "Trợ giúp pháp lý",
    "part:electricity:bring": "Cần mang gì?",
    "part:electricity:where": "Đến đâu?",
    "part:household-review:bring": "Cần mang gì?",
    "part:tuition:where": "Đến đâu?",
    "more:electricity:0": "Xem tiếp",
    "more:health-insurance:1": "Xem tiếp",
    "more:housing:0": "Xem tiếp",
}
# As long as an answer of ours usually is.
ANSWER = """Hộ nghèo được hỗ trợ tiền điện mỗi tháng, bằng tiền của 30 kWh điện dùng để thắp sáng.
Tiền được trả theo quý, qua tài khoản hoặc tận tay. Không phải làm đơn: phường lập danh sách theo kết quả rà soát.

Theo Quyết định 28/2014/QĐ-TTg, tính đến ngày 15/11/2026."""
KEYBOARD = [
    [{"text": "Xem tiếp", "callback_data": "more:electricity:0"}],
    [{"text": "Cần mang gì?", "callback_data": "part:electricity:bring"}],
    [{"text": "Gặp cán bộ", "callback_data": "officer"}, {"text": "Menu", "callback_data": "menu"}],
]

Update = dict[str, Any]


class Crowd:
    """People who each have a private chat with the bot. Numbers of updates and messages only grow."""

    def __init__(self, people: int) -> None:
        self._people = [700_000_000 + 13 * number for number in range(people)]
        self._chance = Random(SEED)
        self._numbers, self._messages = count(1), count(1)
        self._questions = cycle(texts(1000))
        self._turns = cycle(self._people)

    def greetings(self, people: int | None = None) -> list[Update]:
        """Everybody, or so many, open the chat by a poster of the place."""
        return [self._written(one, f"/start {PLACE}") for one in self._people[:people]]

    def traffic(self, updates: int) -> list[Update]:
        """So many presses and questions; the people take turns, so that each comes as seldom as can be."""
        return list(self._anything(updates))

    def _anything(self, updates: int) -> Iterator[Update]:
        buttons = list(BUTTONS)
        for _, person in zip(range(updates), self._turns, strict=False):
            if self._chance.random() < PRESSED:
                yield self._pressed(person, self._chance.choice(buttons))
            else:
                yield self._written(person, next(self._questions))

    def _written(self, person: int, text: str) -> Update:
        message = self._message(person, _human(person), text)
        if text.startswith("/"):
            message["entities"] = [{"offset": 0, "length": len(text.split(" ", maxsplit=1)[0]), "type": "bot_command"}]
        return {"update_id": next(self._numbers), "message": message}

    def _pressed(self, person: int, data: str) -> Update:
        label = {"text": BUTTONS[data], "callback_data": data}
        message = self._message(person, BOT, ANSWER) | {"reply_markup": {"inline_keyboard": [[label], *KEYBOARD]}}
        number = next(self._numbers)
        press = {
            "id": str(4_000_000_000_000 + number),
            "from": _human(person),
            "message": message,
            "chat_instance": str(-8_000_000_000 - person),
            "data": data,
        }
        return {"update_id": number, "callback_query": press}

    def _message(self, person: int, sender: dict[str, Any], text: str) -> dict[str, Any]:
        human = _human(person)
        chat = {"id": person, "first_name": human["first_name"], "username": human["username"], "type": "private"}
        return {
            "message_id": next(self._messages),
            "from": sender,
            "chat": chat,
            "date": int(time.time()),
            "text": text,
        }


def _human(person: int) -> dict[str, Any]:
    return {
        "id": person,
        "is_bot": False,
        "first_name": f"Người {person % 1000}",
        "username": f"nguoi_{person}",
        "language_code": "vi",
    }


def chat_of(update: Update) -> int:
    """The chat in which an update must be answered."""
    message = update.get("message") or update["callback_query"]["message"]
    return int(message["chat"]["id"])
