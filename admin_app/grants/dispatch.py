"""Bundles of dispatch: orders, refusals, weekly reconciliation, site visits, the list of orders signed."""

from ..permissions import Role, Scope, grant
from . import ADD, APPROVE, EDIT, EXPORT, IMPORT, INFORMATION, LEADERSHIP, PERSONAL, REVEAL, SEE, VOID

#: 客户经理 propose for their own customers and see the store's orders, so that dispatch stays fair (R-DISP-01, R-DISP-08)
orders_proposed = grant(Role.CUSTOMER_MANAGER, SEE, scope=Scope.STORE) | grant(Role.CUSTOMER_MANAGER, ADD, EDIT)

#: the store manager confirms and countersigns, the general manager authorises in absence (R-DISP-02); nobody voids
orders_signed = grant((Role.STORE_MANAGER, Role.GENERAL_MANAGER), SEE, EDIT, EXPORT, APPROVE)

#: the older ledger of dispatches enters as closed history (R-DISP-01)
past_orders_imported = grant((Role.STORE_MANAGER, *INFORMATION), IMPORT)

#: the store manager judges refusals of their store, the general manager strikes off (R-DISP-06)
refusals_judged = grant(Role.STORE_MANAGER, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, APPROVE) | grant(
    Role.GENERAL_MANAGER, SEE, EDIT, EXPORT, APPROVE
)

#: 专项总监 and 客户信息 look on: fairness and completeness
orders_watched = grant((Role.DIRECTOR, Role.SERVICE_MANAGER), SEE, EXPORT) | grant(INFORMATION, SEE, IMPORT, EXPORT)

#: 客户经理 and 市场部经理 reconcile weekly, each signs (000 ch2 三)
reconciled = (
    grant(Role.CUSTOMER_MANAGER, SEE, ADD, EDIT)
    | grant(Role.MARKETING_MANAGER, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, APPROVE)
    | grant(Role.STORE_MANAGER, SEE, EXPORT)
    | grant(INFORMATION, SEE, IMPORT, EXPORT)
    | grant(LEADERSHIP, SEE, EXPORT)
)

#: designers write their own site visits; the project manager is party; the head checks them for the commission (R-DISP-09)
site_visits_written = (
    grant(Role.DESIGNER, SEE, ADD, EDIT)
    | grant((Role.PROJECT_MANAGER, Role.INSPECTOR), SEE, scope=Scope.STORE)
    | grant(Role.CUSTOMER_MANAGER, SEE, scope=Scope.STORE)
    | grant(Role.CLERK, SEE, ADD, EDIT, IMPORT)
    | grant(Role.STORE_MANAGER, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, APPROVE)
    | grant(LEADERSHIP, SEE, EXPORT)
)

#: the design centre's monthly list, from which after-sales finds who is due for a call (002 回访 一2)
signed_orders_kept = (
    grant(Role.CUSTOMER_MANAGER, SEE, ADD, EDIT, PERSONAL)
    | grant(Role.DESIGNER, SEE, scope=Scope.NOBODY)
    | grant(Role.SERVICE_OFFICER, SEE, REVEAL, scope=Scope.ALL)
    | grant((Role.STORE_MANAGER, Role.MARKETING_MANAGER), SEE, ADD, EDIT, VOID, IMPORT, EXPORT, APPROVE)
    | grant(INFORMATION, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, PERSONAL)
    | grant(LEADERSHIP, SEE, EXPORT, REVEAL)
)

#: 客户经理 note that a designer refused and see the store's refusals
refusals_noted = grant(Role.CUSTOMER_MANAGER, SEE, ADD, scope=Scope.STORE)
