"""roles-and-log: who may write, approve, stop and see, and where; every act and every refusal stands in the log.

Seen through what the commands say to each officer, and through the log that they list and check.
"""

import csv
import io
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support.service import chungtay_here

FILE = """
kind = "notice"
title = "Phát gạo"
source = "Kế hoạch giảm nghèo của phường"
text.vi = "Phường phát gạo."
[audience]
localities = ["{place}"]
"""
STAFF = {
    "Vy": "viewer",
    "Thu": "answerer",
    "Lan": "editor",
    "Minh": "approver",
    "Bách": "administrator",
    "Cúc": "collaborator",
    "Hoa": "supervisor",
    "Kha": "employer",
}


class Office:
    """A data folder, and officers who type."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, role in STAFF.items():
            self.done("officer", "add", name, "--role", role, *self.where(role))

    @staticmethod
    def where(role: str) -> Sequence[str]:
        """Who looks after the installation does so everywhere; the others act in Đăk Cấm."""
        return () if role in ("administrator", "supervisor") else ("--locality", "dak-cam")

    def types(self, *arguments: str, by: str = "") -> tuple[int, str, str]:
        """A command; its exit status and what it said."""
        named = (*arguments, "--as", by) if by else arguments
        said = chungtay_here(*named, data_dir=self.folder / "data")
        return said.returncode, said.stdout, said.stderr

    def done(self, *arguments: str, by: str = "") -> str:
        """A command that works."""
        status, out, err = self.types(*arguments, by=by)
        assert status == 0, f"{arguments} by {by or 'nobody'}: {err}"
        return out

    def refused(self, *arguments: str, by: str = "") -> str:
        """A command that does not; the line that says why."""
        status, out, err = self.types(*arguments, by=by)
        assert status == 1, f"{arguments} by {by or 'nobody'} was not refused: {out}"
        return err

    def file(self, place: str = "dak-cam") -> str:
        """A notice to a place."""
        written = self.folder / f"{place}.toml"
        written.write_text(FILE.format(place=place), encoding="utf-8")
        return str(written)

    def draft(self, by: str = "Lan", place: str = "dak-cam") -> str:
        """A campaign; its number."""
        return self.done("campaign", "new", self.file(place), by=by).splitlines()[-1]

    def submitted(self, by: str = "Lan", place: str = "dak-cam") -> str:
        """One that waits to be approved."""
        number = self.draft(by, place)
        self.done("campaign", "submit", number, by=by)
        return number

    def log(self) -> list[tuple[str, str, str, str]]:
        """Who did what with which, and details: line by line, as whoever has the machine reads it."""
        rows = list(csv.DictReader(io.StringIO(self.done("audit", "list", "--csv"))))
        assert [int(row["number"]) for row in rows] == list(range(1, len(rows) + 1))
        return [(row["who"], row["did"], row["what"], row["detail"]) for row in rows]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """One with an officer of each role."""
    return Office(tmp_path_factory.mktemp("office"))


@pytest.mark.parametrize(
    ("command", "may"),
    [
        (("campaign", "new", "FILE"), {"Lan", "Bách"}),
        (("campaign", "stop", "NUMBER"), {"Lan", "Minh", "Bách"}),
        (("campaign", "status", "NUMBER"), set(STAFF) - {"Kha"}),
        (("campaign", "list"), set(STAFF) - {"Kha"}),
        (("campaign", "ledger", "NUMBER"), {"Lan", "Minh", "Bách"}),
        (("audit", "list"), {"Hoa", "Bách"}),
        (("officer", "add", "Nam", "--role", "viewer"), {"Bách"}),
    ],
)
def test_each_may_what_they_are_here_for(office: Office, command: Sequence[str], may: set[str]) -> None:
    for name in STAFF:
        number = office.draft() if "NUMBER" in command else ""
        typed = [{"FILE": office.file(), "NUMBER": number}.get(word, word) for word in command]
        if name in may:
            office.done(*typed, by=name)
        else:
            assert f"{name}: may not do this" in office.refused(*typed, by=name)


def test_another_one_than_the_author_approves(office: Office) -> None:
    number = office.submitted(by="Bách")
    for name in ("Vy", "Thu", "Lan", "Cúc", "Hoa", "Kha"):
        assert f"{name}: may not do this" in office.refused("campaign", "approve", number, by=name)
    assert "another person must approve it" in office.refused("campaign", "approve", number, by="Bách")
    assert "an approval needs a person" in office.refused("campaign", "approve", number)
    assert "no such officer" in office.refused("campaign", "approve", number, by="Ai")
    assert office.done("campaign", "approve", number, by="Minh") == f"{number}: approved\n"


def test_only_where_a_role_holds(office: Office) -> None:
    here, elsewhere = office.draft(), office.submitted(by="Bách", place="di-su")
    said = office.refused("campaign", "new", office.file("di-su"), by="Lan")
    assert "may not do this (campaigns.write) in di-su" in said
    for step, right in (("approve", "campaigns.approve"), ("stop", "campaigns.control")):
        assert f"({right}) in di-su" in office.refused("campaign", step, elsewhere, by="Minh")
    for name, some in (("Vy", {here}), ("Bách", {here, elsewhere})):
        listed = {line.split("\t")[0] for line in office.done("campaign", "list", by=name).splitlines()}
        assert listed & {here, elsewhere} == some
    office.done("officer", "add", "Tú", "--role", "editor")
    office.done("officer", "retire", "Tú", by="Bách")
    assert "does not act here any more" in office.refused("campaign", "new", office.file(), by="Tú")


def test_every_act_and_every_refusal_is_in_the_log(office: Office) -> None:
    before = len(office.log())
    number = office.submitted()
    office.refused("campaign", "approve", number, by="Lan")
    office.done("campaign", "approve", number, by="Minh")
    office.refused("campaign", "stop", number, by="Vy")
    office.done("campaign", "stop", number, by="Minh")
    office.refused("audit", "list", by="Lan")
    notes = office.log()[before:]
    assert [(who, did) for who, did, _, _ in notes] == [
        ("officer:Lan", "campaign.drafted"),
        ("officer:Lan", "campaign.submit"),
        ("officer:Lan", "refused"),
        ("officer:Minh", "campaign.approve"),
        ("officer:Vy", "refused"),
        ("officer:Minh", "campaign.stop"),
        ("officer:Lan", "refused"),
    ]
    assert [what for _, _, what, _ in notes] == [f"campaign:{number}"] * 6 + ["log"]
    assert "right=campaigns.approve" in notes[2][3] and "right=campaigns.control" in notes[4][3]


def test_a_changed_row_is_found(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.refused("campaign", "new", office.file(), by="Vy")
    entries = len(STAFF) + 1
    assert office.done("audit", "verify").startswith(f"audit log: {entries} entries, unbroken\nlast hash: ")
    with sqlite3.connect(office.folder / "data" / "chungtay.db") as database:
        with pytest.raises(sqlite3.IntegrityError):
            database.execute("UPDATE audit_log SET actor = 'officer:Lan' WHERE id = ?", (entries,))
        database.execute("DROP TRIGGER audit_log_no_update")
        database.execute("UPDATE audit_log SET actor = 'officer:Lan' WHERE id = ?", (entries,))
    database.close()
    assert f"BROKEN at entry {entries}: it was changed after it was written" in office.refused("audit", "verify")
