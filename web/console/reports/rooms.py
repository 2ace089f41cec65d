"""Reports of a place and a period. Who may enter each."""

from core.officers import Right
from web.console.door import Room
from web.console.reports import choice, report, rows

ROOMS = (
    Room.get(choice.PAGE, report.show_reports, Right.READ_TOTALS),
    Room.get(report.ROWS, rows.show_rows, Right.READ_QUESTIONS),
    *(Room.get(path, report.show_file, Right.READ_TOTALS) for path in report.FILES.values()),
)
