"""A slice of the kills, each on one of the databases in turn: three over the web chat, two over Telegram and two in a
notice; of the named steps of a notice, of the firing of posts, of the news of work and of reminders of tasks one half,
by chance this or that.

All of them: `make trials`.
"""

import secrets
from pathlib import Path

import pytest

from tests.support.killable import OF_NEWS, OF_POSTS, OF_TASKS, STEPS
from tests.trials.broadcast import BroadcastTrial
from tests.trials.duties import TasksTrial
from tests.trials.kills import Trial
from tests.trials.news import NewsTrial
from tests.trials.posts import ON_TIME, PostsTrial
from tests.trials.rounds import (
    NEWS_OFTEN,
    POSTS_OFTEN,
    SINGLE,
    TASKS_OFTEN,
    halves,
    news_halves,
    post_halves,
    task_halves,
)
from tests.trials.steps import StepsTrial
from tests.trials.telegram import TelegramTrial
from tests.trials.turns import HALF, on_either, on_the_other, struck

pytestmark = pytest.mark.trial


@on_either
def test_what_was_acknowledged_is_answered_once(tmp_path: Path, database_url: str) -> None:
    assert struck(Trial, tmp_path, database_url, kills=3).answered > 0


@on_the_other
def test_a_notice_reaches_everybody_once(tmp_path: Path, database_url: str) -> None:
    struck(BroadcastTrial, tmp_path, database_url, kills=2)


@on_either
def test_what_came_over_telegram_is_answered_once(tmp_path: Path, database_url: str) -> None:
    assert struck(TelegramTrial, tmp_path, database_url, kills=2).answered > 0


@on_the_other
def test_a_kill_at_a_named_step_of_a_notice_is_made_good(tmp_path: Path, database_url: str) -> None:
    seed = secrets.randbits(32)
    print(f"seed {seed}, half {HALF}")
    trial = StepsTrial(data_dir=tmp_path, database_url=database_url, seed=seed)
    trial.rounds = halves()[HALF]
    result = trial.run(0)
    assert result.faults == [], f"seed {seed}"
    assert set(result.steps) == _steps(HALF)


def _steps(half: int) -> set[str]:
    rounds = halves()[half]
    named = {strike.step for one in rounds for strike in one.strikes}
    return named | {step for one in rounds for step in (one.approval, one.stop) if step}


def test_both_halves_together_strike_at_every_step() -> None:
    assert set(SINGLE) == set(STEPS) - set(OF_POSTS) - set(OF_NEWS) - set(OF_TASKS)
    assert _steps(0) | _steps(1) == set(SINGLE)
    assert not _steps(0) & _steps(1)


@on_either
def test_a_kill_while_a_post_is_fired_is_made_good(tmp_path: Path, database_url: str) -> None:
    seed = secrets.randbits(32)
    print(f"seed {seed}, half {HALF}")
    trial = PostsTrial(data_dir=tmp_path, database_url=database_url, seed=seed)
    trial.rounds = [post_halves()[HALF]]
    trial.on_time = {"overdue": ON_TIME["overdue"], "soon": ON_TIME["soon"]}  # one less: a second less
    result = trial.run(0)
    assert result.faults == [], f"seed {seed}"
    assert set(result.steps) == {strike.step for strike in post_halves()[HALF].strikes}
    assert result.posts["fired"] >= 2 and result.posts.total() == 4


def test_both_halves_of_the_firing_strike_at_every_step_of_it() -> None:
    one, other = ({strike.step for strike in each.strikes} for each in post_halves())
    assert one | other == set(OF_POSTS) < set(POSTS_OFTEN) and not one & other


@on_the_other
def test_a_kill_while_news_of_work_are_told_is_made_good(tmp_path: Path, database_url: str) -> None:
    seed = secrets.randbits(32)
    print(f"seed {seed}, half {HALF}")
    trial = NewsTrial(data_dir=tmp_path, database_url=database_url, seed=seed)
    trial.rounds = [news_halves()[HALF]]
    result = trial.run(0)
    assert result.faults == [], f"seed {seed}"
    assert set(result.steps) == {strike.step for strike in news_halves()[HALF].strikes}
    assert result.answered > 0


def test_both_halves_of_the_news_strike_at_every_step_of_it() -> None:
    one, other = ({strike.step for strike in each.strikes} for each in news_halves())
    assert set(OF_NEWS) < one | other < set(NEWS_OFTEN) and not one & other


@on_either
def test_a_kill_while_officers_are_told_of_a_task_is_made_good(tmp_path: Path, database_url: str) -> None:
    seed = secrets.randbits(32)
    print(f"seed {seed}, half {HALF}")
    trial = TasksTrial(data_dir=tmp_path, database_url=database_url, seed=seed)
    trial.rounds = [task_halves()[HALF]]
    result = trial.run(0)
    assert result.faults == [], f"seed {seed}"
    assert set(result.steps) == {strike.step for strike in task_halves()[HALF].strikes}
    assert result.answered > 0


def test_both_halves_of_the_tasks_strike_at_every_step_of_them() -> None:
    one, other = ({strike.step for strike in each.strikes} for each in task_halves())
    assert set(OF_TASKS) < one | other < set(TASKS_OFTEN) and not one & other
