"""The role table, pair by pair: who may do what, where."""

import pytest

from core.officers import ROLE_RIGHTS, Grant, Officer, Right, Role
from tests.support.clock import MORNING

# Worked out from what each is here for; ✓ may, . may not. Written again by hand on purpose.
TABLE = """
                    viewer answerer editor approver administrator collaborator supervisor employer
questions.read      ✓      ✓        ✓      ✓        ✓             .            .          .
questions.answer    .      ✓        .      .        ✓             .            .          .
person.read         .      ✓        .      .        ✓             .            .          .
person.erase        .      .        .      .        ✓             .            .          .
learn.propose       .      ✓        ✓      ✓        ✓             .            .          .
learn.accept        .      .        .      ✓        ✓             .            .          .
totals.read         ✓      ✓        ✓      ✓        ✓             .            ✓          .
log.read            .      .        .      .        ✓             .            ✓          .
contacts.import     .      .        ✓      .        ✓             .            .          .
campaigns.read      ✓      ✓        ✓      ✓        ✓             ✓            ✓          .
campaigns.write     .      .        ✓      .        ✓             .            .          .
campaigns.approve   .      .        .      ✓        ✓             .            .          .
campaigns.control   .      .        ✓      ✓        ✓             .            .          .
campaigns.ledger    .      .        ✓      ✓        ✓             .            .          .
officers.manage     .      .        .      .        ✓             .            .          .
content.read        ✓      ✓        ✓      ✓        ✓             .            ✓          .
content.write       .      ✓        ✓      .        ✓             .            .          .
content.approve     .      .        .      ✓        ✓             .            .          .
figures.write       .      .        ✓      .        ✓             .            .          .
figures.approve     .      .        .      ✓        ✓             .            .          .
tasks.read          ✓      ✓        ✓      ✓        ✓             .            ✓          .
tasks.work          .      ✓        ✓      ✓        ✓             .            .          .
tasks.assign        .      .        ✓      .        ✓             .            .          .
needs.read          ✓      ✓        ✓      ✓        ✓             .            .          .
needs.work          .      ✓        ✓      .        ✓             .            .          .
labour.read         ✓      ✓        ✓      ✓        ✓             ✓            .          .
labour.write        .      ✓        ✓      .        ✓             ✓            .          .
seekers.write       .      ✓        .      .        ✓             ✓            .          .
"""
_HEAD, *_ROWS = (line.split() for line in TABLE.strip().splitlines())
PAIRS = [(Right(row[0]), Role(role), mark == "✓") for row in _ROWS for role, mark in zip(_HEAD, row[1:], strict=True)]


def somebody(*grants: Grant) -> Officer:
    return Officer(id=1, name="Lan", grants=grants)


def test_the_table_names_every_pair() -> None:
    assert len(PAIRS) == len(Right) * len(Role)


@pytest.mark.parametrize(("right", "role", "allowed"), PAIRS)
def test_what_a_role_may(right: Right, role: Role, allowed: bool) -> None:
    assert (right in ROLE_RIGHTS[role]) is allowed
    assert somebody(Grant(role=role, locality="dak-cam")).may(right, localities=["dak-cam"]) is allowed


def test_only_where_the_role_holds() -> None:
    lan = somebody(Grant(role=Role.EDITOR, locality="dak-cam"), Grant(role=Role.VIEWER))
    assert lan.may(Right.WRITE_CAMPAIGNS, localities=["dak-cam"])
    assert not lan.may(Right.WRITE_CAMPAIGNS, localities=["dak-cam", "di-su"])
    assert not lan.may(Right.WRITE_CAMPAIGNS)
    assert lan.may(Right.READ_CAMPAIGNS) and lan.may(Right.READ_CAMPAIGNS, localities=["dak-cam", "di-su"])


def test_several_roles_add_up_over_places() -> None:
    lan = somebody(*(Grant(role=Role.EDITOR, locality=one) for one in ("dak-cam", "di-su")))
    assert lan.may(Right.WRITE_CAMPAIGNS, localities=["dak-cam", "di-su"])


def test_only_for_the_office_where_one_is_named() -> None:
    lan = somebody(Grant(role=Role.ANSWERER, locality="dak-cam", office="labour"))
    assert lan.may(Right.ANSWER, localities=["dak-cam"], office="labour")
    assert not lan.may(Right.ANSWER, localities=["dak-cam"], office="culture")
    assert not lan.may(Right.ANSWER, localities=["dak-cam"])


def test_who_left_may_nothing() -> None:
    gone = Officer(id=1, name="Lan", grants=(Grant(role=Role.ADMINISTRATOR),), retired_at=MORNING)
    assert not any(gone.may(right) for right in Right)
