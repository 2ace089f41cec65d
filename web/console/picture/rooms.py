"""The labour market of a place. Who may enter each."""

from core.officers import Right
from web.console.door import Room
from web.console.picture import picture

ROOMS = (
    Room.get(picture.PAGE, picture.show_picture, Right.READ_TOTALS),
    Room.get("/console/work/picture/sheet", picture.show_sheet, Right.READ_TOTALS),
)
