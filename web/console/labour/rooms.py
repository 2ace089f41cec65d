"""The labour force of poor and near-poor households. Who may enter each."""

from core.officers import Right
from web.console.door import Room
from web.console.labour import home, lists, survey

ROOMS = (
    Room.get(survey.PAGE, survey.show_survey, Right.READ_LABOUR),
    Room.get("/console/labour/sheet", lists.show_sheet, Right.READ_LABOUR),
    Room.get(lists.IMPORT, lists.show_import, Right.WRITE_LABOUR),
    Room.get(lists.SAMPLE, lists.show_sample, Right.WRITE_LABOUR),
    Room.post(lists.IMPORT, lists.post_import, Right.WRITE_LABOUR, page=lists.IMPORT, files=True),
    Room.get(home.NEW, home.show_new, Right.WRITE_LABOUR),
    Room.post(home.NEW, home.post_new, Right.WRITE_LABOUR, page=home.NEW, keeps=home.TYPED),
    Room.get("/console/labour/{id:int}", home.show_home, Right.READ_LABOUR),
    Room.post(
        "/console/labour/{id:int}/change", home.post_change, Right.WRITE_LABOUR, page=home.HOME, keeps=home.TYPED
    ),
    Room.post(
        "/console/labour/told/{id:int}", survey.post_told, Right.WRITE_LABOUR, page=survey.PAGE, keeps=survey.TYPED
    ),
)
