"""README and docs against the tree: pictures of folders, links, commands, targets."""

import re
from pathlib import Path

PICTURE_BYTES = 300_000
LINK = re.compile(r"!?\[[^\]\n]*\]\(([^)\s]+)\)")


def block(text: str, name: str) -> str:
    """The fenced block that follows <!-- name -->."""
    found = re.search(rf"<!-- {name} -->\n+```\w*\n(.*?)\n```", text, re.DOTALL)
    assert found is not None, f"there is no block {name}"
    return found.group(1)


def pages(tree: list[Path]) -> list[Path]:
    """Every page of documentation."""
    return [path for path in tree if path.suffix == ".md"]


def test_the_folder_picture_is_the_tree(root: Path, tree: list[Path]) -> None:
    drawn = re.findall(r"^(\s*)([\w.-]+)/", block((root / "README.md").read_text("utf-8"), "folders"), re.MULTILINE)
    named: set[str] = set()
    top = ""
    for indent, name in drawn:
        top = top if indent else name
        named.add(f"{top}/{name}" if indent else name)
    folders = {path.parts[0] for path in tree if len(path.parts) > 1}
    folders |= {f"{path.parts[0]}/{path.parts[1]}" for path in tree if len(path.parts) > 2}
    assert named == {one for one in folders if not one.startswith(".")}


def test_every_link_leads_somewhere(root: Path, tree: list[Path]) -> None:
    dead = []
    for page in pages(tree):
        text = re.sub(r"```.*?```", "", (root / page).read_text("utf-8"), flags=re.DOTALL)
        for target in LINK.findall(text):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, anchor = target.partition("#")
            there = (root / page).parent / path if path else root / page
            if not there.exists() or (anchor and anchor not in anchors(there)):
                dead.append(f"{page}: {target}")
    assert not dead


def anchors(page: Path) -> set[str]:
    """The headings of a page as links name them."""
    heads = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


def test_every_make_target_that_is_named_exists(root: Path, tree: list[Path]) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        (page.as_posix(), target)
        for page in (*pages(tree), Path(".ci/run"))
        for target in re.findall(r"`make ([a-z-]+)|^(?:\$ )?make ([a-z-]+)", (root / page).read_text("utf-8"), re.M)
        for target in target
        if target
    }
    assert len(named) > 10
    assert not {(page, target) for page, target in named if target not in targets}


def test_every_target_has_its_line_of_help(root: Path) -> None:
    text = (root / "Makefile").read_text("utf-8")
    phony = set(re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE)[1].split())  # type: ignore[index]
    helped = set(re.findall(r"^([a-z-]+):.*## \S", text, re.MULTILINE))
    assert phony == helped


def test_every_command_that_is_named_exists(root: Path, tree: list[Path]) -> None:
    from bot.__main__ import cli, walk

    known = {name for name, _ in walk(cli)}
    groups = {name.split(" ")[0] for name in known if " " in name}
    wrong = []
    for page in pages(tree):
        for first, second in re.findall(r"chungtay ([a-z]+)(?: ([a-z]+))?", (root / page).read_text("utf-8")):
            said = f"{first} {second}" if first in groups and second else first
            if said not in known | groups:
                wrong.append(f"{page}: chungtay {said}")
    assert not wrong


def test_no_picture_is_heavy(root: Path, tree: list[Path]) -> None:
    pictures = [path for path in tree if path.suffix in (".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg")]
    assert Path("docs/images/chat-360.png") in pictures
    assert not {str(path): size for path in pictures if (size := (root / path).stat().st_size) >= PICTURE_BYTES}


def test_every_decision_has_its_four_parts_and_its_line(root: Path, tree: list[Path]) -> None:
    found = [path for path in tree if path.parent == Path("docs/decisions") and path.name != "README.md"]
    listed = (root / "docs" / "decisions" / "README.md").read_text("utf-8")
    assert [int(path.name[:4]) for path in found] == list(range(1, len(found) + 1))
    for path in found:
        text = (root / path).read_text("utf-8")
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == [
            "Context",
            "Decision",
            "Consequences",
            "What else was weighed",
        ], path
        title = re.match(r"# \d+\. (.+)", text)
        assert title is not None and f"[{path.name[:4]}]({path.name}) | {title[1]} |" in listed, path


def test_every_table_is_described(root: Path) -> None:
    from db.models import metadata

    page = (root / "docs" / "architecture.md").read_text("utf-8")
    section = page[page.index("## The tables") : page.index("## A crash at each step")]
    described = {name for row in re.findall(r"^\| (`.+?) \|", section, re.M) for name in re.findall(r"`(\w+)`", row)}
    assert described == set(metadata.tables)


def test_every_state_of_a_delivery_is_in_the_picture(root: Path) -> None:
    from core.delivery import DeliveryStatus

    page = (root / "docs" / "architecture.md").read_text("utf-8")
    picture = page[page.index("## The outbox") : page.index("## The tables")]
    assert not {one.value for one in DeliveryStatus if not re.search(rf"\b{one.value}\b", picture)}
