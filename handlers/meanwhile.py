"""While an officer talks to somebody the machine is silent: what they write goes into the question's thread.

What still has its answer: danger and what looks like a fraud, every button, a word that means the same everywhere
("menu", "hủy", "xóa dữ liệu của tôi"), "dừng" in any spelling, a code, a yes or no to what waits for one, and what is
told in private in a self-check or for a form, which no officer may read.
"""

from dataclasses import replace

from content.understanding import Decision
from content.understanding.assent import assent
from core.conversation import TalkEnded, Turn
from core.questions import Question, QuestionState, spoken_code
from handlers import cases, drafts
from handlers.codes import join_code_within, read_code, read_slip_code
from handlers.context import Context
from handlers.routing import Router
from handlers.subscribing import reading

router = Router("meanwhile")

LONGEST = 2000  # characters: more is refused as everywhere
# What is asked there is answered there: in private, by somebody in danger, or before everything is deleted.
ITS_OWN = ("selfcheck.", "request.", "danger.", "mydata.")


def talked(ctx: Context) -> Question | None:
    """The question about which an officer talks to this person now."""
    return next((one for one in ctx.person.questions if one.talks(ctx.now)), None)


@router.but_words
def into_the_thread(ctx: Context) -> Turn | None:
    """Words and files for the officer; nothing is said."""
    one = talked(ctx)
    if one is None or _for_the_machine(ctx, one):
        return None
    more = cases.more_of(ctx, one, ctx.text, ctx.message.attachments)
    thanks = ctx.reading.decision is Decision.SMALLTALK and ctx.reading.labels[0] in ("thanks", "bye")
    if one.state is QuestionState.ANSWERED and thanks and not ctx.message.attachments:
        more = replace(more, settled=True, reopen=False, due_at=None)
    return Turn().event(more)


def _for_the_machine(ctx: Context, one: Question) -> bool:
    waiting, files = ctx.person.conversation.waiting, ctx.message.attachments
    if ctx.message.unread or not (ctx.text or files) or len(ctx.text) > LONGEST:
        return True  # what cannot be read is told as always
    alarmed = waiting is not None and waiting.state.startswith("danger.")
    if waiting is not None and waiting.state.startswith(ITS_OWN) and not (alarmed and one.urgent):
        return True  # an alarm of its own; not the one about which the officer talks
    if files:
        return False
    asked = drafts.pending(ctx.person.conversation) is not None and assent(ctx.text) is not None
    code = read_code(ctx.text) or read_slip_code(ctx.text) or join_code_within(ctx.text)
    return asked or code is not None or reading.stops_all(ctx.text)


@router.press("talk-end")
def back_to_the_machine(ctx: Context, key: str) -> Turn | None:
    """The person would rather have the machine answer again; the officer keeps the question."""
    one = cases.mine(ctx, key)
    if one is None:
        return None
    turn = ctx.say("talk.ended_by_you", ctx.button("topics"), ctx.button("menu"), code=spoken_code(one.code))
    return turn.event(TalkEnded(question_id=one.id)) if one.talks(ctx.now) else turn
