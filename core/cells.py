"""Cells of tables that go to spreadsheets: what somebody wrote is never a formula there."""

import re

# What begins so is taken for a formula, behind blanks too, and in the wide signs of Asian keyboards.
FORMULA = re.compile("\\s*[=+\\-@＝＋－＠]|[\t\r\n]")


def safe(cell: str | int) -> str | int:
    """A cell of CSV that no spreadsheet takes for a formula; numbers stay numbers.

    >>> safe("=1+1"), safe(" @SUM(A1)"), safe("-"), safe(-1), safe("Lan")
    ("'=1+1", "' @SUM(A1)", "'-", -1, 'Lan')
    """
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell
