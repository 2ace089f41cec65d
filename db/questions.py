"""Citizens' cases."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, case, func, insert, literal, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import ConflictError
from core.messages import attachment_from_json, attachment_to_json
from core.questions import Author, Entry, Question, QuestionKind, QuestionState
from core.records import NewQuestion
from db.columns import Moment
from db.models import code_tries, entry_files, question_entries, questions


class SqlQuestions:
    """See core.storage.Questions."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def open(self, question: NewQuestion) -> int:
        """Open a question; gives its id. Raises ConflictError when the code is taken."""
        try:
            made = await self._db.execute(
                insert(questions)
                .values(
                    code=question.code,
                    contact_id=question.contact_id,
                    locality=question.locality,
                    office=question.office,
                    topic=question.topic,
                    kind=question.kind,
                    state=QuestionState.OPEN,
                    urgent=question.urgent,
                    created_at=question.created_at,
                    due_at=question.due_at,
                )
                .returning(questions.c.id)
            )
        except IntegrityError as error:
            raise ConflictError("this code is taken") from error
        question_id = int(made.scalar_one())
        await self._insert_entry(question_id, question.entry)
        return question_id

    async def get(self, key: str) -> Question | None:
        """By id or by code, with its thread."""
        # A code of six digits could look like an id: codes are asked for first.
        found = (
            await self._db.execute(select(questions).where(questions.c.code == key.replace(" ", "").upper()))
        ).first()
        if found is None and key.isascii() and key.isdigit() and len(key) < 19:
            found = (await self._db.execute(select(questions).where(questions.c.id == int(key)))).first()
        if found is None:
            return None
        rows = await self._db.execute(
            select(question_entries).where(question_entries.c.question_id == found.id).order_by(question_entries.c.id)
        )
        return question_from_row(found, tuple(_entry(row) for row in rows))

    async def tried(self, account: str, contact_id: int, *, since: datetime) -> tuple[int, int]:
        """Wrong codes since then: of this person, and of all at this channel account."""
        mine = func.count().filter(code_tries.c.contact_id == contact_id)
        counted = select(mine, func.count()).where(code_tries.c.account == account, code_tries.c.at > since)
        own, everybody = (await self._db.execute(counted)).one()
        return int(own), int(everybody)

    async def wrong_code(self, account: str, contact_id: int, at: datetime) -> None:
        """Remember that somebody typed a code which nobody has."""
        await self._db.execute(insert(code_tries).values(account=account, contact_id=contact_id, at=at))

    async def list(self, *, states: Sequence[QuestionState], locality: str | None = None) -> list[Question]:
        """Without threads: urgent ones on top, then the one due first."""
        wanted = select(questions).where(questions.c.state.in_(states))
        if locality is not None:
            wanted = wanted.where(questions.c.locality == locality)
        rows = await self._db.execute(wanted.order_by(questions.c.urgent.desc(), questions.c.due_at, questions.c.id))
        return [question_from_row(row) for row in rows]

    async def add_entry(
        self, question_id: int, entry: Entry, *, state: QuestionState, due_at: datetime | None = None
    ) -> None:
        """Add to the thread and set the state; with `due_at`, an answer is owed anew by then."""
        await self._insert_entry(question_id, entry)
        due = {} if due_at is None else {"due_at": due_at}
        await self._change(question_id, state=state, **due, **(_answered(entry.at) if entry.officer else {}))

    async def answered_before(self, ids: Sequence[int]) -> set[int]:
        """Which of these have an officer's answer in their thread already."""
        found = select(question_entries.c.question_id).where(
            question_entries.c.question_id.in_(ids), question_entries.c.author == Author.OFFICER
        )
        return set((await self._db.execute(found)).scalars())

    async def set_state(self, question_id: int, state: QuestionState) -> None:
        """Set the state."""
        await self._change(question_id, state=state)

    async def _change(self, question_id: int, **values: Any) -> None:
        moved = questions.c.version + 1
        await self._db.execute(update(questions).where(questions.c.id == question_id).values(version=moved, **values))

    async def place(self, question_id: int, locality: str) -> None:
        """Say where a question belongs; one that has a locality keeps it."""
        await self._db.execute(
            update(questions)
            .where(questions.c.id == question_id, questions.c.locality.is_(None))
            .values(locality=locality)
        )

    async def _insert_entry(self, question_id: int, entry: Entry) -> None:
        made = await self._db.execute(
            insert(question_entries)
            .values(
                question_id=question_id,
                author=entry.author,
                officer=entry.officer,
                at=entry.at,
                body={"text": entry.text, "attachments": [attachment_to_json(item) for item in entry.attachments]},
            )
            .returning(question_entries.c.id)
        )
        entry_id = made.scalar_one()
        if hashes := {item.sha256 for item in entry.attachments}:
            await self._db.execute(
                insert(entry_files), [{"entry_id": entry_id, "sha256": sha256} for sha256 in sorted(hashes)]
            )


def _answered(at: datetime) -> dict[str, Any]:
    """What an answer changes: the first one counts for the totals, and nobody above is asked any more."""
    first = questions.c.answered_at.is_(None)
    late = case((first, questions.c.due_at < at), else_=questions.c.late)
    return {"upper": None, "answered_at": func.coalesce(questions.c.answered_at, literal(at, Moment)), "late": late}


def question_from_row(row: Row[Any], thread: tuple[Entry, ...] = ()) -> Question:
    """A row of `questions` as the core knows it."""
    return Question(
        id=row.id,
        code=row.code,
        contact_id=row.contact_id,
        locality=row.locality,
        office=row.office,
        topic=row.topic,
        kind=QuestionKind(row.kind),
        state=QuestionState(row.state),
        urgent=row.urgent,
        created_at=row.created_at,
        due_at=row.due_at,
        thread=thread,
        version=row.version,
        talk_until=row.talk_until,
        upper=row.upper,
    )


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        author=Author(row.author),
        officer=row.officer,
        at=row.at,
        text=row.body["text"],
        attachments=tuple(attachment_from_json(item) for item in row.body["attachments"]),
    )
