"""What people state that they need. Who may enter each."""

from core.officers import Right
from web.console.door import Room
from web.console.needs import entering, listing, need

ONE = "/console/needs/{id:int}"
ROOMS = (
    Room.get(listing.PAGE, listing.show_needs, Right.READ_TOTALS),
    Room.get("/console/needs/counts", listing.show_counts, Right.READ_TOTALS),
    Room.get("/console/needs/sheet", listing.show_sheet, Right.READ_NEEDS),
    Room.get(entering.NEW, entering.show_new, Right.WORK_NEEDS),
    Room.post(entering.NEW, entering.post_new, Right.WORK_NEEDS, page=entering.NEW, keeps=entering.TYPED),
    Room.get(ONE, need.show_need, Right.READ_NEEDS),
    *(
        Room.post(
            f"{listing.PAGE}/{{id:int}}/{name}", need.post_act, Right.WORK_NEEDS, page=need.NEED, keeps=need.TYPED
        )
        for name in need.ACTS
    ),
)
