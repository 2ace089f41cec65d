"""Leads of people to work. Who may enter each."""

from core.officers import Right
from web.console.door import Room
from web.console.leads import applications, lead, listing, seeker, seekers, share

ROOMS = (
    Room.get(listing.PAGE, listing.show_leads, Right.ANSWER),
    Room.get(f"{listing.PAGE}/sheet", listing.show_sheet, Right.ANSWER),
    Room.get("/console/work/leads/{id:int}", lead.show_lead, Right.ANSWER),
    Room.post("/console/work/leads/{id:int}/move", lead.post_move, Right.ANSWER, page=lead.LEAD, keeps=lead.TYPED),
    Room.post("/console/work/leads/{id:int}/write", lead.post_write, Right.ANSWER, page=lead.LEAD, keeps=lead.TYPED),
    Room.get(applications.APPLICATIONS, applications.show_applications, Right.ANSWER),
    Room.get(f"{applications.APPLICATIONS}/sheet", applications.show_sheet, Right.ANSWER),
    Room.get(seekers.PAGE, seekers.show_seekers, Right.WRITE_SEEKERS),
    Room.get(f"{seekers.PAGE}/sheet", seekers.show_sheet, Right.ANSWER),
    Room.get("/console/work/seekers/{id:int}", seeker.show_seeker, Right.ANSWER),
    Room.post("/console/work/seekers/{id:int}/remove", seeker.post_remove, Right.ANSWER, page=seeker.SEEKER),
    Room.get("/console/work/seekers/{id:int}/edit", seeker.show_edit, Right.ANSWER),
    Room.post(
        "/console/work/seekers/{id:int}/edit", seeker.post_edit, Right.ANSWER, page=seeker.EDIT, keeps=seeker.TYPED
    ),
    Room.get(seeker.NEW, seeker.show_new, Right.WRITE_SEEKERS),
    Room.post(seeker.NEW, seeker.post_new, Right.WRITE_SEEKERS, page=seeker.NEW, keeps=seeker.TYPED),
    Room.get(share.PAGE, share.show_share, Right.READ_TOTALS),
    Room.get(f"{share.PAGE}/sheet", share.show_sheet, Right.ANSWER),
)
