"""Posts of the market. Who may enter each."""

from core.officers import Right
from web.console.door import Room
from web.console.market import listing, post

_GOODS = f"{listing.PAGE}/{{id:int}}/{post.REGROUP}"

ROOMS = (
    Room.get(listing.PAGE, listing.show_posts, Right.READ_QUESTIONS),
    Room.get(f"{listing.PAGE}/sheet", listing.show_sheet, Right.READ_QUESTIONS),
    Room.get(f"{listing.PAGE}/{{id:int}}", post.show_post, Right.READ_QUESTIONS),
    Room.post(_GOODS, post.post_goods, Right.ANSWER, page=post.POST, keeps=post.TYPED),
    *(
        Room.post(f"{listing.PAGE}/{{id:int}}/{act}", post.post_act, Right.ANSWER, page=post.POST, keeps=post.TYPED)
        for act in post.ACTS
    ),
)
