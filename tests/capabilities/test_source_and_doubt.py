"""source-and-doubt: of a hundred questions drawn by lot, each reply has a source and a day, or says its doubt."""

import csv
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.capabilities.asking import sourced
from tests.content.test_plans import FIVE
from tests.support.talk import Talk

QUESTIONS = Path(__file__).parents[2] / "bench" / "understanding" / "questions-dev.tsv"
DRAWN = 100
# What answers no question of fact: it asks back, sends to somebody at once, or says that it cannot.
NO_FACT = (
    "Bà con hỏi việc nào",
    "Bà con hỏi 2 việc",
    "Chung Tay chưa rõ",
    "không giúp được",
    "Gọi",
    "cán bộ",
    "Đổi sang",
    "Khoan đã",
    "Xem nhà mình có thể thuộc diện nào",
    "muốn nhận tin gì",
    "để tìm việc hợp với nhà mình",
)


@pytest.mark.thorough
def test_a_hundred_replies_by_lot(room: Callable[[str], Talk]) -> None:
    with QUESTIONS.open(encoding="utf-8", newline="") as file:
        asked = [row["text"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    lot, facts, bare = random.Random(20261120), 0, []
    for question in lot.sample(asked, DRAWN):
        citizen = room(f"drawn-{question}"[:60])
        citizen.press(f"start:{lot.choice(FIVE)}")
        answer = citizen(question)
        facts += "Theo " in answer
        if not sourced(answer) and not any(one in answer for one in NO_FACT):
            bare.append((question, answer))
    assert bare == []
    assert facts > DRAWN / 2


def test_what_rests_on_one_unofficial_source_says_so(talk: Talk) -> None:
    talk.press("start:dak-cam")
    answer = talk("mẹ tôi 80 tuổi không có lương hưu được bao nhiêu")
    assert "540.000 đồng" in answer
    assert "hưa đối chiếu văn bản gốc" in answer
    assert "Theo Nghị định" in answer


def test_two_likely_matters_are_offered_and_not_guessed(talk: Talk) -> None:
    talk.press("start:dak-cam")
    answer = talk("hộ nghèo")
    chosen = talk("1")
    assert "Bà con hỏi việc nào" in answer and answer.count("[") >= 3
    assert "Theo " in chosen
