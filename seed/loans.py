"""Loans: the closed history of a paper ledger, loans returned, and loans still out, one of them overdue."""

from datetime import datetime, timedelta
from itertools import islice

from admin_app.guard.numbers import next_number
from admin_app.guard.stamps import operating
from admin_app.operations.archives.parties import renew_grant
from admin_app.operations.archives.standing import contents_digest
from admin_app.permissions import Action, Level, Role
from admin_app.registers.archives.archive_item import ArchiveItem
from admin_app.registers.archives.archive_loan import ArchiveLoan
from admin_app.registers.organisation.employee import Employee
from admin_app.rules.archives import archive_number
from admin_app.rules.figures import GRANT_DAYS
from admin_app.rules.ladders import Kind, ladder
from admin_app.rules.loan_terms import due_moment, lapse_moment
from admin_app.rules.working_days import PUBLIC
from admin_app.working.approvals import ApprovalStep, RecordParty
from admin_app.working.lending import Reservation, Urge

from .invented import local_day
from .people import HEADS, LEAVER, Company

_LEDGER_LINES, _RETURNED = 12, 14
#: days that a paper lies in its place before anybody asks for it
_IN_PLACE = 7
#: hours since the issue of the loans still out; the first is overdue
_OUT_SINCE = (98, 60, 26, 3)
_PURPOSES = (
    ("办理续保", "核对合同条款"),
    ("处理客户投诉", "查看验收记录"),
    ("工程结算", "核对增减项"),
    ("客户回访", "了解房屋情况"),
)


def lend(company: Company, papers: list[ArchiveItem]) -> None:
    """The register of loans over *papers*, none lent twice and none of them classified."""
    session, invent = company.session, company.invent
    today = local_day(invent.now)
    lendable = [
        paper for paper in papers if paper.level <= Level.SECRET and (today - paper.received_on).days > _IN_PLACE
    ]
    picked = iter(invent.random.sample(lendable, min(len(lendable), _RETURNED + 1 + len(_OUT_SINCE))))
    with operating(session):
        session.add_all(_from_ledger(company, line) for line in range(_LEDGER_LINES))
        for paper in islice(picked, _RETURNED):
            longest = min((today - paper.received_on).days - 1, 120)
            issued_at = invent.working_moment(invent.random.randint(5, longest))
            back_at = issued_at + timedelta(hours=invent.random.randint(2, 70))
            _lend(company, paper, issued_at, back_at)
        back, out = list(islice(picked, 1)), list(islice(picked, len(_OUT_SINCE)))
        loans = [
            _lend(company, paper, invent.now - timedelta(hours=hours), None)
            for paper, hours in zip(out, _OUT_SINCE, strict=False)
        ]
    _reserve(company, back, told=True)
    _reserve(company, [paper for paper in out if paper.owner_id != paper.holder_id][:1], told=False)
    _urge(company, loans[:1])
    session.flush()


def _from_ledger(company: Company, line: int) -> ArchiveLoan:
    """A loan from before the program: names as they were written (R-LOAN-02)."""
    issued_at = company.invent.working_moment(700 - 20 * line)
    keeper = company.people["archive_keeper"]
    return ArchiveLoan(
        number=_number(company, issued_at),
        source="ledger",
        state="returned",
        ledger_item_name=company.invent.random.choice(("装修合同", "施工图纸", "购车发票复印件", "验收单")),
        ledger_borrower=company.invent.name(),
        copies=1,
        reason="查对资料",
        issued_at=issued_at,
        returned_at=issued_at + timedelta(days=company.invent.random.randint(1, 9)),
        returned_copies=1,
        condition="good",
        created_by_id=keeper.id,
    )


def _lend(company: Company, paper: ArchiveItem, issued_at: datetime, returned_at: datetime | None) -> ArchiveLoan:
    borrower = _borrower(company, paper)
    keeper = company.people["archive_keeper"]
    purpose, reason = company.invent.random.choice(_PURPOSES)
    asked_at = issued_at - timedelta(hours=20)
    granted_at = asked_at + timedelta(hours=2)
    loan = ArchiveLoan(
        number=_number(company, asked_at),
        source="system",
        item_id=paper.id,
        copies=paper.copies,
        applicant_id=borrower.id,
        borrower_id=borrower.id,
        store_id=borrower.store_id,
        department_id=borrower.department_id,
        purpose=purpose,
        reason=reason,
        state="returned" if returned_at else "on_loan",
        granted_level=str(paper.level),
        submitted_at=asked_at,
        granted_at=granted_at,
        lapses_at=lapse_moment(granted_at, GRANT_DAYS.default, PUBLIC),
        issued_at=issued_at,
        due_at=due_moment(issued_at),
        issued_by_id=keeper.id,
        signed_by_id=borrower.id,
        signed_at=issued_at,
        returned_at=returned_at,
        returned_to_id=keeper.id if returned_at else None,
        returned_copies=paper.copies if returned_at else None,
        condition="good" if returned_at else None,
        created_at=asked_at,
        created_by_id=borrower.id,
    )
    company.session.add(loan)
    if returned_at is None:
        paper.state, paper.holder_id, paper.due_at = "on_loan", borrower.id, loan.due_at
    company.session.flush()
    _signed(company, loan, borrower, granted_at)
    if returned_at is None:
        renew_grant(company.session, paper.id, borrower.id)
    return loan


def _borrower(company: Company, paper: ArchiveItem) -> Employee:
    """Whoever looks after the customer, or an information officer: both see the paper. Nobody who is about to leave."""
    able = company.who_may(Action.SEE, ArchiveItem)
    asking = [company.employee(paper.owner_id), *company.of_role(Role.INFO_OFFICER)]
    cleared = [one for one in asking if one in able and int(one.clearance) >= paper.level]
    return company.invent.random.choice([one for one in cleared if one is not company.people[LEAVER]])


def _reserve(company: Company, papers: list[ArchiveItem], told: bool) -> None:
    """Whose customer's each is waits for it: *told*, it lies ready for them since two hours (R-LOAN-12)."""
    for paper in papers:
        company.session.add(
            Reservation(
                item_id=paper.id, person_id=paper.owner_id, reserved_by_id=paper.owner_id,
                reserved_at=company.invent.now - timedelta(hours=20),
                told_at=company.invent.now - timedelta(hours=2) if told else None,
            )
        )  # fmt: skip


def _urge(company: Company, loans: list[ArchiveLoan]) -> None:
    """Who is late has been urged this morning (R-LOAN-09)."""
    for loan in loans:
        company.session.add(
            Urge(
                table_name=loan.__tablename__, record_id=loan.id, person_id=loan.borrower_id,
                urged_at=company.invent.now - timedelta(hours=5), urged_by_id=company.people["archive_keeper"].id,
            )
        )  # fmt: skip


def _signed(company: Company, loan: ArchiveLoan, borrower: Employee, at: datetime) -> None:
    """The two signatures of a loan that isn't classified: the head's and the keeper's."""
    names = {department.id: name for name, department in company.departments.items()}
    signers = {"head": HEADS[names[borrower.department_id]], "keeper": "archive_keeper"}
    what = contents_digest(loan)
    for position, step in enumerate(ladder(Kind.LOAN, Level(int(loan.granted_level or 0))), start=1):
        signer = company.people[signers[step.name]].id
        about = {"table_name": loan.__tablename__, "record_id": loan.id}
        company.session.add(
            ApprovalStep(
                **about,
                position=position,
                step=step.name,
                clearance=int(step.clearance),
                signed_by_id=signer,
                signed_at=at,
                approved=True,
                digest=what,
            )
        )
        company.session.add(RecordParty(**about, person_id=signer, kind="signed"))


def _number(company: Company, at: datetime) -> str:
    year = local_day(at).year
    return archive_number("JY", year, next_number(company.session, "JY", year))
