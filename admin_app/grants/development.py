"""Rights on surveys, contracts, sales results and signings (R-ROLE-01, R-DEVE-01, R-INCE-01..05)."""

from ..permissions import Role, Scope, grant
from . import ADD, APPROVE, EDIT, EXPORT, IMPORT, INFORMATION, LEADERSHIP, PERSONAL, REVEAL, SEE, VOID

#: 调查专员、开发专员 fill in the surveys of their own customers
own_surveys = grant(Role.SALES, SEE, ADD, EDIT, PERSONAL)

#: 调查专员 survey customers of the whole department, whoever's they are, and sign what they found (R-DEVE-01)
customers_surveyed = grant(Role.SALES, SEE, ADD, EDIT, PERSONAL, scope=Scope.DEPARTMENT | Scope.OWN)

#: 客户开发主管 leads surveys and plans of the department, checks them and brings in old forms
surveys_led = grant(Role.SALES_MANAGER, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, APPROVE, REVEAL)

#: a credit survey is 机密: who is sent out hands it in, and sees and mends it as a party only (R-CONF-01)
credit_handed_in = grant(Role.SALES, SEE, scope=Scope.NOBODY) | grant(Role.SALES, ADD, EDIT, scope=Scope.ALL)

#: who keeps and weighs credit surveys has the clearance for them; manager and general manager sign
credit_surveys_kept = (
    grant((Role.INFO_SUPERVISOR, Role.SERVICE_MANAGER), SEE, ADD, EDIT, VOID, IMPORT, EXPORT, PERSONAL)
    | grant(Role.DIRECTOR, SEE, EXPORT, REVEAL)
    | grant(Role.GENERAL_MANAGER, SEE, EXPORT, PERSONAL)
    | grant(LEADERSHIP, APPROVE)
)

#: 客户服务部经理, 专项总监 and 总经理 sign what the department puts before them
leadership_signs = grant(LEADERSHIP, APPROVE)

#: 开发专员 enter their own orders, returns, receipts and expenses
own_results = grant(Role.SALES, SEE, ADD, EDIT, PERSONAL)

#: a salesperson looks their own figures up, others enter them
own_figures = grant(Role.SALES, SEE)

#: 客户开发主管 answer for the department's results and bring in old ledgers
results_led = grant(Role.SALES_MANAGER, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, APPROVE, REVEAL)

#: customer information reads the money and keeps out of it: bonuses are computed from it (R-INCE-05)
results_known = grant(INFORMATION, SEE, EXPORT)

#: results are read where they are weighed (001 激励 10)
results_read = grant(LEADERSHIP, SEE, EXPORT) | grant((Role.SERVICE_MANAGER, Role.GENERAL_MANAGER), PERSONAL)

#: bonuses are 机密: the service manager works them out, the general manager releases them, HR pays them
bonuses_kept = (
    grant(Role.SERVICE_MANAGER, SEE, ADD, EDIT, VOID, IMPORT, EXPORT)
    | grant(Role.DIRECTOR, SEE, EXPORT)
    | grant(Role.GENERAL_MANAGER, SEE, EXPORT, APPROVE)
    | grant(Role.HR, SEE, EDIT, EXPORT)
    | grant((Role.SALES, Role.SALES_MANAGER), SEE, scope=Scope.NOBODY)
)

#: design agreements, drawings and decoration contracts: whoever looks after the customer enters them, the store answers
signings_kept = (
    grant(Role.CUSTOMER_MANAGER, SEE, ADD, EDIT, PERSONAL)
    | grant(Role.STORE_MANAGER, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, REVEAL)
    | grant(Role.MARKETING_MANAGER, SEE)
    | grant(Role.INFO_OFFICER, SEE)
    | grant(Role.INFO_SUPERVISOR, SEE, EDIT, IMPORT, EXPORT)
    | grant(LEADERSHIP, SEE, EXPORT)
    | grant((Role.SERVICE_MANAGER, Role.GENERAL_MANAGER), PERSONAL)
)

#: the store manager checks drawings and contracts; what they wrote themselves is checked above (R-ROLE-04)
signings_checked = grant((Role.STORE_MANAGER, Role.DIRECTOR, Role.GENERAL_MANAGER), APPROVE)

#: designers and project managers see, as parties, what names them; the designer writes where they are named (R-CONS-03)
designers_draw = grant(Role.DESIGNER, SEE, scope=Scope.NOBODY) | grant(Role.DESIGNER, ADD, EDIT, scope=Scope.ALL)
named_builders = grant((Role.DESIGNER, Role.PROJECT_MANAGER), SEE, scope=Scope.NOBODY)

#: 招商经理、置业顾问 enter their own deals
own_deals = grant((Role.CUSTOMER_MANAGER, Role.SALES), SEE, ADD, EDIT, PERSONAL)
