"""Rights on credit lines, shipments, collection plans and bad debts (R-ROLE-01, R-CRED-01..03)."""

from ..permissions import Role, Scope, grant
from . import ADD, APPROVE, EDIT, EXPORT, IMPORT, LEADERSHIP, PERSONAL, SEE, VOID

#: a credit line and a bad debt are 机密: set up where customer information is answered for
credit_kept = (
    grant((Role.INFO_SUPERVISOR, Role.SERVICE_MANAGER), SEE, ADD, EDIT, VOID, IMPORT, EXPORT, PERSONAL)
    | grant(Role.DIRECTOR, SEE, EXPORT)
    | grant(Role.GENERAL_MANAGER, SEE, EXPORT, PERSONAL)
    | grant((Role.SERVICE_MANAGER, Role.DIRECTOR, Role.GENERAL_MANAGER), APPROVE)
)

#: whoever answers for the customer, or shares a loss, follows it as a party
credit_followed = grant((Role.SALES, Role.SALES_MANAGER, Role.CUSTOMER_MANAGER), SEE, scope=Scope.NOBODY)

#: 开发专员 enter shipments and collection plans of their own customers
own_shipments = grant(Role.SALES, SEE, ADD, EDIT)

#: 区域经理 (客户开发主管) sign first shipments over the limit and bring in old ledgers (R-CRED-02)
shipments_led = grant(Role.SALES_MANAGER, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, APPROVE)

#: receivables are watched above; last shipments over the limit are signed there, too
shipments_read = grant(Role.INFO_SUPERVISOR, SEE, EXPORT) | grant(LEADERSHIP, SEE, EXPORT, APPROVE)
