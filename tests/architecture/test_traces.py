"""Nothing in the project knows the machine it was made on, nor where its packages came from."""

import re
from pathlib import Path

# Put together here, so that this file does not contain what it looks for.
MACHINE = re.compile(r"(?<![\w.])/(?:" + "|".join(("wo" + "rk", "fa" + "rm", "ro" + "ot")) + r")(?![\w-])")
HOSTS = re.compile(
    "|".join(
        re.escape(name + "." + end)
        for name, end in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("registry.npmjs", "org"),
            ("crates", "io"),
            ("proxy.golang", "org"),
            ("deb.debian", "org"),
        )
    ),
    re.IGNORECASE,
)
BINARY = {".png", ".jpg", ".jpeg", ".webp", ".pdf", ".docx", ".gz"}


def test_no_file_mentions_a_machine_or_a_registry(root: Path, tree: list[Path]) -> None:
    wrong = []
    for path in tree:
        if path.suffix in BINARY:
            continue
        for number, line in enumerate((root / path).read_text("utf-8").splitlines(), 1):
            if MACHINE.search(line) or HOSTS.search(line):
                wrong.append(f"{path}:{number}: {line.strip()[:80]}")
    assert not wrong


def test_the_search_finds_what_it_looks_for() -> None:
    assert MACHINE.search("see /" + "work/notes") and MACHINE.search('"/' + 'root"')
    assert not MACHINE.search("a/" + "work") and not MACHINE.search("/" + "workers")
    assert HOSTS.search("https://files.python" + "hosted.org/x")
