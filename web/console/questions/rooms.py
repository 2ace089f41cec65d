"""Questions of citizens, what came meanwhile, their months, and slips of answers. Who may enter each."""

from core.officers import Right
from web.console.door import Room, Scope
from web.console.questions import acting, months, news, queue, slip, thread

QUESTIONS = (
    Room.get(queue.PAGE, queue.show_questions, Right.READ_QUESTIONS),
    Room.get("/console/questions/{id:int}", thread.show_question, Right.READ_QUESTIONS, scope=Scope.QUESTION),
    *(
        Room.post(
            f"/console/questions/{{id:int}}/{name}",
            act,
            Right.ANSWER,
            scope=Scope.QUESTION,
            page=acting.QUESTION,
            keeps=acting.TYPED,
        )
        for name, act in (
            ("answer", acting.post_answer),
            ("note", acting.post_note),
            ("hold", acting.post_hold),
            ("hand-over", acting.post_hand_over),
            ("close", acting.post_close),
            ("talk", acting.post_talk),
            ("pass-up", acting.post_pass_up),
        )
    ),
)
# A form's address that was typed, kept as a bookmark or gone back to leads to the page on which the form stands.
FORMS = tuple(
    Room.get(one.path, acting.show_form, Right.READ_QUESTIONS, scope=Scope.QUESTION)
    for one in QUESTIONS
    if one.method == "POST"
)
NEWS = (
    Room.get(news.PATH, news.show_news, Right.READ_QUESTIONS, asks_itself=True),
    Room.get(
        "/console/questions/{id:int}/news",
        news.show_question_news,
        Right.READ_QUESTIONS,
        scope=Scope.QUESTION,
        asks_itself=True,
    ),
)
MONTHS = (
    Room.get(months.PAGE, months.show_months, Right.READ_TOTALS),
    Room.get(f"{months.PAGE}.xlsx", months.show_sheet, Right.READ_TOTALS),
)
SLIPS = (
    Room.get(slip.SLIP.replace("{id}", "{id:int}"), slip.show_slip, Right.ANSWER, scope=Scope.QUESTION),
    Room.get("/console/questions/{id:int}/slip.pdf", slip.show_pdf, Right.ANSWER, scope=Scope.QUESTION),
    Room.post("/console/questions/{id:int}/slip", slip.post_slip, Right.ANSWER, scope=Scope.QUESTION, page=slip.SLIP),
)
ROOMS = (*QUESTIONS, *FORMS, *NEWS, *MONTHS, *SLIPS)
