"""Rights on key accounts and retail outlets (R-ROLE-01; 001 ch4, 002 雪恩)."""

from ..permissions import Role, Scope, grant
from . import ADD, APPROVE, EDIT, EXPORT, IMPORT, LEADERSHIP, PERSONAL, REVEAL, SEE, VOID

#: profiles and analyses are 机密: kept by those of 客户服务部 whose clearance reaches them
accounts_kept = (
    grant((Role.INFO_SUPERVISOR, Role.SERVICE_MANAGER), SEE, ADD, EDIT, VOID, IMPORT, EXPORT, PERSONAL)
    | grant(Role.DIRECTOR, SEE, EXPORT, REVEAL)
    | grant(Role.GENERAL_MANAGER, SEE, EXPORT, PERSONAL)
    | grant((Role.SERVICE_MANAGER, Role.GENERAL_MANAGER), APPROVE)
)

#: the one in charge of an account follows its profile as a party
accounts_followed = grant((Role.SALES, Role.SALES_MANAGER, Role.CUSTOMER_MANAGER), SEE, scope=Scope.NOBODY)

#: 大客户专员 report on the accounts given to them
own_accounts = grant((Role.SALES, Role.CUSTOMER_MANAGER), SEE, ADD, EDIT)

#: 大客户主管 lead them, bring in old reports and approve support
accounts_led = grant(Role.SALES_MANAGER, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, APPROVE)

#: monthly reports, support and questionnaires are weighed in 客户服务部 and above
accounts_read = grant(Role.INFO_SUPERVISOR, SEE, EDIT, IMPORT, EXPORT) | grant(LEADERSHIP, SEE, EXPORT, APPROVE)

#: the field visits its own outlets and checks their shelves
own_outlets = grant(Role.SALES, SEE, ADD, EDIT, PERSONAL)

#: outlets are kept by the head of the field and by customer information
outlets_led = grant(Role.SALES_MANAGER, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, REVEAL) | grant(
    (Role.INFO_OFFICER, Role.INFO_SUPERVISOR), SEE, EDIT, IMPORT, EXPORT, PERSONAL
)
