"""Rights on sites, materials and warranties (R-ROLE-01, R-CONS-01..04, R-SERV-01..03).

A site's store, department and owner are its customer's, so those who work on it see it as its parties; a right to
write with scope "all" reaches no further than what the person sees.
"""

from ..permissions import Action, Role, Scope, grant

SEE, ADD, EDIT, VOID, APPROVE = Action.SEE, Action.ADD, Action.EDIT, Action.VOID, Action.APPROVE
IMPORT, EXPORT, REVEAL, PERSONAL = Action.IMPORT, Action.EXPORT, Action.REVEAL, Action.PERSONAL

# --- sites ----------------------------------------------------------------------------------------

#: 项目经理、工长 write what happens on their own sites, and need the address to get there
works_run = grant(Role.PROJECT_MANAGER, SEE) | grant(Role.PROJECT_MANAGER, ADD, EDIT, PERSONAL, scope=Scope.ALL)

#: the site itself is opened by the heads and kept up by who works on it
sites_kept = (
    grant((Role.PROJECT_MANAGER, Role.DESIGNER, Role.MATERIAL_AGENT), SEE)
    | grant(Role.PROJECT_MANAGER, EDIT, PERSONAL, scope=Scope.ALL)
    | grant((Role.DESIGNER, Role.MATERIAL_AGENT), PERSONAL, scope=Scope.ALL)
    | grant(Role.INSPECTOR, SEE)
    | grant(Role.INSPECTOR, EDIT, PERSONAL, scope=Scope.ALL)
    | grant(Role.STORE_MANAGER, ADD)
)

#: 质检员 go round the sites of their store, and write at those of others that name them
works_inspected = grant(Role.INSPECTOR, SEE) | grant(Role.INSPECTOR, ADD, EDIT, PERSONAL, scope=Scope.ALL)

#: the desk writes down a designer's visit to a site of the store (002 轻舟 设计师8)
sites_named_at_the_desk = grant(Role.CLERK, SEE)

#: 客户经理 may look up the store's sites, own customers' in full (000 工作权利3)
works_looked_up = grant(Role.CUSTOMER_MANAGER, SEE, scope=Scope.STORE) | grant(Role.CUSTOMER_MANAGER, PERSONAL)

#: money and materials only of one's own customers
works_of_own_customers = grant(Role.CUSTOMER_MANAGER, SEE)

#: 设计师 sees the sites named in, address included for the five visits (R-DISP-09)
works_designed = grant(Role.DESIGNER, SEE) | grant(Role.DESIGNER, PERSONAL, scope=Scope.ALL)

#: where the designer signs or writes, too (R-CONS-03)
designers_write = grant(Role.DESIGNER, ADD, EDIT, scope=Scope.ALL)

#: 店经理 answers for the store's sites; a telephone number only with a reason
works_of_store = grant(Role.STORE_MANAGER, SEE, EDIT, VOID, EXPORT, REVEAL)

#: 专项总监、副总经理 heads the works and brings in the old ledgers; 客户服务部经理 and 总经理 read
works_headed = grant(Role.DIRECTOR, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, REVEAL) | grant(
    (Role.SERVICE_MANAGER, Role.GENERAL_MANAGER), SEE, EXPORT, PERSONAL
)

#: 客服专员 call back and repair for every store; the department column is the customer's, so the scope is all
works_served = grant(Role.SERVICE_OFFICER, SEE, REVEAL, scope=Scope.ALL)

#: who signs as the head
works_approved = grant((Role.STORE_MANAGER, Role.DIRECTOR, Role.GENERAL_MANAGER), APPROVE)

#: 项目经理 see the materials due at their sites as named there, and no more
works_run_reading = grant(Role.PROJECT_MANAGER, SEE)

# --- materials ------------------------------------------------------------------------------------

#: 主材代办员 write the orders that name them
agents_write = grant(Role.MATERIAL_AGENT, SEE) | grant(Role.MATERIAL_AGENT, ADD, EDIT, PERSONAL, scope=Scope.ALL)

#: the settlement lies above their clearance: they write it and sign it as its party (R-CONF-01, R-CONF-14)
agents_settle = grant(Role.MATERIAL_AGENT, SEE, scope=Scope.NOBODY) | grant(
    Role.MATERIAL_AGENT, ADD, EDIT, scope=Scope.ALL
)

#: 主材代办员 keep their own daily ledger
agents_book = grant(Role.MATERIAL_AGENT, SEE, ADD, EDIT, IMPORT)

#: vendors and price lists are one for all agents
vendors_kept = grant(Role.MATERIAL_AGENT, SEE, ADD, EDIT, IMPORT, PERSONAL, scope=Scope.ALL) | grant(
    Role.DIRECTOR, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, PERSONAL
)

#: the showroom list lies at the front desk (000 前台应有资料)
prices_looked_up = grant(
    (Role.CLERK, Role.CUSTOMER_MANAGER, Role.DESIGNER, Role.STORE_MANAGER, Role.GENERAL_MANAGER), SEE, scope=Scope.ALL
)

#: 客户服务部经理 turns to the vendors for their after-sales
vendors_read = grant(Role.SERVICE_MANAGER, SEE, EXPORT, REVEAL)

#: the settlement takes a department manager's and the deputy general manager's signature (R-CONS-02)
settlements_signed = (
    grant(Role.SERVICE_MANAGER, SEE, APPROVE, EXPORT)
    | grant(Role.DIRECTOR, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, APPROVE)
    | grant(Role.GENERAL_MANAGER, SEE, EXPORT, APPROVE)
)

# --- after completion -----------------------------------------------------------------------------

#: 客户服务部 takes repairs, callbacks and warranties of every store
repairs_kept = grant(Role.SERVICE_OFFICER, SEE, ADD, EDIT, PERSONAL, scope=Scope.ALL) | grant(
    Role.SERVICE_MANAGER, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, PERSONAL
)

#: 专项总监 and 总经理 watch the times and the satisfaction
repairs_watched = grant((Role.DIRECTOR, Role.GENERAL_MANAGER), SEE, EXPORT, REVEAL)

#: the store reads how its sites were served, and changes nothing: it is judged there (R-ROLE-04)
services_read = grant(Role.STORE_MANAGER, SEE, EXPORT, REVEAL)

#: who is scored reads it as named there and writes nothing about themselves (R-ROLE-04)
scores_read = grant((Role.PROJECT_MANAGER, Role.DESIGNER, Role.INSPECTOR, Role.MATERIAL_AGENT), SEE, scope=Scope.OWN)

# --- people ---------------------------------------------------------------------------------------

#: 客户经理 may look up every 工长 (000 工作权利3); a 工长 sees their own row as its party
foremen_kept = (
    grant(Role.CUSTOMER_MANAGER, SEE, REVEAL, scope=Scope.ALL)
    | grant(Role.DESIGNER, SEE, scope=Scope.ALL)
    | grant(Role.PROJECT_MANAGER, SEE, scope=Scope.NOBODY)
    | grant((Role.STORE_MANAGER, Role.SERVICE_OFFICER), SEE, REVEAL, scope=Scope.ALL)
    | grant((Role.DIRECTOR, Role.HR), SEE, ADD, EDIT, VOID, IMPORT, EXPORT, PERSONAL)
    | grant((Role.SERVICE_MANAGER, Role.GENERAL_MANAGER), SEE, EXPORT, PERSONAL)
)

#: a designer asks before working for friends; the heads judge and read (002 轻舟 设计师10)
own_projects_asked = (
    grant(Role.DESIGNER, SEE, scope=Scope.NOBODY)
    | grant(Role.DESIGNER, ADD, EDIT, PERSONAL, scope=Scope.ALL)
    | grant(Role.STORE_MANAGER, SEE, EDIT, VOID, APPROVE, EXPORT, REVEAL)
    | grant(Role.DIRECTOR, SEE, EDIT, VOID, IMPORT, EXPORT, APPROVE, REVEAL)
    | grant(Role.GENERAL_MANAGER, SEE, EXPORT, APPROVE, PERSONAL)
)
