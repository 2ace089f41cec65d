"""Ways in and out: signing in, the first link, one's own account. Who may enter each."""

from web.console.door import Room, Scope
from web.console.entering import account, signing, starting
from web.console.navigation import HOME
from web.console.visit import SIGN_IN

ROOMS = (
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
    Room.own("/console/account/chats", account.post_chat, form_on=account.PAGE),
    Room.own("/console/account/chats/{id:int}/end", account.post_chat_end, form_on=account.PAGE),
)
