"""Bundles of the visits' registers: plans and reports of visits, hospitality, gifts, callbacks, the front desk."""

from ..permissions import Role, Scope, grant
from . import ADD, APPROVE, EDIT, EXPORT, HEADS, IMPORT, LEADERSHIP, PERSONAL, REVEAL, SEE, STAFF, VOID

#: 客服专员 keep who called, wrote or came: to their store, or to their department
service_keeps = grant(
    Role.SERVICE_OFFICER, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, PERSONAL, scope=Scope.STORE | Scope.DEPARTMENT
)

#: 客服专员 call back the customers of every store, and the number with them (R-SERV-01); nobody else writes what was said
callbacks_made = grant(Role.SERVICE_OFFICER, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, PERSONAL, scope=Scope.ALL)

#: the store reads what its customers said of it, and changes nothing: it is judged there (R-ROLE-04)
callbacks_read = (
    grant(Role.CLERK, SEE)
    | grant(Role.CUSTOMER_MANAGER, SEE, scope=Scope.STORE)
    | grant(Role.CUSTOMER_MANAGER, PERSONAL)
    | grant((Role.STORE_MANAGER, Role.MARKETING_MANAGER), SEE, EXPORT, REVEAL)
)

#: 客户关系专员、客服专员 visit their store's customers, and those of no store whom their department has (001 ch3)
service_visits = grant(Role.SERVICE_OFFICER, SEE, ADD, EDIT, PERSONAL, scope=Scope.STORE | Scope.DEPARTMENT)

#: budgets and plans are approved before, by the head, and above the head by leadership (R-VISI-01)
budgets_approved = grant(HEADS, SEE, APPROVE) | grant(LEADERSHIP, SEE, APPROVE)

#: whoever is on the telephone or at the door notes messages for everybody
desk_messages = (
    grant(Role.CLERK, SEE, ADD, EDIT, VOID, IMPORT, PERSONAL)
    | grant((Role.CUSTOMER_MANAGER, Role.SERVICE_OFFICER), SEE, ADD, EDIT, REVEAL, scope=Scope.STORE | Scope.DEPARTMENT)
    | grant((Role.STORE_MANAGER, Role.MARKETING_MANAGER), SEE, EDIT, VOID, EXPORT, REVEAL)
)

#: a message is read by the colleague it is for
messages_reach = grant(STAFF, SEE, scope=Scope.NOBODY)

#: the project manager and the designer see what was said of their site, to put it right (002 回访 二2)
blamed_see = grant((Role.PROJECT_MANAGER, Role.DESIGNER, Role.INSPECTOR), SEE, scope=Scope.NOBODY)

#: the desk checks itself daily; the store manager looks, leadership sees gaps
desk_checked = (
    grant(Role.CLERK, SEE, ADD, EDIT, IMPORT)
    | grant(Role.CUSTOMER_MANAGER, SEE, ADD, EDIT, scope=Scope.STORE)
    | grant(Role.STORE_MANAGER, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, APPROVE)
    | grant(Role.MARKETING_MANAGER, SEE, EXPORT)
    | grant(LEADERSHIP, SEE, EXPORT)
)
