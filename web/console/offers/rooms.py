"""Vacancies and courses. Who may enter each."""

from core.officers import Right
from web.console.door import Room
from web.console.offers import importing, listing, offer, writing

ROOMS = (
    Room.get(listing.PAGE, listing.show_offers, Right.READ_CAMPAIGNS),
    Room.get(writing.NEW, writing.show_new, Right.WRITE_CAMPAIGNS),
    Room.post(writing.NEW, writing.post_new, Right.WRITE_CAMPAIGNS, page=writing.NEW, keeps=writing.TYPED),
    Room.get(importing.IMPORT, importing.show_import, Right.WRITE_CAMPAIGNS),
    Room.post(
        importing.IMPORT,
        importing.post_file,
        Right.WRITE_CAMPAIGNS,
        page=importing.IMPORT,
        files=True,
    ),
    Room.post(f"{importing.IMPORT}/put", importing.post_put, Right.WRITE_CAMPAIGNS, page=importing.IMPORT),
    Room.post(f"{importing.IMPORT}/drop", importing.post_drop, Right.WRITE_CAMPAIGNS, page=importing.IMPORT),
    Room.get(f"{listing.PAGE}/{{id:int}}", offer.show_offer, Right.READ_CAMPAIGNS),
    Room.get(f"{listing.PAGE}/{{id:int}}/edit", writing.show_edit, Right.WRITE_CAMPAIGNS),
    Room.post(
        f"{listing.PAGE}/{{id:int}}/edit",
        writing.post_edit,
        Right.WRITE_CAMPAIGNS,
        page=writing.EDIT,
        keeps=writing.TYPED,
    ),
    *(
        Room.post(f"{listing.PAGE}/{{id:int}}/{act}", offer.post_act, right, page=offer.OFFER, keeps=offer.TYPED)
        for act, right in offer.ACTS.items()
    ),
)
