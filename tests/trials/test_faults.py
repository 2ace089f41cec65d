"""A slice of the faults, on one database each. All of them on both: `python -m tests.trials --only faults`."""

from pathlib import Path

import pytest

from tests.support.databases import Databases, Server
from tests.trials import faults
from tests.trials.faults_base import Line

pytestmark = pytest.mark.trial


def judged(*lines: Line) -> None:
    """Nothing is wrong; what cannot be tried here is left out aloud."""
    assert faults.found(lines) == []
    for one in lines:
        if one.left_out:
            pytest.skip(one.shown)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_trouble_on_the_wire_loses_and_doubles_nothing(tmp_path: Path, database_url: str) -> None:
    judged(*faults.on_the_wire(tmp_path, database_url, ("storm", "halves", "refusing")))


def test_a_full_disk_is_told_and_survived(tmp_path: Path, databases: Databases) -> None:
    judged(faults.on_the_disk(tmp_path, databases))


def test_a_server_that_dies_and_comes_back_loses_nothing(tmp_path: Path, postgresql: Server) -> None:
    judged(faults.dying(tmp_path))


def test_hosts_that_die_and_are_cut_off_lose_nothing_and_keep_the_limit(tmp_path: Path, postgresql: Server) -> None:
    judged(faults.hosts(tmp_path))


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_clock_that_jumps_doubles_nothing(tmp_path: Path, database_url: str) -> None:
    judged(faults.jumping(tmp_path, database_url))
