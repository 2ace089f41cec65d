"""The sections of a report on what came of things: work and training, and the goals of the local plan."""

from content.monitoring.page import Bar, Drawing, Grid, Names, Section, line_of
from content.targets import Judged, Pace, goal_name, goal_text, judge, short_text
from content.wording import Wording
from core.caps import LOCAL
from core.monitoring import Found

PARTS = ("finished",)  # of the line above
PACES = (Pace.REACHED, Pace.SHORT, Pace.LATE, Pace.COUNTED, Pace.NONE)


def work(found: Found, words: Wording, names: Names) -> Section:  # noqa: ARG001
    """What was open, who was interested, who works now, who learned."""
    figures = ("vacancies", "courses", "interested", "started", "enrolled", "finished")
    return Section(
        id="work",
        title=words.text("monitoring.section.work"),
        lines=tuple(line_of(words, f"work.{one}", getattr(found.work, one), part=one in PARTS) for one in figures),
        notes=(words.text("monitoring.note.work"),),
    )


def targets(found: Found, words: Wording, names: Names) -> Section:
    """Each goal of the plan of the one place, beside its newest approved figure."""
    title, places = words.text("monitoring.section.targets"), found.wanted.places
    goals = names.goals.get(places[0], ()) if len(places) == 1 else ()
    if not goals:
        name = "monitoring.note.targets.none" if len(places) == 1 else "monitoring.note.targets.several"
        return Section(id="targets", title=title, notes=(words.text(name),))
    newest, today = {one.subject: one for one in found.reported}, found.now.astimezone(LOCAL).date()
    judged = [judge(goal, newest.get(goal.subject), today) for goal in goals]
    counts = {pace: sum(one.pace is pace for one in judged) for pace in PACES}
    numbered = sum(one.goal.number is not None for one in judged)
    bars = [Bar(label=words.text(f"console.targets.pace.{pace}"), number=counts[pace]) for pace in PACES]
    heading = words.text("monitoring.picture.targets", reached=counts[Pace.REACHED], all=numbered)
    rows = tuple(_row(one, words) for one in judged)
    heads = tuple(words.text(f"monitoring.head.target.{one}") for one in ("name", "goal", "value", "state"))
    table = words.text("monitoring.table.targets")
    return Section(
        id="targets",
        title=title,
        lines=(
            line_of(words, "targets.all", len(judged)),
            *(line_of(words, f"targets.{pace}", counts[pace], part=True) for pace in PACES),
        ),
        drawings=(Drawing(id="targets", title=heading, bars=tuple(one for one in bars if one.number)),),
        grids=(Grid(id="targets", title=table, head=heads, rows=rows, numbers=rows, shares=(4, 2, 2, 2)),),
        notes=(words.text("monitoring.note.targets"),),
    )


def _row(one: Judged, words: Wording) -> tuple[str, ...]:
    value = short_text(one.value, one.unit, words) if one.value is not None and one.unit is not None else ""
    goal = goal_text(one.goal, words) or words.text("console.targets.no-number")
    state = words.text(f"console.targets.pace.{one.pace}")
    return goal_name(words, one.goal), goal, value or words.text("console.figure.none"), state
