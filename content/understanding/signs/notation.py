"""A small notation for signs: patterns over folded words that can be read aloud.

One sign a line; a line that opens with "+" goes on where the one before it ended, one with "_" after a space. `(a|b)`
is a choice, " .. " stands for up to two words between, " ... " for up to five. A line that opens with "#" gives a
reason. All else is a regular expression. A sign begins and ends with whole words.
"""

import re

GAP, WIDE_GAP = r"(?: \w+){0,2} ", r"(?: \w+){0,5} "
# Stands where a typed word with marks is surely another one: it is no Vietnamese word, and folding leaves it alone.
MASKED = "zq"


def signs(*texts: str) -> re.Pattern[str]:
    """One pattern of all the signs in the texts. Raises re.error when one cannot be read."""
    lines: list[str] = []
    for line in (line.strip() for text in texts for line in text.splitlines()):
        if line.startswith(("+ ", "_ ")) and lines:
            lines[-1] += line[2:] if line[0] == "+" else line[1:]
        elif line and not line.startswith("#"):
            lines.append(line)
    return re.compile("|".join(rf"\b(?:{_read(line)})\b" for line in lines))


def _read(line: str) -> str:
    return re.sub(r"\((?!\?)", "(?:", line.replace(" ... ", WIDE_GAP).replace(" .. ", GAP))
