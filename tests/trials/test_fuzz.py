"""A slice of the fuzz: its full length is `python -m tests.trials.fuzz`."""

import pytest

from tests.trials.fuzz import STEPS_A_SIGN, run


@pytest.mark.trial
def test_no_text_breaks_the_understanding_or_makes_it_work_beyond_its_length() -> None:
    worst, decided = run(3_000, seed=2)
    assert worst <= STEPS_A_SIGN
    assert len(decided) >= 8
