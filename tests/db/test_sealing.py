"""What is sealed opens with its own key, for its own person, as it was; anything else is as if it had never been."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.sealing import Seal

KEY, WORDS = b"k" * 32, {"said": "nhà tôi có 5 người 🌾", "numbers": [1, None, True], "deep": {"a": {"b": ""}}}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc"), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text("abc"), JSON, max_size=4), st.integers(1, 2**53))
def test_it_opens_as_it_was_closed(data: dict[str, object], contact: int) -> None:
    seal = Seal(KEY)
    assert seal.open(seal.close(data, contact=contact), contact=contact) == data


def test_the_words_are_not_in_it_and_the_same_words_look_otherwise_each_time() -> None:
    seal = Seal(KEY)
    one, other = seal.close(WORDS, contact=7), seal.close(WORDS, contact=7)
    assert one != other and b"5 ng" not in one and b"said" not in one


def test_another_key_does_not_open_it() -> None:
    assert Seal(b"x" * 32).open(Seal(KEY).close(WORDS, contact=7), contact=7) is None


def test_moved_to_another_person_it_does_not_open() -> None:
    seal = Seal(KEY)
    assert seal.open(seal.close(WORDS, contact=7), contact=77) is None


def test_a_changed_byte_or_a_missing_one_leaves_nothing() -> None:
    seal = Seal(KEY)
    sealed = seal.close(WORDS, contact=7)
    for place in range(len(sealed)):
        changed = bytes([*sealed[:place], sealed[place] ^ 1, *sealed[place + 1 :]])
        assert seal.open(changed, contact=7) is None, place
        assert seal.open(sealed[:place], contact=7) is None, place


@pytest.mark.parametrize("data", [{"said": "\ud83d"}, {"\ud83d": 1}])
def test_half_a_pair_of_signs_breaks_nothing(data: dict[str, object]) -> None:
    seal = Seal(KEY)
    assert "?" in str(seal.open(seal.close(data, contact=7), contact=7))


@pytest.mark.thorough
def test_the_library_waits_until_it_is_needed() -> None:
    code = "import sys, db.unit_of_work, bot.app; sys.exit('cryptography' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
