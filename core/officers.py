"""Who acts: officers, the roles they have, where they have them, and what each role may do (docs/decisions/0018)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

# Who has the machine acts as this one where no officer is named. It may do what an administrator may, and is nobody
# who could approve: an approval needs a person.
OPERATOR = "operator"


class Role(StrEnum):
    """What somebody is here for. The last three are narrow ones."""

    VIEWER = "viewer"
    ANSWERER = "answerer"
    EDITOR = "editor"
    APPROVER = "approver"
    ADMINISTRATOR = "administrator"
    COLLABORATOR = "collaborator"  # a hamlet leader
    SUPERVISOR = "supervisor"  # of the Fatherland Front, an inspector: totals, the log, and what is public
    EMPLOYER = "employer"  # their own vacancies and nothing else


class Right(StrEnum):
    """One kind of act that is allowed or refused."""

    READ_QUESTIONS = "questions.read"
    ANSWER = "questions.answer"
    READ_PERSON = "person.read"
    ERASE_PERSON = "person.erase"
    TEACH = "learn.propose"
    ACCEPT_TEACHING = "learn.accept"
    READ_TOTALS = "totals.read"
    READ_LOG = "log.read"
    IMPORT_CONTACTS = "contacts.import"
    READ_CAMPAIGNS = "campaigns.read"
    WRITE_CAMPAIGNS = "campaigns.write"
    APPROVE_CAMPAIGNS = "campaigns.approve"
    CONTROL_CAMPAIGNS = "campaigns.control"  # pause, resume, stop
    READ_LEDGER = "campaigns.ledger"  # who got what
    MANAGE_OFFICERS = "officers.manage"
    READ_CONTENT = "content.read"
    WRITE_CONTENT = "content.write"  # propose what the place says besides the packs
    APPROVE_CONTENT = "content.approve"
    WRITE_FIGURES = "figures.write"  # of a place's targets, and its rates of poor households
    APPROVE_FIGURES = "figures.approve"
    READ_TASKS = "tasks.read"
    WORK_TASKS = "tasks.work"  # say that a task is done, or ask for help
    ASSIGN_TASKS = "tasks.assign"
    READ_NEEDS = "needs.read"  # one by one; their totals are totals
    WORK_NEEDS = "needs.work"  # write down what somebody needs who came in person; say that it is met, or cannot be
    READ_LABOUR = "labour.read"
    WRITE_LABOUR = "labour.write"
    WRITE_SEEKERS = "seekers.write"  # write down who looks for work, for somebody without a phone


_VIEWS = frozenset(
    {Right.READ_QUESTIONS, Right.READ_TOTALS, Right.READ_CAMPAIGNS, Right.READ_CONTENT, Right.READ_TASKS}
    | {Right.READ_NEEDS, Right.READ_LABOUR}
)
ROLE_RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.VIEWER: _VIEWS,
    Role.ANSWERER: _VIEWS
    | {Right.ANSWER, Right.READ_PERSON, Right.TEACH, Right.WRITE_CONTENT, Right.WORK_TASKS}
    | {Right.WORK_NEEDS, Right.WRITE_LABOUR, Right.WRITE_SEEKERS},
    Role.EDITOR: _VIEWS
    | {Right.TEACH, Right.WRITE_CAMPAIGNS, Right.IMPORT_CONTACTS, Right.CONTROL_CAMPAIGNS, Right.READ_LEDGER}
    | {Right.WRITE_CONTENT, Right.WRITE_FIGURES, Right.WORK_TASKS, Right.ASSIGN_TASKS}
    | {Right.WORK_NEEDS, Right.WRITE_LABOUR},
    Role.APPROVER: _VIEWS
    | {Right.ACCEPT_TEACHING, Right.APPROVE_CAMPAIGNS, Right.CONTROL_CAMPAIGNS, Right.READ_LEDGER}
    | {Right.TEACH, Right.APPROVE_CONTENT, Right.APPROVE_FIGURES, Right.WORK_TASKS},
    Role.ADMINISTRATOR: frozenset(Right),
    Role.COLLABORATOR: frozenset({Right.READ_CAMPAIGNS, Right.READ_LABOUR, Right.WRITE_LABOUR, Right.WRITE_SEEKERS}),
    Role.SUPERVISOR: frozenset(
        {Right.READ_TOTALS, Right.READ_LOG, Right.READ_CAMPAIGNS, Right.READ_CONTENT, Right.READ_TASKS}
    ),
    Role.EMPLOYER: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Grant:
    """A role, and where it holds. An empty locality is all of the installation, an empty office all offices of it."""

    role: Role
    locality: str = ""
    office: str = ""

    def covers(self, locality: str, office: str) -> bool:
        """Whether it holds for something of this place ("" for the whole installation) and this office."""
        return self.locality in ("", locality) and self.office in ("", office)


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """Somebody who acts here."""

    id: int
    name: str
    grants: tuple[Grant, ...] = ()
    retired_at: datetime | None = None

    def may(self, right: Right, *, localities: Collection[str] = (), office: str = "") -> bool:
        """Whether this is allowed in every one of these localities; in none named, in the whole installation.

        >>> lan = Officer(id=1, name="Lan", grants=(Grant(role=Role.EDITOR, locality="dak-cam"),))
        >>> lan.may(Right.WRITE_CAMPAIGNS, localities=["dak-cam"]), lan.may(Right.WRITE_CAMPAIGNS)
        (True, False)
        """
        giving = [one for one in self.grants if right in ROLE_RIGHTS[one.role]]
        wanted = localities or ("",)
        return self.retired_at is None and all(any(one.covers(place, office) for one in giving) for place in wanted)

    def reach(self, right: Right) -> frozenset[tuple[str, str]]:
        """Where this is allowed: pairs of locality and office, "" for any."""
        giving = () if self.retired_at is not None else self.grants
        return frozenset((one.locality, one.office) for one in giving if right in ROLE_RIGHTS[one.role])

    def may_somewhere(self, right: Right) -> bool:
        """Whether this is allowed in any place at all: for lists, of which each sees what is theirs."""
        return self.retired_at is None and any(right in ROLE_RIGHTS[one.role] for one in self.grants)
