"""Rights on scores, patrols, ratings, rewards and the summaries made of them (R-ROLE-01, R-SCOR-01..07)."""

from ..permissions import Role, Scope, grant
from . import ADD, APPROVE, EDIT, EXPORT, HEADS, IMPORT, INFORMATION, SEE, STAFF, VOID

#: directors score, the general manager or another director approves (R-SCOR-03)
scores_kept = grant((Role.DIRECTOR, Role.GENERAL_MANAGER), SEE, ADD, EDIT, VOID, IMPORT, EXPORT, APPROVE)

#: operations compute in the director's name; nobody voids or brings in what they have (R-SCOR-03)
scores_run = grant((Role.DIRECTOR, Role.GENERAL_MANAGER), SEE, ADD, EDIT, EXPORT, APPROVE)

#: the scored sees their own sheet and its deductions and may object
scores_own = grant(Role.CUSTOMER_MANAGER, SEE, scope=Scope.NOBODY)

#: the store manager sees how the store's people stand
scores_of_store = grant(Role.STORE_MANAGER, SEE)

#: 集团人力资源 receive the month's approved results, and none of what they are made of (R-SCOR-03, R-SCOR-06)
results_to_hr = grant(Role.HR, SEE, EXPORT)

#: colleagues rate; a rating is read by its author, by its subject in part, and by those who score
colleagues_rate = grant(STAFF, SEE, ADD, scope=Scope.NOBODY)

#: directors patrol, those visited read what was found
patrols_read = grant(Role.CUSTOMER_MANAGER, SEE, scope=Scope.NOBODY) | grant(Role.MARKETING_MANAGER, SEE)

#: any manager proposes a reward or fine and follows it as a party, as does whom it concerns
rewards_proposed = grant(STAFF, SEE, scope=Scope.NOBODY) | grant(
    (*HEADS, Role.SERVICE_MANAGER, Role.INFO_SUPERVISOR), ADD, EDIT
)

#: the whole ranking stays at 秘密: heads of sales and leadership, each seller their own place (R-INCE-03)
rankings_kept = (
    grant(Role.SALES, SEE, scope=Scope.NOBODY)
    | grant(Role.SALES_MANAGER, SEE, EXPORT)
    | grant(Role.SERVICE_MANAGER, SEE, ADD, EDIT, EXPORT, APPROVE)
    | grant((Role.DIRECTOR, Role.GENERAL_MANAGER), SEE, EXPORT, APPROVE)
)

#: timeliness and completeness are everybody's concern who files or answers for filing (003 篇七 8)
archive_rates_read = (
    grant(Role.ARCHIVE_KEEPER, SEE, ADD, EDIT, EXPORT)
    | grant((*HEADS, *INFORMATION), SEE, EXPORT, scope=Scope.ALL)
    | grant((Role.SERVICE_MANAGER, Role.DIRECTOR, Role.GENERAL_MANAGER), SEE, EXPORT)
)

#: anyone on the staff suggests and follows their own
staff_suggests = grant(STAFF, SEE, ADD, scope=Scope.NOBODY)

#: heads adopt for the department, directors and the general manager for the company (000 奖励1)
suggestions_judged = (
    grant(HEADS, SEE, EDIT, APPROVE)
    | grant(Role.SERVICE_MANAGER, SEE, EDIT, EXPORT, APPROVE)
    | grant((Role.DIRECTOR, Role.GENERAL_MANAGER), SEE, EDIT, VOID, IMPORT, EXPORT, APPROVE)
    | grant(Role.HR, SEE, IMPORT, EXPORT)
)
