"""What officers read in their chats of tasks that are due soon or late."""

from collections.abc import Sequence
from datetime import date

from content.catalogue import Catalogue
from content.formatting import date_text
from content.reminding import beginning
from content.wording import Wording, wording
from core.tasks import Task


def task_news(content: Catalogue, tasks: Sequence[Task], *, others: int, on: date, page: str, lang: str) -> str:
    """A line for each task, how many others there are, and what to do; `page` is the list's address, if it is known."""
    words = wording(lang)
    lines = [words.text("officer-chat.tasks"), *(_line(content, one, on, words) for one in tasks)]
    if others:
        lines.append(words.text("officer-chat.tasks.more", count=others))
    how = words.text("officer-chat.tasks.open", page=page) if page else words.text("officer-chat.tasks.how")
    return "\n".join([*lines, how])


def _line(content: Catalogue, task: Task, on: date, words: Wording) -> str:
    place = content.localities.get(task.locality)
    names = {one.id: one.name.get(words.lang) for one in place.offices} if place else {}
    office, left = names.get(task.office, task.office), (task.due - on).days
    told = {"text": beginning(task.text), "office": office, "day": date_text(task.due, words.lang)}
    if left < 0:
        return words.text("officer-chat.tasks.late", days=-left, **told)
    if left == 0:
        return words.text("officer-chat.tasks.today", **told)
    return words.text("officer-chat.tasks.soon", days=left, **told)
