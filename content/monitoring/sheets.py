"""A report as sheets: all its figures with the rows that each counts, its tables, and those rows by number alone.

No sheet holds a name, an address or a word that somebody wrote.
"""

from collections.abc import Sequence

from content.monitoring.page import Names, ReportPage, channel_name, hamlet_name
from content.wording import Wording
from core.caps import LOCAL
from core.monitoring import COUNTED, Asked, Found, PersonRow, QuestionRow, Rows, WorkFigure, WorkRow
from core.official import Sheet

LONGEST_TITLE = 31  # characters of a sheet's name
WORK_HEADS = ("number", "thing", "place", "offer", "work-day", "started-day")


def sheets_of(page: ReportPage, found: Found, rows: Rows | None, names: Names) -> tuple[Sheet, ...]:
    """All sheets. Without `rows` those of single rows are left out."""
    words = page.words
    made = [_summary(page, with_rows=rows is not None)]
    for section in page.sections:
        for grid in section.grids:
            title = words.text(f"monitoring.sheet.{section.id}.{grid.id}")
            widths = (40, *(16 for _ in grid.head[1:]))
            made.append(Sheet(title=title[:LONGEST_TITLE], head=grid.head, rows=grid.numbers, widths=widths))
    if rows is not None:
        made += [_questions(found, words, names), _people(found, rows.people, words, names)]
        made.append(_work(rows.work, words, names))
    return tuple(made)


def _summary(page: ReportPage, *, with_rows: bool) -> Sheet:
    text = page.words.text
    rows: list[tuple[int | str, ...]] = [(text("monitoring.place"), page.place, "", "")]
    rows += [(text("monitoring.period"), page.period, "", ""), (text("report.as_of"), page.as_of, "", "")]
    for section in page.sections:
        for line in section.lines:
            rows.append((section.title, f"{'  ' if line.part else ''}{line.label}", line.plain, line.rows))
        rows += [(section.title, note, "", "") for note in section.notes]
    notes = [*page.notes, page.advice, *([] if with_rows else [text("monitoring.note.no-rows")])]
    rows += [("", note, "", "") for note in notes]
    heads = tuple(text(f"monitoring.head.{one}") for one in ("section", "figure", "value", "rows"))
    return Sheet(title=text("monitoring.sheet.summary"), head=heads, rows=tuple(rows), widths=(30, 50, 20, 70))


def _questions(found: Found, words: Wording, names: Names) -> Sheet:
    """One row a question; the columns of 0 and 1 add up to the figures of the same name."""
    text = words.text
    heads = [text(f"monitoring.head.{one}") for one in ("number", "place", "hamlet", "topic", "office", "state")]
    heads += [text(f"monitoring.head.{one}") for one in ("asked-at", "due-at", "answered-at", "waited")]
    heads += [text(f"monitoring.questions.{one}") for one in Asked]
    rows = tuple(_question(one, found, words, names) for one in found.questions)
    return Sheet(title=text("monitoring.sheet.question-rows"), head=tuple(heads), rows=rows)


def _question(one: QuestionRow, found: Found, words: Wording, names: Names) -> tuple[int | str, ...]:
    return (
        one.id,
        names.places.get(one.locality, one.locality),
        hamlet_name(words, one.hamlet),
        names.topics.get(one.topic, one.topic) or words.text("monitoring.no-topic"),
        names.offices.get((one.locality, one.office), one.office),
        words.text(f"monitoring.state.{one.state}"),
        *(f"{at.astimezone(LOCAL):%Y-%m-%d %H:%M}" if at else "" for at in (one.created_at, one.due_at)),
        f"{one.answered_at.astimezone(LOCAL):%Y-%m-%d %H:%M}" if one.answered_at else "",
        one.waited if one.waited is not None else "",
        *(int(COUNTED[which](one, found.now)) for which in Asked),
    )


def _people(found: Found, people: Sequence[PersonRow], words: Wording, names: Names) -> Sheet:
    text, kinds = words.text, sorted(found.people.channels)
    heads = [text(f"monitoring.head.{one}") for one in ("number", "place", "since")]
    heads += [text(f"monitoring.people.{one}") for one in ("new", "agreed")]
    rows: tuple[tuple[int | str, ...], ...] = tuple(
        (
            one.id,
            names.places.get(one.locality, one.locality),
            f"{one.since.astimezone(LOCAL):%Y-%m-%d}",
            int(one.since >= found.wanted.period.begins),
            int(one.agreed),
            *(int(kind in one.channels) for kind in kinds),
        )
        for one in people
    )
    return Sheet(
        title=text("monitoring.sheet.person-rows"),
        head=(*heads, *(channel_name(words, one) for one in kinds)),
        rows=rows,
    )


def _work(found: Sequence[WorkRow], words: Wording, names: Names) -> Sheet:
    """One row a vacancy, a course, a lead or a learner; the columns of 0 and 1 add up to the figures of that name."""
    heads = [words.text(f"monitoring.head.{one}") for one in WORK_HEADS]
    rows: tuple[tuple[int | str, ...], ...] = tuple(
        (
            one.id,
            words.text(f"monitoring.thing.{one.thing}"),
            names.places.get(one.locality, one.locality),
            one.offer,
            *(f"{at.astimezone(LOCAL):%Y-%m-%d}" if at else "" for at in (one.at, one.started_at)),
            *(int(figure in one.counts) for figure in WorkFigure),
        )
        for one in found
    )
    return Sheet(
        title=words.text("monitoring.sheet.work-rows"),
        head=(*heads, *(words.text(f"monitoring.work.{figure}") for figure in WorkFigure)),
        rows=rows,
    )
