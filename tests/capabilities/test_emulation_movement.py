"""emulation-movement: the movement's name and slogan exactly as each plan words them, asked for and in the posts."""

from pathlib import Path

import pytest

from tests.capabilities.asking import live
from tests.support.service import chungtay_here
from tests.support.talk import Talk

NAMES = {
    "dak-cam": "Cả nước chung tay vì người nghèo - không để ai bị bỏ lại phía sau",
    "hong-linh": "Hồng Lĩnh chung tay vì người nghèo - Không để ai bị bỏ lại phía sau",
    "muong-lay": "Cả nước chung tay vì người nghèo - Không để ai bị bỏ lại phía sau",
    "phan-rang": "Vì người nghèo - Không để ai bị bỏ lại phía sau",
}


@pytest.mark.parametrize("locality", NAMES)
def test_asked_for_and_posted_in_the_words_of_the_plan(talk: Talk, tmp_path: Path, locality: str) -> None:
    live(talk, locality)
    answer = talk("phong trào vì người nghèo ở đây tên gì")
    assert f"“{NAMES[locality]}”" in answer and "Theo " in answer
    post = chungtay_here("series", "show", "peak-month", "--locality", locality, data_dir=tmp_path).stdout
    assert post.count(f"“{NAMES[locality]}”") == 1
    others = {f"“{name}”" for name in NAMES.values()} - {f"“{NAMES[locality]}”"}
    assert not any(other in post for other in others)


def test_each_plan_by_itself_and_silence_is_said(talk: Talk, tmp_path: Path) -> None:
    asked = "phong trào vì người nghèo ở đây tên gì"
    live(talk, "di-su")
    assert "không nêu tên" in talk(asked)
    post = chungtay_here("series", "show", "peak-month", "--locality", "di-su", data_dir=tmp_path).stdout
    assert "không để ai bị bỏ lại" not in post.casefold() and "no line of the place's own: movement" in post
    live(talk, "hong-linh")
    assert f"“{NAMES['hong-linh']}”" in talk(asked)
