"""Bundles of membership: members, events, publications, groups."""

from ..permissions import Role, Scope, grant
from . import ADD, APPROVE, EDIT, EXPORT, IMPORT, INFORMATION, LEADERSHIP, PERSONAL, REVEAL, SEE, STAFF, VOID

#: 会员专员 sit in 客户服务部: 客服专员 enrol members and hand out cards; the department column is the customer's
members_enrolled = grant(Role.SERVICE_OFFICER, SEE, ADD, EDIT, PERSONAL, scope=Scope.ALL)

#: at the counter a member is looked up to grant the terms of the card; the number only with a reason
members_looked_up = grant(Role.CLERK, SEE, ADD, EDIT, REVEAL)

#: events, publications and groups are written by those who care for customers and signed by the heads
club_kept = (
    grant((Role.CUSTOMER_MANAGER, Role.CLERK), SEE, ADD, EDIT, scope=Scope.STORE)
    | grant(Role.SERVICE_OFFICER, SEE, ADD, EDIT, IMPORT)
    | grant((Role.STORE_MANAGER, Role.MARKETING_MANAGER), SEE, ADD, EDIT, VOID, IMPORT, EXPORT, APPROVE)
    | grant(INFORMATION, SEE, ADD, EDIT, VOID, IMPORT, EXPORT)
    | grant(LEADERSHIP, SEE, ADD, EDIT, VOID, EXPORT, APPROVE)
)

#: everybody at work knows what the club offers
club_read = grant(STAFF, SEE, scope=Scope.ALL)

#: those who keep the groups reach their leaders by telephone
leaders_reached = grant((Role.SERVICE_OFFICER, *INFORMATION, Role.SERVICE_MANAGER, Role.GENERAL_MANAGER), PERSONAL)
