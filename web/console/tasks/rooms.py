"""What the offices of a place are to do. Who may enter each."""

from core.officers import Right
from handlers.tasking import RIGHTS
from web.console.door import Room
from web.console.tasks import giving, listing, task

ROOMS = (
    Room.get(listing.PAGE, listing.show_tasks, Right.READ_TASKS),
    Room.get("/console/tasks/sheet", listing.show_sheet, Right.READ_TASKS),
    Room.get(giving.NEW, giving.show_new, Right.ASSIGN_TASKS),
    Room.post(giving.NEW, giving.post_new, Right.ASSIGN_TASKS, page=giving.NEW, keeps=giving.TYPED),
    Room.get(giving.PLAN, giving.show_plan, Right.ASSIGN_TASKS),
    Room.post(giving.PLAN, giving.post_plan, Right.ASSIGN_TASKS, page=giving.PLAN, keeps=giving.DAYS),
    Room.get("/console/tasks/{id:int}", task.show_task, Right.READ_TASKS),
    *(
        Room.post(f"/console/tasks/{{id:int}}/{name}", task.post_act, RIGHTS[act], page=task.TASK, keeps=task.TYPED)
        for name, act in task.ACTS.items()
    ),
)
