"""The one table of routes: where each room is, who may enter, and for what. A test goes through it role by role."""

from starlette.routing import Route

from core.officers import Right
from handlers.campaigning import RIGHTS
from web.console import (
    account,
    acting,
    components,
    compose,
    home,
    notice,
    notice_acts,
    notices,
    officers,
    questions,
    signing,
    starting,
    thread,
)
from web.console.door import Room, Scope, route_of
from web.console.visit import HOME, SIGN_IN

ROOMS = (
    Room(method="GET", path=HOME, show=home.show_home, scope=Scope.SIGNED),
    Room(method="GET", path=SIGN_IN, show=signing.show_sign_in, scope=Scope.OPEN),
    Room(method="POST", path=SIGN_IN, show=signing.post_sign_in, scope=Scope.OPEN, page=SIGN_IN),
    Room(method="POST", path="/console/look", show=signing.post_look, scope=Scope.OPEN, page=HOME),
    Room(method="GET", path=starting.FORM, show=starting.show_start, scope=Scope.OPEN),
    Room(method="POST", path=starting.FORM, show=starting.post_start, scope=Scope.OPEN, page=starting.FORM),
    Room(method="POST", path="/console/sign-out", show=signing.post_sign_out, scope=Scope.SIGNED, page=HOME),
    Room(method="GET", path=account.PAGE, show=account.show_account, scope=Scope.SIGNED),
    Room(
        method="POST",
        path="/console/account/sessions/{id:int}/end",
        show=account.post_end,
        scope=Scope.SIGNED,
        page=account.PAGE,
    ),
    Room(
        method="POST",
        path="/console/account/sessions/end",
        show=account.post_end_all,
        scope=Scope.SIGNED,
        page=account.PAGE,
    ),
    Room(method="POST", path="/console/account/codes", show=account.post_codes, scope=Scope.SIGNED, page=account.PAGE),
    Room(
        method="GET",
        path=officers.PAGE,
        show=officers.show_officers,
        scope=Scope.SOMEWHERE,
        right=Right.MANAGE_OFFICERS,
    ),
    Room(
        method="POST",
        path="/console/officers/{id:int}/link",
        show=officers.post_link,
        scope=Scope.SOMEWHERE,
        right=Right.MANAGE_OFFICERS,
        page=officers.PAGE,
    ),
    Room(
        method="GET",
        path=questions.PAGE,
        show=questions.show_questions,
        scope=Scope.SOMEWHERE,
        right=Right.READ_QUESTIONS,
    ),
    Room(
        method="GET",
        path="/console/questions/{id:int}",
        show=thread.show_question,
        scope=Scope.QUESTION,
        right=Right.READ_QUESTIONS,
    ),
    *(
        Room(
            method="POST",
            path=f"/console/questions/{{id:int}}/{name}",
            show=act,
            scope=Scope.QUESTION,
            right=Right.ANSWER,
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
    Room(
        method="GET",
        path=notices.PAGE,
        show=notices.show_notices,
        scope=Scope.SOMEWHERE,
        right=Right.READ_CAMPAIGNS,
    ),
    Room(method="GET", path=compose.NEW, show=compose.show_new, scope=Scope.SOMEWHERE, right=Right.WRITE_CAMPAIGNS),
    Room(
        method="POST",
        path=compose.NEW,
        show=compose.post_new,
        scope=Scope.SOMEWHERE,
        right=Right.WRITE_CAMPAIGNS,
        page=compose.NEW,
        keeps=compose.TYPED,
    ),
    *(
        Room(method="GET", path=f"/console/notices/{{id:int}}{end}", show=show, scope=Scope.NOTICE, right=right)
        for end, show, right in (
            ("", notice.show_notice, Right.READ_CAMPAIGNS),
            ("/edit", compose.show_edit, Right.WRITE_CAMPAIGNS),
            ("/ledger", notice_acts.show_ledger, Right.READ_LEDGER),
        )
    ),
    Room(
        method="POST",
        path="/console/notices/{id:int}/edit",
        show=compose.post_edit,
        scope=Scope.NOTICE,
        right=Right.WRITE_CAMPAIGNS,
        page=compose.EDIT,
        keeps=compose.TYPED,
    ),
    *(
        Room(
            method="POST",
            path=f"/console/notices/{{id:int}}/{step}",
            show=notice_acts.post_step,
            scope=Scope.NOTICE,
            right=right,
            page=notice_acts.NOTICE,
            keeps=notice_acts.TYPED,
        )
        for step, right in RIGHTS.items()
    ),
    Room(method="GET", path="/console/components", show=components.show_components, scope=Scope.SIGNED),
)


def console_routes() -> tuple[Route, ...]:
    """Each room behind the door."""
    return tuple(route_of(room) for room in ROOMS)
