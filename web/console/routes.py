"""The one table of routes: where each room is, who may enter, and for what. A test goes through it role by role."""

from starlette.routing import Route

from core.officers import Right
from handlers import scheduling
from handlers.campaigning import RIGHTS
from web.console import (
    account,
    acting,
    calendar,
    components,
    compose,
    content,
    content_change,
    content_form,
    content_topic,
    content_words,
    home,
    learning,
    notice,
    notice_acts,
    notices,
    officers,
    proposing,
    questions,
    report_choice,
    report_rows,
    reports,
    schedule,
    signing,
    starting,
    thread,
)
from web.console.door import Room, Scope, route_of
from web.console.visit import HOME, SIGN_IN

OWN = (
    Room.own(HOME, home.show_home),
    Room.own(SIGN_IN, signing.show_sign_in, scope=Scope.OPEN),
    Room.own(SIGN_IN, signing.post_sign_in, scope=Scope.OPEN, form_on=SIGN_IN),
    Room.own("/console/look", signing.post_look, scope=Scope.OPEN, form_on=HOME),
    Room.own(starting.FORM, starting.show_start, scope=Scope.OPEN),
    Room.own(starting.FORM, starting.post_start, scope=Scope.OPEN, form_on=starting.FORM),
    Room.own("/console/sign-out", signing.post_sign_out, form_on=HOME),
    Room.own(account.PAGE, account.show_account),
    Room.own("/console/account/sessions/{id:int}/end", account.post_end, form_on=account.PAGE),
    Room.own("/console/account/sessions/end", account.post_end_all, form_on=account.PAGE),
    Room.own("/console/account/codes", account.post_codes, form_on=account.PAGE),
    Room.own("/console/components", components.show_components),
)
OFFICERS = (
    Room.get(officers.PAGE, officers.show_officers, Right.MANAGE_OFFICERS),
    Room.post(
        "/console/officers/new",
        officers.post_new,
        Right.MANAGE_OFFICERS,
        page=officers.PAGE,
        keeps=officers.TYPED,
    ),
    Room.post("/console/officers/{id:int}/link", officers.post_link, Right.MANAGE_OFFICERS, page=officers.PAGE),
    Room.get("/console/officers/{id:int}", officers.show_officer, Right.MANAGE_OFFICERS),
    *(
        Room.post(f"/console/officers/{{id:int}}/{name}", act, Right.MANAGE_OFFICERS, page=officers.OFFICER)
        for name, act in (
            ("role", officers.post_role),
            ("revoke", officers.post_revoke),
            ("retire", officers.post_retire),
        )
    ),
)
QUESTIONS = (
    Room.get(questions.PAGE, questions.show_questions, Right.READ_QUESTIONS),
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
        )
    ),
)
NOTICES = (
    Room.get(notices.PAGE, notices.show_notices, Right.READ_CAMPAIGNS),
    Room.get(compose.NEW, compose.show_new, Right.WRITE_CAMPAIGNS),
    Room.post(compose.NEW, compose.post_new, Right.WRITE_CAMPAIGNS, page=compose.NEW, keeps=compose.TYPED),
    Room.get("/console/notices/{id:int}", notice.show_notice, Right.READ_CAMPAIGNS, scope=Scope.NOTICE),
    Room.get("/console/notices/{id:int}/edit", compose.show_edit, Right.WRITE_CAMPAIGNS, scope=Scope.NOTICE),
    Room.post(
        "/console/notices/{id:int}/edit",
        compose.post_edit,
        Right.WRITE_CAMPAIGNS,
        scope=Scope.NOTICE,
        page=compose.EDIT,
        keeps=compose.TYPED,
    ),
    Room.get("/console/notices/{id:int}/ledger", notice_acts.show_ledger, Right.READ_LEDGER, scope=Scope.NOTICE),
    *(
        Room.post(
            f"/console/notices/{{id:int}}/{step}",
            notice_acts.post_step,
            right,
            scope=Scope.NOTICE,
            page=notice_acts.NOTICE,
            keeps=notice_acts.TYPED,
        )
        for step, right in RIGHTS.items()
    ),
)
CALENDAR = (
    Room.get(calendar.PAGE, calendar.show_calendar, Right.READ_CAMPAIGNS),
    Room.get(proposing.NEW, proposing.show_new, Right.WRITE_CAMPAIGNS),
    Room.post(proposing.NEW, proposing.post_new, Right.WRITE_CAMPAIGNS, page=proposing.NEW, keeps=proposing.TYPED),
    Room.get("/console/schedules/{id:int}", schedule.show_schedule, Right.READ_CAMPAIGNS, scope=Scope.SCHEDULE),
    *(
        Room.post(
            f"/console/schedules/{{id:int}}/{step}",
            schedule.post_step,
            right,
            scope=Scope.SCHEDULE,
            page=schedule.SCHEDULE,
        )
        for step, right in scheduling.RIGHTS.items()
    ),
    Room.get(
        "/console/schedules/{id:int}/posts/{post:int}",
        schedule.show_post,
        Right.READ_CAMPAIGNS,
        scope=Scope.SCHEDULE,
    ),
    Room.post(
        "/console/schedules/{id:int}/posts/{post:int}/reword",
        schedule.post_reword,
        Right.WRITE_CAMPAIGNS,
        scope=Scope.SCHEDULE,
        page=schedule.POST,
        keeps=schedule.TYPED,
    ),
    Room.post(
        "/console/schedules/{id:int}/posts/{post:int}/skip",
        schedule.post_skip,
        Right.CONTROL_CAMPAIGNS,
        scope=Scope.SCHEDULE,
        page=schedule.POST,
    ),
)
CONTENT = (
    Room.get(content_words.PAGE, content.show_content, Right.READ_CONTENT),
    Room.get("/console/content/{place}/topics/{topic}", content_topic.show_topic, Right.READ_CONTENT),
    Room.get("/console/content/{place}/plan/{part}", content_topic.show_plan, Right.READ_CONTENT),
    Room.get("/console/content/{place}/answer", content_form.show_choice, Right.WRITE_CONTENT),
    *(
        room
        for kind in ("office", "answer")
        for room in (
            Room.get(f"/console/content/{{place}}/{kind}/{{subject}}", content_form.show_form, Right.WRITE_CONTENT),
            Room.post(
                f"/console/content/{{place}}/{kind}/{{subject}}",
                content_form.post_form,
                Right.WRITE_CONTENT,
                page=f"/console/content/{{place}}/{kind}/{{subject}}",
                keeps=content_form.TYPED,
            ),
        )
    ),
    Room.get("/console/content/changes/{id:int}", content_change.show_change, Right.READ_CONTENT),
    *(
        Room.post(
            f"/console/content/changes/{{id:int}}/{step}",
            content_change.post_step,
            right,
            page=content_change.CHANGE,
            keeps=content_change.TYPED,
        )
        for step, right in content_change.STEPS.items()
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
REPORTS = (
    Room.get(report_choice.PAGE, reports.show_reports, Right.READ_TOTALS),
    Room.get(reports.ROWS, report_rows.show_rows, Right.READ_QUESTIONS),
    *(Room.get(path, reports.show_file, Right.READ_TOTALS) for path in reports.FILES.values()),
)
ROOMS = (*OWN, *OFFICERS, *QUESTIONS, *NOTICES, *CALENDAR, *CONTENT, *LEARNING, *REPORTS)


def console_routes() -> tuple[Route, ...]:
    """Each room behind the door."""
    return tuple(route_of(room) for room in ROOMS)
