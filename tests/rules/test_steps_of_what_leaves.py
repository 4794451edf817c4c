"""Every signature of a copy, a provision, a transfer, a release and a leak, in every state, by every role: a literal table.

Whoever isn't named in it is refused "not_signer". Over HTTP the same table is executed as soak
(``tests/views/test_steps_over_http.py``).
"""

import pytest

from admin_app import registers
from admin_app.models import register_named
from admin_app.operations.followups import load_all
from admin_app.operations.signatures import may_sign
from admin_app.permissions import Facts, Person, Role
from tests.fixtures.what_leaves import APPLICANT, EARLIER, IDS, KEEPER, MANAGER, STATES, SUPERVISOR, TABLE, form_in

registers.load_all()
load_all()


def somebody(role: Role, table: str) -> Person:
    rights = {table: dict(register_named(table).declaration.grants.get(role, {}))}
    return Person(
        IDS[role], role.value, role.value, frozenset({role}), role.clearance, store_id=1, department_id=1, rights=rights
    )


def test_the_table_names_every_signature_and_every_state():
    places = {
        (table, face.name) for table in STATES for face in register_named(table).faces.values() if face.signed_with
    }
    assert places == TABLE.keys()
    assert all(answers.keys() == STATES[table].keys() for (table, _face), (_roles, answers) in TABLE.items())


@pytest.mark.rule("R-CONF-07", "R-CONF-08", "R-CONF-09", "R-CONF-10", "R-ARCH-08", "R-PRIV-02", "R-ROLE-03")
@pytest.mark.parametrize(
    ("table", "place", "state"), [(table, place, state) for table, place in TABLE for state in STATES[table]]
)
def test_each_step_is_open_to_those_of_the_table_and_no_others(table, place, state):
    roles, answers = TABLE[table, place]
    form, level = form_in(table, state), register_named(table).declaration.level
    before = {name: getattr(form, name) for name in form.faces if form.faces[name].kind.name != "rows"}
    for role in Role:
        person = somebody(role, table)
        facts = Facts(
            level=level,
            scope=(1, 1, None),
            author=APPLICANT,
            parties=(IDS[KEEPER], IDS[Role.DESIGNER], IDS[Role.SALES_ADVISER]),
        )
        verdict = may_sign(form, form.faces[place], person, facts)
        told = (verdict.code, verdict.rule) if role in roles else (verdict.code, "")
        assert told == (answers[state] if role in roles else ("not_signer", "")), role
    assert {name: getattr(form, name) for name in before} == before


@pytest.mark.rule("R-ROLE-04", "R-CONF-09")
def test_nobody_signs_both_places_of_a_provision_nor_what_they_applied_for():
    form = form_in("external_provision", "first signed")
    both = Person(
        EARLIER, "both", "both", frozenset({SUPERVISOR, MANAGER}), MANAGER.clearance, store_id=1, department_id=1,
        rights={"external_provision": dict(register_named("external_provision").declaration.grants[MANAGER])},
    )  # fmt: skip
    facts = Facts(level=3, scope=(1, 1, None), author=APPLICANT)
    assert may_sign(form, form.faces["manager_signed_by_id"], both, facts).code == "same_person"
    form.applicant_id = IDS[MANAGER]
    manager = somebody(MANAGER, "external_provision")
    assert may_sign(form, form.faces["manager_signed_by_id"], manager, facts).code == "own_request"
