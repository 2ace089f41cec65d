"""Vacancies as an office puts them in: a file, a command, and another officer who verifies them."""

import asyncio
import csv
from collections.abc import Sequence
from pathlib import Path

from core.officers import Role
from tests.capabilities.office import Office
from tests.support.service import chungtay_here

HEAD = ("Mã tin", "Vị trí việc làm", "Nghề", "Đơn vị", "Nơi làm việc", "Mức lương", "Số lượng", "Hạn nộp", "Điện thoại")


async def put_in(here: Office, folder: Path, *rows: Sequence[str], locality: str = "dak-cam") -> None:
    """Taken in by Thu, verified by Duy."""
    file = folder / "viec.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    await here.officer("Thu", Role.EDITOR, locality)
    await here.officer("Duy", Role.APPROVER, locality)
    said = await asyncio.to_thread(
        chungtay_here, "work", "import", str(file), "--locality", locality, "--as", "Thu", data_dir=folder
    )
    assert said.returncode == 0, said.stderr
    numbers = [str(one) for one in range(1, len(rows))]
    said = await asyncio.to_thread(chungtay_here, "work", "verify", *numbers, "--as", "Duy", data_dir=folder)
    assert said.returncode == 0, said.stderr
