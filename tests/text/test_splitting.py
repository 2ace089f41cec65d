"""Words written together: what is split, what is left alone, and how much work it takes."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.text import fold, is_syllable
from core.text.shorthand import SHORT_WORDS
from core.text.syllables import RUN_AT_MOST, common, split

often = sorted(word for word, cost in common().cost.items() if cost < 6 and len(word) > 2 and word in common().known)


@given(st.lists(st.sampled_from(often), min_size=2, max_size=8).map("".join))
@settings(deadline=None)
def test_what_is_split_is_the_run_in_common_syllables(run: str) -> None:
    words = split(run)
    assert not words or "".join(words) == run
    assert all(word in common().known for word in words)
    assert fold(fold(run)) == fold(run)


@given(st.text(alphabet="abcdeghiklmnopqrstuvxy", max_size=80))
def test_any_letters(run: str) -> None:
    assert "".join(split(run)) in ("", run)


@pytest.mark.parametrize(
    "word",
    [
        *("camera", "video", "internet", "facebook", "chocolate", "menu", "online", "radio", "cannot", "samsung"),
        *("vietcombank", "android", "karaoke", "coronavirus", "password", "youtube", "tiktok", "messenger"),
    ],
)
def test_other_languages_are_not_split(word: str) -> None:
    assert fold(word) == word


@pytest.mark.parametrize(
    "address", ["baochinhphu.vn", "www.thebaohiem.vn", "nguyenvanan@gmail.com", "https://dichvucong.gov.vn"]
)
def test_addresses_are_not_split(address: str) -> None:
    assert len(fold(address).split()) == len(address.replace("://", ".").replace("@", ".").split("."))


def test_the_longest_run_takes_a_bounded_number_of_looks() -> None:
    looks: Counter[str] = Counter()

    class Counted(str):
        def __getitem__(self, key: object) -> str:
            looks["slices"] += 1
            return super().__getitem__(key)  # type: ignore[index]

    split(Counted("toimuonvay" * (RUN_AT_MOST // 10)))
    assert 0 < looks["slices"] <= 4 * 7 * RUN_AT_MOST
    assert split("toimuonvaytien" * 5) == []  # longer than any message writes together


def test_the_counted_syllables_are_syllables_of_ours() -> None:
    assert len(common().cost) >= 700
    assert all(map(is_syllable, common().cost))
    assert not common().known & SHORT_WORDS.keys()
    assert {"ngheo2", "duoc579", "ho56"} <= common().vni
