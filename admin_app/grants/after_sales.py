"""Rights on service requests, repairs, spare parts and office audits (R-ROLE-01, R-SERV-04)."""

from ..permissions import Role, Scope, grant
from . import ADD, APPROVE, EDIT, EXPORT, HEADS, IMPORT, LEADERSHIP, PERSONAL, REVEAL, SEE, VOID

#: 售后专员 take up what desk, call centre and stores pass on, telephone numbers included, and bring in old ledgers
service_kept = grant(Role.SERVICE_OFFICER, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, PERSONAL, scope=Scope.ALL)

#: desk, call centre and customer managers pass a customer's wish on and follow it as its author or party
service_taken_in = grant(
    (Role.CLERK, Role.CALL_AGENT, Role.CUSTOMER_MANAGER, Role.SALES, Role.SERVICE_ADVISER, Role.SALES_ADVISER),
    *(SEE, ADD),
    scope=Scope.NOBODY,
)

#: whoever is charged with a case works on that case only
service_carried_out = grant((Role.PROJECT_MANAGER, Role.SERVICE_ADVISER, *HEADS), SEE, EDIT, scope=Scope.OWN)

#: the one sent there writes what was done, though the case is another's
service_by_whom_it_names = grant((Role.PROJECT_MANAGER, Role.SERVICE_ADVISER, *HEADS), EDIT, scope=Scope.ALL)

#: 客户服务部经理 answers for after-sales: approves plans, issues and exchanges
service_led = grant(Role.SERVICE_MANAGER, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, APPROVE, PERSONAL)

#: above, service is read; a number only with a reason
service_read = grant(Role.DIRECTOR, SEE, EXPORT, REVEAL) | grant(Role.GENERAL_MANAGER, SEE, EXPORT, PERSONAL, APPROVE)

#: the departments a monthly quality report goes to read it and answer (002 欧普 F)
quality_read = grant(HEADS, SEE, scope=Scope.ALL)

#: an office audit is 机密: auditors of 客户服务部 and directors write it, the office's head is party to it
audits_kept = (
    grant((Role.SERVICE_MANAGER, Role.DIRECTOR), SEE, ADD, EDIT, VOID, IMPORT, EXPORT, APPROVE)
    | grant(Role.GENERAL_MANAGER, SEE, EXPORT, APPROVE)
    | grant(HEADS, SEE, scope=Scope.NOBODY)
)

#: the costs of repairs are budgeted by 客户服务部, approved above
budgets_kept = grant(Role.SERVICE_OFFICER, SEE, ADD, EDIT) | grant(LEADERSHIP, APPROVE)

#: a proposal is answered by whoever was asked to assess it
proposals_assessed = grant((*HEADS, Role.INFO_SUPERVISOR), SEE, EDIT, scope=Scope.OWN)
