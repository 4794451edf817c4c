"""Bundles of rights that registers are granted with, after the role table of rules.md (R-ROLE-01).

A register adds up the bundles it needs: ``grants=desk_keeps | own_customers | supervision``. What no bundle grants
is denied. The name says who; the line above each grant says why.
"""

from ..permissions import Action, Grants, Role, Scope, grant

SEE, CATALOGUE, ADD, EDIT, VOID = Action.SEE, Action.CATALOGUE, Action.ADD, Action.EDIT, Action.VOID
IMPORT, EXPORT, APPROVE = Action.IMPORT, Action.EXPORT, Action.APPROVE
REVEAL, PERSONAL = Action.REVEAL, Action.PERSONAL

#: admin has no part in customers or approvals, the auditor none in contents above 内部
STAFF = tuple(role for role in Role if role not in (Role.ADMIN, Role.AUDITOR))
#: who signs as the head of a department or store
HEADS = (Role.STORE_MANAGER, Role.MARKETING_MANAGER, Role.SALES_MANAGER)
INFORMATION = (Role.INFO_OFFICER, Role.INFO_SUPERVISOR)
LEADERSHIP = (Role.SERVICE_MANAGER, Role.DIRECTOR, Role.GENERAL_MANAGER)
#: who signs what a department puts before its head, and what the head can't sign themselves
HEADS_AND_ABOVE = (*HEADS, *LEADERSHIP)

# --- what everybody may look up, and who keeps it -------------------------------------------------

#: names of departments, stores, colleagues, estates and archive types are in use on every screen
reference_data = grant(tuple(Role), SEE, scope=Scope.ALL)

#: 系统管理员: users, roles, code lists, settings
admin_keeps = grant(Role.ADMIN, SEE, ADD, EDIT, VOID, IMPORT, EXPORT)

#: 人力资源 keeps the staff with their personal facts; a head reaches the people of their own store or department
staff_kept = (
    grant(Role.HR, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, PERSONAL)
    | grant((Role.STORE_MANAGER, Role.SALES_MANAGER), PERSONAL)
    | grant((Role.SERVICE_MANAGER, Role.GENERAL_MANAGER), PERSONAL, EXPORT)
)

#: the general manager records a store manager's absence and authorises dispatch meanwhile (R-DISP-02)
absence_recorded = grant(Role.GENERAL_MANAGER, EDIT)

#: estates come in with customers: the front desk and the field keep them, the heads tidy up; one list for all stores
estates_kept = (
    grant(Role.CLERK, ADD, EDIT, IMPORT, scope=Scope.ALL)
    | grant((Role.CUSTOMER_MANAGER, Role.SALES), ADD, scope=Scope.ALL)
    | grant((Role.STORE_MANAGER, Role.MARKETING_MANAGER), ADD, EDIT, VOID, EXPORT, scope=Scope.ALL)
    | grant(INFORMATION, ADD, EDIT, VOID, IMPORT, EXPORT)
)

# --- designers ------------------------------------------------------------------------------------

#: proposers and the front desk choose among their store's designers; a designer is party to their own row
designers_kept = (
    grant((Role.CLERK, Role.CUSTOMER_MANAGER), SEE, scope=Scope.STORE)
    | grant(Role.DESIGNER, SEE, scope=Scope.NOBODY)
    | grant(Role.STORE_MANAGER, SEE, ADD, EDIT, VOID, EXPORT)
    | grant(Role.HR, SEE, ADD, EDIT, IMPORT, EXPORT)
    | grant(LEADERSHIP, SEE, EXPORT)
)

#: the desk writes down who goes out; who goes out may do it too; the monthly score reads it (000 考核4)
outings_kept = (
    grant(Role.CLERK, SEE, ADD, EDIT, VOID, IMPORT)
    | grant(Role.DESIGNER, SEE, ADD)
    | grant(Role.CUSTOMER_MANAGER, SEE, scope=Scope.STORE)
    | grant(Role.CUSTOMER_MANAGER, ADD, EDIT)
    | grant(Role.STORE_MANAGER, SEE, ADD, EDIT, VOID, EXPORT)
    | grant((Role.DIRECTOR, Role.GENERAL_MANAGER), SEE, EXPORT)
)

# --- customers and visits -------------------------------------------------------------------------

#: 前台、录入员 type the store's ledgers, telephone numbers included, and take back a wrong import (void)
desk_keeps = grant(Role.CLERK, SEE, ADD, EDIT, VOID, PERSONAL)
desk_imports = grant(Role.CLERK, IMPORT)

#: 客户经理: own customers in full, the store's list masked
own_customers = (
    grant(Role.CUSTOMER_MANAGER, SEE, scope=Scope.STORE)
    | grant(Role.CUSTOMER_MANAGER, ADD, EDIT, PERSONAL)  # of their own scope
)

#: 客户开发专员 and the advisers: own customers only
own_sales = grant((Role.SALES, Role.SALES_ADVISER, Role.SERVICE_ADVISER), SEE, ADD, EDIT, PERSONAL)

#: a designer sees what they are named in, as a party
designers_party = grant(Role.DESIGNER, SEE, scope=Scope.NOBODY)

#: a store's heads read and mend what the store keeps; a telephone number only with a reason
heads_manage = grant((Role.STORE_MANAGER, Role.MARKETING_MANAGER), SEE, EDIT, VOID, EXPORT, REVEAL)

#: 客户开发主管 the same for the customers of their department, who came through no store
sales_managed = grant(Role.SALES_MANAGER, SEE, EDIT, VOID, EXPORT, REVEAL)

#: the store manager signs the consultation, the marketing manager the source check (R-CUST-06)
heads_approve = grant((Role.STORE_MANAGER, Role.MARKETING_MANAGER), APPROVE)

#: what a head wrote themselves is signed by the nearest above them (R-ROLE-03, R-ROLE-04)
signed_above = grant(Role.GENERAL_MANAGER, APPROVE)

#: 客服专员 look customers up for repairs and complaints: their store's, and those of no store whom their department has
service_reads = grant(Role.SERVICE_OFFICER, SEE, REVEAL, scope=Scope.STORE | Scope.DEPARTMENT)

#: 客户信息专员 and 主管 answer for customer data as a whole: duplicates, corrections, old ledgers
information_keeps = grant(INFORMATION, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, PERSONAL)

#: 专项总监 read with a reason for each number; 客户服务部经理 and 总经理 in full
supervision = grant(Role.DIRECTOR, SEE, EXPORT, REVEAL) | grant(
    (Role.SERVICE_MANAGER, Role.GENERAL_MANAGER), SEE, EXPORT, PERSONAL
)

#: the keeper needs the customer to a file, a number only with a reason
keeper_reads = grant(Role.ARCHIVE_KEEPER, SEE, REVEAL)

# --- archives -------------------------------------------------------------------------------------

#: 档案管理员 keep types, shelves and catalogue
keeper_keeps = grant(Role.ARCHIVE_KEEPER, SEE, ADD, EDIT, VOID, IMPORT, EXPORT)

#: retention, inspection and importance of a type are 客户服务部's to set
types_set = grant((Role.INFO_SUPERVISOR, Role.SERVICE_MANAGER), EDIT)

#: where things lie is nobody's business outside the archive room and those answerable for it
places_seen = grant((*INFORMATION, *LEADERSHIP), SEE)

#: who may propose, approve or carry out a change of level or a destruction finds the entry, not the contents
catalogue_of_every_level = grant(
    (Role.ARCHIVE_KEEPER, Role.INFO_SUPERVISOR, Role.SERVICE_MANAGER, Role.GENERAL_MANAGER), CATALOGUE
)

#: contents: staff in scope by right and clearance (R-CONF-04); the guard holds back classified ones from all of them
archives_read = (
    grant((Role.CUSTOMER_MANAGER, Role.SALES, Role.SALES_ADVISER, Role.SERVICE_ADVISER), SEE)
    | grant((Role.STORE_MANAGER, Role.SALES_MANAGER, Role.SERVICE_OFFICER), SEE)
    | grant(INFORMATION, SEE)
    | grant(LEADERSHIP, SEE, EXPORT)
)
#: who may be named as the custodian of a file: the keeper, those who review what leaves the room (R-LOAN-02), and who is
#: always cleared for 绝密 (R-CONF-04)
ARCHIVE_CUSTODIANS = "archive_keeper info_officer info_supervisor service_manager general_manager"

archive_room: Grants = (
    keeper_keeps
    | grant(Role.ARCHIVE_KEEPER, PERSONAL)
    | catalogue_of_every_level
    | archives_read
    | grant((Role.SERVICE_MANAGER, Role.GENERAL_MANAGER), REVEAL)
)

#: anyone on the staff may ask and follows their own request as its party (R-LOAN-01, R-CONF-14)
staff_apply = grant(STAFF, SEE, ADD, scope=Scope.NOBODY)

#: one asks for archives that one finds, in full or in the catalogue (R-CONF-04); others are named in requests only
archives_asked_for = grant(STAFF, SEE, scope=Scope.NOBODY) | grant(
    (
        *(Role.CUSTOMER_MANAGER, Role.SALES, Role.SALES_ADVISER, Role.SERVICE_ADVISER),
        *(Role.STORE_MANAGER, Role.SALES_MANAGER, Role.SERVICE_OFFICER, Role.ARCHIVE_KEEPER, *INFORMATION, *LEADERSHIP),
    ),
    ADD,
    scope=Scope.NOBODY,
)

#: who signs, reviews, issues and takes back (R-LOAN-02); which step is whose is for the rules to say
requests_handled = (
    grant(Role.ARCHIVE_KEEPER, SEE, EDIT, APPROVE, EXPORT)
    | grant(HEADS, SEE, APPROVE)
    | grant(INFORMATION, SEE, APPROVE)
    | grant(LEADERSHIP, SEE, APPROVE, EXPORT)
)

#: an outsider's letter or card is read by whoever reviews the request (R-LOAN-03)
letters_read = grant([Role.ARCHIVE_KEEPER, Role.SERVICE_MANAGER], PERSONAL) | grant(INFORMATION, PERSONAL)

#: the keeper brings in the paper ledger of past loans (R-LOAN-02)
past_loans_imported = grant(Role.ARCHIVE_KEEPER, IMPORT)
