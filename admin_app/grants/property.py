"""Rights on units, occupancy, upkeep and fees of a property (R-ROLE-01, R-PROP-01)."""

from ..permissions import Action, Role, Scope, grant

SEE, ADD, EDIT, VOID, APPROVE = Action.SEE, Action.ADD, Action.EDIT, Action.VOID, Action.APPROVE
IMPORT, EXPORT, REVEAL, PERSONAL = Action.IMPORT, Action.EXPORT, Action.REVEAL, Action.PERSONAL

#: 客服专员 of the property keep its registers, residents' telephone numbers included
residents_served = grant(Role.SERVICE_OFFICER, SEE, ADD, EDIT, IMPORT, PERSONAL)

#: 客户服务部经理 answers for the property; 专项总监 and 总经理 read
property_headed = (
    grant(Role.SERVICE_MANAGER, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, PERSONAL)
    | grant(Role.DIRECTOR, SEE, EXPORT, REVEAL)
    | grant(Role.GENERAL_MANAGER, SEE, EXPORT, PERSONAL)
)

#: who signs a permit, a use of space, an acceptance or an audit as the head
property_approved = grant((Role.SERVICE_MANAGER, Role.GENERAL_MANAGER), APPROVE)

#: who is sent to a repair or answers for an area sees the row as its party
property_parties = grant((Role.PROJECT_MANAGER, Role.INSPECTOR), SEE, scope=Scope.NOBODY)

#: teams are the same for every department
contractors_known = grant(Role.SERVICE_OFFICER, SEE, ADD, EDIT, IMPORT, PERSONAL, scope=Scope.ALL)

#: the audit of other departments is 客户服务部's; the audited head answers as a party (002 3.21)
audits_kept = grant(Role.SERVICE_OFFICER, SEE, ADD, EDIT, IMPORT) | grant(
    (Role.STORE_MANAGER, Role.MARKETING_MANAGER, Role.SALES_MANAGER, Role.HR), SEE, scope=Scope.NOBODY
)
