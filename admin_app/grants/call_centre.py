"""Bundles of the call centre: calls, their records, their quality."""

from ..permissions import Role, Scope, grant
from . import ADD, APPROVE, EDIT, EXPORT, IMPORT, LEADERSHIP, PERSONAL, REVEAL, SEE, STAFF, VOID

#: 座席 write their own calls and need the number to call back
own_calls = grant(Role.CALL_AGENT, SEE, ADD, EDIT, PERSONAL)

#: 座席主管 answer for all calls: they mend, void, bring in the exchange's lists, report
calls_managed = grant(Role.CALL_SUPERVISOR, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, PERSONAL, APPROVE)

#: 话务质检员 draw samples from all calls; a number only with a reason (R-CALL-01)
calls_sampled = grant(Role.CALL_INSPECTOR, SEE, EXPORT, REVEAL)

#: 客服专员 act on the calls that are passed on to them; the department of a call is the call centre's own
calls_passed_on = grant(Role.SERVICE_OFFICER, SEE, scope=Scope.NOBODY) | grant(
    Role.SERVICE_OFFICER, EDIT, REVEAL, scope=Scope.ALL
)

#: whoever a need is passed on to sees it as its party
need_reaches = grant(STAFF, SEE, scope=Scope.NOBODY)

#: leadership reads calls as it reads customers
calls_supervised = grant(Role.DIRECTOR, SEE, EXPORT, REVEAL) | grant(
    (Role.SERVICE_MANAGER, Role.GENERAL_MANAGER), SEE, EXPORT, PERSONAL
)

#: scores are given by 话务质检员, read by the seat as its party, confirmed by 座席主管 (R-CALL-01)
quality_kept = (
    grant(Role.CALL_INSPECTOR, SEE, ADD, EDIT, VOID, IMPORT, EXPORT)
    | grant(Role.CALL_SUPERVISOR, SEE, EXPORT, APPROVE)
    | grant(Role.CALL_AGENT, SEE, scope=Scope.NOBODY)
    | grant(LEADERSHIP, SEE, EXPORT)
)
