"""Every sentence of the console is in both catalogues, and none is left over."""

import re
from pathlib import Path

import pytest

from content.citations import Stands
from content.series.schema import Room
from content.wording import LANGUAGES, wording
from core.contacts import Refusal
from core.officers import Role
from core.schedules import ScheduleState, Skipped
from web import rendering
from web.console.officers import ROLES
from web.console.questions.suggestions import READY
from web.console.states import MARKS

WEB = Path(rendering.__file__).parent
# Put together in the code: by their first part.
COMPUTED = ("console.done.", "console.weekday.", "console.head.", "console.theme.", "console.show.", "console.ready.")
COMPUTED += ("console.notices.", "console.kind.", "console.status.", "console.audience.", "console.act.")
COMPUTED += ("console.compose.fault.", "console.sending.doubt.", "console.compose.text.")
COMPUTED += ("console.schedule.", "console.post.why.", "console.post.lacks.", "console.propose.", "console.cited.")
COMPUTED += ("console.role-hint.", "console.officers.fault.", "console.post.fired", "console.post.skipped")
COMPUTED += ("console.content.field.", "console.content.state.", "console.content.wrong.", "console.content.count.")
COMPUTED += ("console.content.certainty.", "console.content.by.", "console.content.form.", "console.content.take-away.")
COMPUTED += ("console.learning.label.", "console.learning.refused.", "console.learning.state.", "console.learning.why.")
COMPUTED += ("console.reports.empty.", "console.reports.file.", "console.reports.offer.")
COMPUTED += ("console.task.", "console.tasks.", "console.targets.", "console.figure.", "console.rates.")
COMPUTED += ("console.offers.", "console.offer.", "console.import.fault.", "console.home.offers.")
COMPUTED += ("console.events.", "console.picture.")
COMPUTED += ("console.doubts.", "console.ledger.file.", "console.along.goes.")
COMPUTED += ("console.need.", "console.needs.", "console.labour.")
COMPUTED += ("console.question.kind.", "console.nav.work", "console.market.")
COMPUTED += ("console.leads.", "console.share.how.", "console.share.name.", "console.seekers.")
COMPUTED += ("console.months.", "console.course.", "console.survey.")
COMPUTED += ("console.role.", "console.state.", "console.unreached.", "console.start.password.")


def used() -> set[str]:
    """The sentences that templates and rooms name."""
    files = [*(WEB / "console").rglob("*.py"), *(WEB / "templates" / "console").glob("*.html")]
    files += [WEB.parent / "handlers" / "campaigning.py", *(WEB.parent / "handlers" / "officer_chats").glob("*.py")]
    found = {one for path in files for one in re.findall(r"[\"'](console\.[a-z.0-9-]+)", path.read_text("utf-8"))}
    return {one for one in found if not one.endswith((".py", ".js", ".css"))}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_exists_and_none_is_left_over(lang: str) -> None:
    known = {one for one in wording(lang).ids() if one.startswith("console.")}
    assert {one for one in used() if one not in known and not one.endswith(".")} == set()
    either = {"console.note.empty", "console.close.empty"}  # by the form that was sent
    assert {one for one in known - used() - either if not one.startswith(COMPUTED)} == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_put_together_exists(lang: str) -> None:
    words = wording(lang)
    wanted = [f"console.role.{one}" for one in Role] + [f"console.state.{one}" for one in MARKS]
    wanted += [f"console.unreached.{one}" for one in Refusal] + [f"console.weekday.{day}" for day in range(7)]
    wanted += [f"console.ready.{one}{end}" for one in READY for end in ("", ".title")]
    wanted += [f"console.schedule.{one}" for one in ScheduleState] + [f"console.post.why.{one}" for one in Skipped]
    wanted += [f"console.post.lacks.{one}" for one in Room if one is not Room.NONE]
    wanted += [f"console.role-hint.{one}" for one in ROLES]
    wanted += [f"console.cited.{one}" for one in Stands if one is not Stands.IN_FORCE]
    assert [one for one in wanted if not words.has(one)] == []
