"""Job fairs and exchange sessions. Who may enter each."""

from core.officers import Right
from web.console.door import Room
from web.console.events import coming, event, form, listing
from web.console.events.lines import EVENT, PAGE

ROOMS = (
    Room.get(PAGE, listing.show_events, Right.READ_CAMPAIGNS),
    Room.get(form.NEW, form.show_new, Right.WRITE_CAMPAIGNS),
    Room.post(form.NEW, form.post_new, Right.WRITE_CAMPAIGNS, page=form.NEW, keeps=form.TYPED),
    Room.get("/console/work/events/{id:int}", event.show_event, Right.READ_CAMPAIGNS),
    Room.get("/console/work/events/{id:int}/edit", form.show_edit, Right.WRITE_CAMPAIGNS),
    Room.post(
        "/console/work/events/{id:int}/edit", form.post_edit, Right.WRITE_CAMPAIGNS, page=form.EDIT, keeps=form.TYPED
    ),
    *(
        Room.post(f"/console/work/events/{{id:int}}/{name}", event.post_act, right, page=EVENT, keeps=event.TYPED)
        for name, right in event.RIGHTS.items()
    ),
    Room.post("/console/work/events/{id:int}/invite", event.post_invite, Right.WRITE_CAMPAIGNS, page=EVENT),
    Room.get("/console/work/events/{id:int}/list", coming.show_list, Right.READ_LEDGER),
    Room.get("/console/work/events/{id:int}/sheet", coming.show_sheet, Right.READ_LEDGER),
    Room.post("/console/work/events/{id:int}/list/came", coming.post_came, Right.CONTROL_CAMPAIGNS, page=coming.LIST),
    Room.post(
        "/console/work/events/{id:int}/list/walk-ins",
        coming.post_walk_ins,
        Right.CONTROL_CAMPAIGNS,
        page=coming.LIST,
        keeps=coming.TYPED,
    ),
)
