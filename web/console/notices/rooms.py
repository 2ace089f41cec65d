"""Notices, and the calendar of what goes out. Who may enter each."""

from core.officers import Right
from handlers import scheduling
from handlers.campaigning import RIGHTS
from web.console.door import Room, Scope
from web.console.notices import acts, calendar, compose, doubts, ledger, listing, notice, proposing, schedule

NOTICES = (
    Room.get(listing.PAGE, listing.show_notices, Right.READ_CAMPAIGNS),
    Room.get(compose.NEW, compose.show_new, Right.WRITE_CAMPAIGNS),
    Room.post(compose.NEW, compose.post_new, Right.WRITE_CAMPAIGNS, page=compose.NEW, keeps=compose.TYPED, files=True),
    Room.get("/console/notices/{id:int}", notice.show_notice, Right.READ_CAMPAIGNS, scope=Scope.NOTICE),
    Room.get("/console/notices/{id:int}/file", notice.show_file, Right.READ_CAMPAIGNS, scope=Scope.NOTICE),
    Room.get("/console/notices/{id:int}/edit", compose.show_edit, Right.WRITE_CAMPAIGNS, scope=Scope.NOTICE),
    Room.post(
        "/console/notices/{id:int}/edit",
        compose.post_edit,
        Right.WRITE_CAMPAIGNS,
        scope=Scope.NOTICE,
        page=compose.EDIT,
        keeps=compose.TYPED,
        files=True,
    ),
    Room.get("/console/notices/{id:int}/ledger", ledger.show_ledger, Right.READ_LEDGER, scope=Scope.NOTICE),
    *(
        Room.get(f"/console/notices/{{id:int}}/ledger.{kind}", ledger.show_file, Right.READ_LEDGER, scope=Scope.NOTICE)
        for kind in ledger.KINDS
    ),
    Room.get(doubts.DOUBTS.replace("{id}", "{id:int}"), doubts.show_doubts, Right.READ_LEDGER, scope=Scope.NOTICE),
    Room.post(
        doubts.DOUBTS.replace("{id}", "{id:int}"),
        doubts.post_doubts,
        Right.CONTROL_CAMPAIGNS,
        scope=Scope.NOTICE,
        page=doubts.DOUBTS,
    ),
    *(
        Room.post(
            f"/console/notices/{{id:int}}/{step}",
            acts.post_step,
            right,
            scope=Scope.NOTICE,
            page=acts.NOTICE,
            keeps=acts.TYPED,
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
ROOMS = (*NOTICES, *CALENDAR)
