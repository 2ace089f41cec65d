"""awareness-content: a stock of short texts, one for each dimension and topic at least, plain and without blame."""

import re
from pathlib import Path

import pytest

from content.voice import TextKind, check_text
from tests.support.service import chungtay_here

DIMENSIONS = {
    "employment": {"job-connection", "overseas-work", "production-loan", "job-loan", "livelihood-project"},
    "health": {"health-insurance", "medical-costs", "child-nutrition"},
    "education": {"tuition", "study-costs", "student-loan", "vocational-training"},
    "housing": {"housing"},
    "water-sanitation": {"clean-water", "sanitation", "water-sanitation-loan"},
    "information": {"telecom", "information-access"},
}
BLAME = "lười|ỷ lại|trông chờ|lạc hậu|phải tự giác|không chịu|vươn lên|ý chí|nhận thức|hãy|cố gắng"


def shown(tmp_path: Path, locality: str) -> list[tuple[str, str, str]]:
    """Topic, text and source of each post, as an officer reads the stock."""
    said = chungtay_here("series", "show", "weekly", "--locality", locality, data_dir=tmp_path)
    assert said.returncode == 0, said.stderr
    posts = re.split(r"\n(?=\S)", said.stdout.strip())
    found = []
    for post in posts:
        head, *lines = post.split("\n")
        told = [line.strip() for line in lines if not line.startswith("  no line of the place")]
        if not told[0].startswith("not sent today"):
            found.append((head.split("\t")[2], "\n".join(told[:-1]), told[-1]))
    return found


@pytest.mark.parametrize("locality", ["dak-cam", "di-su"])
def test_every_dimension_and_topic_has_a_text_of_its_own(tmp_path: Path, locality: str) -> None:
    posts = shown(tmp_path, locality)
    topics = {topic for topic, _, _ in posts}
    assert len({text for _, text, _ in posts}) == len(posts) >= 45
    assert [name for name, some in DIMENSIONS.items() if not some & topics] == []
    assert any("nghèo đa chiều" in text for _, text, _ in posts)


def test_each_is_plain_short_without_blame_and_says_whose_word_it_is(tmp_path: Path) -> None:
    for topic, text, source in shown(tmp_path, "dak-cam"):
        assert check_text(text, TextKind.MESSAGE, names=["phường Đăk Cấm"]) == [], (topic, text)
        assert re.search(BLAME, text, re.IGNORECASE) is None, (topic, text)
        assert source.startswith("(") and len(source) > 10, topic
