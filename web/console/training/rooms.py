"""Courses and who is on their lists. Who may enter each."""

from handlers.training import courses
from handlers.training import surveys as officers_surveys
from web.console.door import Room
from web.console.training import changing, course, listing, people, surveys
from web.console.training.access import PAGE

_COURSE = f"{PAGE}/{{id:int}}"
_PERSON = f"{_COURSE}/people/{{post:int}}"

ROOMS = (
    Room.get(PAGE, listing.show_courses, courses.READ),
    Room.get(surveys.PAGE, surveys.show_surveys, officers_surveys.READ),
    Room.get(f"{surveys.PAGE}/{{id:int}}", surveys.show_survey, officers_surveys.READ),
    Room.get(f"{surveys.PAGE}/{{id:int}}/sheet", surveys.show_sheet, officers_surveys.READ),
    Room.post(f"{surveys.PAGE}/{{id:int}}/end", surveys.post_end, officers_surveys.ACT, page=surveys.SURVEY),
    Room.get(surveys.NEW, surveys.show_new, officers_surveys.ACT),
    Room.post(surveys.NEW, surveys.post_new, officers_surveys.ACT, page=surveys.NEW, keeps=surveys.TYPED),
    Room.get(_COURSE, course.show_course, courses.READ),
    Room.get(f"{_COURSE}/sheet", course.show_sheet, courses.NAMES),
    Room.get(f"{_COURSE}/print", course.show_print, courses.NAMES),
    Room.get(f"{_COURSE}/enrol", people.show_enrol, courses.ACT),
    Room.post(f"{_COURSE}/enrol", people.post_enrol, courses.ACT, page=people.ENROL, keeps=people.ENROLS),
    Room.get(f"{_COURSE}/attendance", people.show_attend, courses.ACT),
    Room.post(f"{_COURSE}/attendance", people.post_attend, courses.ACT, page=people.ATTEND),
    Room.get(f"{_COURSE}/change", changing.show_change, courses.ACT),
    Room.post(f"{_COURSE}/change", changing.post_change, courses.ACT, page=changing.CHANGE, keeps=changing.CHANGES),
    Room.get(f"{_COURSE}/call", changing.show_call, courses.ACT),
    Room.post(f"{_COURSE}/call", changing.post_call, courses.ACT, page=changing.CALL),
    Room.get(_PERSON, people.show_person, courses.NAMES),
    *(
        Room.post(f"{_PERSON}/{name}", people.post_person, courses.ACT, page=people.PERSON, keeps=people.TYPED)
        for name in people.ACTS
    ),
)
