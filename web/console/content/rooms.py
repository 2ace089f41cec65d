"""What citizens are told, and what was not understood. Who may enter each."""

from core.officers import Right
from web.console.content import change, form, hamlets, learning, reading, topic, words
from web.console.door import Room

CONTENT = (
    Room.get(words.PAGE, reading.show_content, Right.READ_CONTENT),
    Room.get("/console/content/{place}/topics/{topic}", topic.show_topic, Right.READ_CONTENT),
    Room.get("/console/content/{place}/plan/{part}", topic.show_plan, Right.READ_CONTENT),
    Room.get("/console/content/{place}/answer", form.show_choice, Right.WRITE_CONTENT),
    Room.get("/console/content/{place}/hamlet", hamlets.show_choice, Right.WRITE_CONTENT),
    *(
        room
        for kind in ("office", "hamlet", "answer")
        for room in (
            Room.get(f"/console/content/{{place}}/{kind}/{{subject}}", form.show_form, Right.WRITE_CONTENT),
            Room.post(
                f"/console/content/{{place}}/{kind}/{{subject}}",
                form.post_form,
                Right.WRITE_CONTENT,
                page=f"/console/content/{{place}}/{kind}/{{subject}}",
                keeps=form.TYPED,
            ),
        )
    ),
    Room.get("/console/content/changes/{id:int}", change.show_change, Right.READ_CONTENT),
    *(
        Room.post(
            f"/console/content/changes/{{id:int}}/{step}",
            change.post_step,
            right,
            page=change.CHANGE,
            keeps=change.TYPED,
        )
        for step, right in change.STEPS.items()
    ),
)
LEARNING = (
    Room.get(learning.PAGE, learning.show_learning, Right.TEACH),
    Room.get("/console/learning/{id:int}", learning.show_words, Right.TEACH),
    *(
        Room.post(f"/console/learning/{{id:int}}/{step}", act, right, page=learning.ONE, keeps=learning.TYPED)
        for step, act, right in (
            ("propose", learning.post_propose, Right.TEACH),
            ("accept", learning.post_accept, Right.ACCEPT_TEACHING),
            ("drop", learning.post_drop, Right.TEACH),
        )
    ),
)
ROOMS = (*CONTENT, *LEARNING)
