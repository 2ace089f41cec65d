"""`chungtay learn`: from what was not understood to a row of the local corpus, by two people."""

import io
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from bot.settings import load_settings
from content.understanding import built, load_understanding
from content.understanding.corpus import load_corpus
from content.understanding.model import Model, load
from core.misreadings import Proposal, Why
from db.unit_of_work import SqlStorage
from tests.commands.conftest import Command, in_storage
from tests.support.corpus import sample_packs
from tests.support.databases import KINDS
from tests.support.rows import everything, make_account, make_person, new_misreading
from tests.support.training import train_here

pytestmark = pytest.mark.thorough

WORDS, BETTER = "ông Tư bảo ống tre bắc ngang hư rồi đó", "ống tre bắc ngang suối hư rồi"
PHONE = "gọi cho tôi số 0912 345 678"
THERE = "cho tôi hỏi sửa cầu"


@pytest.fixture(scope="module")
def today(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model of today, trained once for all tests."""
    folder = tmp_path_factory.mktemp("models")
    with pytest.MonkeyPatch.context() as patch:
        train_here(patch)
        built.prepare([sample_packs(folder)], folder)
    return next(folder.glob("*.npz"))


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> str:
    """SQLite, unless a test asks for both: what the commands store is shown on both with the storage."""
    if (chosen := getattr(request, "param", "sqlite")) == "postgresql":
        request.getfixturevalue("postgresql")
    return str(chosen)


both = pytest.mark.parametrize("kind", KINDS, indirect=True)


@pytest.fixture
def packs(tmp_path: Path, data_dir: Path, today: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Packs with a small corpus, and their model."""
    train_here(monkeypatch)
    folder = sample_packs(tmp_path)
    monkeypatch.setenv("CHUNGTAY_PACKS_DIR", str(folder))
    (data_dir / "models").mkdir(parents=True)
    shutil.copy(today, data_dir / "models")
    return folder


@pytest.fixture
def asked(packs: Path, url: str) -> str:
    """Two people wrote the words 1 and 2; one also 3 and 4, which was answered and not meant."""

    async def make(storage: SqlStorage) -> None:
        await make_account(storage)
        one, two = [(await make_person(storage, name)).contact.id for name in ("one", "two")]
        async with storage.write() as uow:
            for text, contact, fields in (
                (WORDS, one, {"locality": "thi-mau"}),
                (WORDS, two, {"locality": "thi-mau"}),
                (PHONE, one, {"locality": "elsewhere"}),
                (THERE, one, {"locality": None, "why": Why.NOT_MEANT, "read_as": "bridge"}),
            ):
                await uow.misreadings.add([new_misreading(text, contact, **fields)])  # type: ignore[arg-type]
            await uow.commit()

    in_storage(url, make)
    return url


@pytest.fixture
def proposed(asked: str, command: Command) -> str:
    """The first of them was proposed by lan."""
    done = command("learn", "propose", "1", "--label", "bridge", "--text", BETTER, "--as", "lan")
    assert done.status == 0, done
    return asked


def log(url: str) -> list[tuple[Any, ...]]:
    rows = in_storage(url, everything)["audit_log"]
    return [(row["actor"], row["action"], row["subject"], row["detail"]) for row in rows]


def states(url: str) -> list[str]:
    return [row["state"] for row in in_storage(url, everything)["misreadings"]]


def learnt(data_dir: Path) -> list[Path]:
    return sorted((data_dir / "packs").rglob("*")) if (data_dir / "packs").exists() else []


# --- list ---


@both
def test_the_most_frequent_words_come_first(command: Command, asked: str) -> None:
    said = command("learn", "list")
    lines = [line.split("\t") for line in said.out.splitlines()]
    assert [line[0] for line in lines] == ["1", "3", "4"] and said.err.startswith("3 lines in ")
    assert lines[0][1:6] == ["20/11/2026", "unknown", "thi-mau", "2 times", "read as nothing"]
    assert lines[0][7] == WORDS
    assert lines[2][2:6] == ["not_meant", "-", "once", "read as bridge"]
    likely = lines[2][6].removeprefix("perhaps ").split(", ")
    assert len(likely) == 2 and "bridge" not in likely


def test_each_officer_sees_their_own_places(command: Command, asked: str) -> None:
    command("officer", "add", "Lan", "--role", "answerer", "--locality", "thi-mau")
    command("officer", "add", "Minh", "--role", "answerer")
    assert [line.split("\t")[0] for line in command("learn", "list", "--as", "Lan").out.splitlines()] == ["1"]
    assert len(command("learn", "list", "--as", "Minh").out.splitlines()) == 3, "what has no place is theirs too"


def test_of_one_locality(command: Command, asked: str) -> None:
    assert len(command("learn", "list", "--locality", "thi-mau").out.splitlines()) == 1
    assert command("learn", "list", "--locality", "lang-mau").err.startswith("nothing to learn from in ")
    assert "nowhere" in command("learn", "list", "--locality", "nowhere").fault


@both
def test_what_is_proposed_and_what_is_settled(command: Command, proposed: str) -> None:
    assert f"\tproposed as bridge by lan: {BETTER}\n" in command("learn", "list").out
    assert command("learn", "drop", "3", "--as", "lan").out == "dropped: 3\n"
    assert [line.split("\t")[0] for line in command("learn", "list").out.splitlines()] == ["1", "4"]
    assert "\tdropped\n" in command("learn", "list", "--all").out


# --- propose ---


def test_a_proposal_says_who_must_check_it(command: Command, asked: str) -> None:
    said = command("learn", "propose", "1", "--label", "bridge", "--as", "lan").out
    assert said == (
        f'proposed: 1 as bridge: "{WORDS}"\nanother person than lan must check it: chungtay learn accept 1 --as NAME\n'
    )
    assert log(asked) == [("officer:lan", "learning.proposed", "misreading:1", {"label": "bridge"})]


@pytest.mark.parametrize(
    ("number", "label", "text", "why", "reason"),
    [
        ("3", "desk", None, "a telephone, identity or account number stands in it", "private"),
        ("1", "desk", "hỏi tu.nguyen@ward.example", "an address stands in it", "private"),
        ("1", "desk", "căn cước 052190001234 của tôi", "a telephone, identity or account number", "private"),
        ("1", "nothing", None, 'unknown label "nothing"', "label"),
        ("1", "caution", None, "is found by rules", "label"),
        ("1", "desk", "?!", "no word stands in it", "length"),
        ("1", "desk", "", "no word stands in it", "length"),
        ("1", "desk", "a" * 501, "a row has at most 500", "length"),
        ("1", "brigde", None, 'unknown label "brigde"', "label"),
        ("4", "grain", None, "the same words stand in the corpus already, as bridge", "known"),
    ],
)
def test_what_cannot_be_proposed(
    command: Command, asked: str, number: str, label: str, text: str | None, why: str, reason: str
) -> None:
    other_words = ("--text", text) if text is not None else ()
    assert why in command("learn", "propose", number, "--label", label, *other_words, "--as", "lan").fault
    assert log(asked) == [("officer:lan", "learning.proposed.refused", f"misreading:{number}", {"reason": reason})]
    assert set(states(asked)) == {"new"}


def test_a_matter_is_named_as_people_read_it(command: Command, asked: str) -> None:
    """By its title or its button, in any spelling; a slip is told what it is near to."""
    for name in ("Mending the bridge", "sua cau", "SỬA CẦU", "Bridge"):
        assert command("learn", "propose", "1", "--label", name, "--as", "lan").out.startswith("proposed: 1 as bridge")
    assert "did you mean bridge" in command("learn", "propose", "1", "--label", "bridg", "--as", "lan").fault
    listed = dict(line.partition("\t")[::2] for line in command("learn", "labels").out.splitlines())
    assert listed["bridge"] and {"action:officer", "none", "unclear"} <= listed.keys() and "caution" not in listed


def test_nobody_replaces_what_somebody_else_proposed(command: Command, proposed: str) -> None:
    said = command("learn", "propose", "1", "--label", "desk", "--as", "minh")
    assert "lan has proposed bridge already" in said.fault
    assert command("learn", "propose", "1", "--label", "desk", "--as", "Lan").status == 0  # one's own may be made anew


def test_a_hurried_officer_is_told_to_look_again(command: Command, asked: str) -> None:
    """What the person said was NOT meant; what sets off an alarm."""
    said = command("learn", "propose", "4", "--label", "bridge", "--text", "cầu khỉ gãy nhịp", "--as", "lan")
    assert said.status == 0 and "was NOT meant" in said.err
    assert "sets off an alarm" in command("learn", "propose", "1", "--label", "danger:disaster", "--as", "lan").err
    assert command("learn", "propose", "3", "--label", "desk", "--text", "hỏi phòng", "--as", "lan").err == ""


def test_the_list_is_there_when_the_packs_are_broken(command: Command, proposed: str, data_dir: Path) -> None:
    file = data_dir / "packs" / "vn" / "utterances" / "learned.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("topic: hosing\nutterances:\n  - {text: a b, who: x}\n", "utf-8")
    said = command("learn", "list")
    assert WORDS in said.out and "nothing is said of what they may be" in said.err and str(file) in said.err
    assert "learned.yaml" in command("content", "check").out


@pytest.mark.parametrize("number", ["99", "x", "-1", "", "٣", "9" * 30])
@pytest.mark.parametrize("act", [("propose", "--label", "desk"), ("accept",), ("drop",)])
def test_no_such_words(command: Command, asked: str, number: str, act: tuple[str, ...]) -> None:
    name, *options = act
    assert "no such words" in command("learn", name, number, *options, "--as", "lan").fault


@pytest.mark.parametrize("act", [("propose", "1", "--label", "desk"), ("accept", "1"), ("drop", "1")])
def test_nobody_does_it_without_a_name(command: Command, asked: str, act: tuple[str, ...]) -> None:
    assert command("learn", *act).status == 2
    assert "a name has 1 to 60" in command("learn", *act, "--as", " ").fault


# --- accept ---


@pytest.mark.parametrize("name", ["lan", "LAN ", "Làn"])
def test_whoever_proposed_it_does_not_accept_it(command: Command, proposed: str, name: str, data_dir: Path) -> None:
    assert "another person must check it" in command("learn", "accept", "1", "--as", name, "--yes").fault
    assert log(proposed)[1][1:] == ("learning.accepted.refused", "misreading:1", {"reason": "same person"})
    assert not learnt(data_dir)


def test_what_nobody_proposed_is_not_accepted(command: Command, asked: str) -> None:
    assert "nobody has said yet what was meant" in command("learn", "accept", "1", "--as", "minh", "--yes").fault


def test_it_goes_live_with_its_effect_shown_before(
    command: Command, proposed: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = command("learn", "accept", "1", "--as", "minh", "--yes")
    assert said.status == 0, said
    file = data_dir / "packs" / "thi-mau" / "utterances" / "learned.yaml"
    first, *words = said.out.splitlines()
    assert first == f'1 as bridge, proposed by lan: "{BETTER}"'
    assert words[0].startswith(f'"{BETTER}": ') and words[1].startswith(f'"{WORDS}": ')
    shown = "\n".join(words)
    assert "examples held back (85 of ours, 21 others), before -> after:" in shown
    for what in ("ours read rightly", "ours declined wrongly", "others declined"):
        assert f"  {what}: " in shown
    assert "of the packs' 273 rows " in shown and " are read otherwise" in shown
    assert said.out.endswith(f"accepted: 1, written to {file}\n") and "restart the service" in said.err
    (row,) = load_corpus([file]).utterances
    assert (row.label, row.text, row.who) == ("bridge", BETTER, "learnt from use: 1")
    assert states(proposed) == ["accepted", "accepted", "new", "new"]
    assert log(proposed)[1] == ("officer:minh", "learning.accepted", "misreading:1", {"label": "bridge"})

    # The next start finds the model: nothing is trained, and it has learnt.
    settings = load_settings()
    monkeypatch.setattr(built, "_train", lambda *_: pytest.fail("trained again"))
    assert load_understanding(settings.pack_folders, settings.models).read(BETTER).best == "bridge"
    assert len(list(settings.models.iterdir())) == 2


def test_a_second_row_joins_the_first(command: Command, proposed: str, data_dir: Path) -> None:
    assert command("learn", "accept", "1", "--as", "minh", "--yes").status == 0
    file = data_dir / "packs" / "vn" / "utterances" / "learned.yaml"
    for text in ('kho "thóc" của xã \\ ở đâu ta', "lúa giống: lấy #3 chỗ nào {hả}"):
        number = "3" if "kho" in text else "4"
        command("learn", "propose", number, "--label", "grain", "--text", text, "--as", "minh")
        assert command("learn", "accept", number, "--as", "lan", "--yes").status == 0
        assert load_corpus([file]).utterances[-1].text == text
    assert [path.parent.parent.name for path in learnt(data_dir) if path.suffix] == ["thi-mau", "vn"]
    assert command("learn", "accept", "1", "--as", "minh", "--yes").fault.split(" -- ")[0].endswith("accepted already")


def test_without_a_yes_nothing_goes_live(
    command: Command, proposed: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))  # no terminal: nobody is asked
    monkeypatch.setattr("bot.learning.trained", lambda *_: pytest.fail("trained for nothing"))
    said = command("learn", "accept", "1", "--as", "minh")
    assert said.status == 1 and "nothing went live -- add --yes" in said.err
    assert not learnt(data_dir) and states(proposed)[0] == "proposed"
    assert log(proposed)[1][1:] == ("learning.accepted.refused", "misreading:1", {"reason": "not confirmed"})
    assert [path.name[:5] for path in load_settings().models.glob("*")] != ["trial"]


def test_stopped_in_the_middle_nothing_goes_live(
    command: Command, proposed: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    meanwhile(monkeypatch, stop)
    said = command("learn", "accept", "1", "--as", "minh", "--yes")
    assert said.status == 1 and "stopped: nothing went live, 1 is still proposed" in said.err
    assert not learnt(data_dir) and states(proposed)[0] == "proposed"
    assert [path.name[:5] for path in load_settings().models.glob("*")] != ["trial"]


def test_stopped_while_it_is_written_no_more_is_said_than_is_known(
    command: Command, proposed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: object) -> None:
        raise KeyboardInterrupt

    meanwhile(monkeypatch, lambda: None)
    monkeypatch.setattr("bot.learning.Trial.go_live", stop)
    said = command("learn", "accept", "1", "--as", "minh", "--yes")
    assert said.status == 1 and "stopped while it was written: see learn list --all" in said.err


def test_a_folder_that_cannot_be_written_is_told_before_the_training(
    command: Command, proposed: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.learning.trained", lambda *_: pytest.fail("trained for nothing"))
    (data_dir / "packs").write_text("a file, no folder")
    said = command("learn", "accept", "1", "--as", "minh", "--yes")
    assert said.status == 1 and "cannot be written" in said.err and states(proposed)[0] == "proposed"


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> None:
    """Something happens while the model is trained, which here takes no time: today's is its outcome."""

    def trained(_: object, path: Path) -> Model | None:
        shutil.copy(next(path.parent.glob("[!t]*.npz")), path)
        act()
        return load(path)

    monkeypatch.setattr("bot.learning.trained", trained)


def test_packs_that_change_meanwhile_are_told(
    command: Command, proposed: str, packs: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile(monkeypatch, lambda: (packs / "vn" / "utterances" / "more.yaml").write_text("topic: grain\n"))
    said = command("learn", "accept", "1", "--as", "minh", "--yes")
    assert said.status == 1 and "the packs have changed since the trial -- nothing was written" in said.err
    assert not learnt(data_dir) and states(proposed)[0] == "proposed"


def test_a_proposal_that_changes_meanwhile_is_not_the_one_that_was_checked(
    command: Command, proposed: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def another() -> None:
        async def act(storage: SqlStorage) -> None:
            async with storage.write() as uow:
                await uow.misreadings.propose(1, Proposal(label="desk", text=BETTER, officer="minh"))
                await uow.commit()

        thread = Thread(target=in_storage, args=(proposed, act))  # in this one the command's loop runs
        thread.start()
        thread.join()

    meanwhile(monkeypatch, another)
    said = command("learn", "accept", "1", "--as", "minh", "--yes")
    assert said.status == 1 and "somebody else changed it meanwhile" in said.err
    assert not learnt(data_dir)


# --- drop ---


def test_what_is_dropped_leaves_the_list_with_all_its_like(command: Command, proposed: str) -> None:
    assert command("learn", "drop", "1", "--as", "lan").out == "dropped: 1\n"
    assert states(proposed) == ["dropped", "dropped", "new", "new"]
    assert log(proposed)[1] == ("officer:lan", "learning.dropped", "misreading:1", {})
    for act in (("drop", "1"), ("accept", "1", "--yes"), ("propose", "1", "--label", "desk")):
        assert "is dropped already" in command("learn", *act, "--as", "minh").fault
    assert [entry[1] for entry in log(proposed)[2:]] == [
        "learning.dropped.refused",
        "learning.accepted.refused",
        "learning.proposed.refused",
    ]
    assert command("audit", "verify").status == 0
