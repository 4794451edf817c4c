"""Rights on what happens to archives beside reading and borrowing: handover, copies, release, upkeep, end (R-ROLE-01).

Who applies, carries, hands out or answers sees the row as its party (R-CONF-14), whatever its level.
"""

from ..permissions import Action, Role, Scope, grant

SEE, ADD, EDIT, VOID, APPROVE = Action.SEE, Action.ADD, Action.EDIT, Action.VOID, Action.APPROVE
IMPORT, EXPORT, REVEAL, PERSONAL = Action.IMPORT, Action.EXPORT, Action.REVEAL, Action.PERSONAL

#: the advisers and whoever has customers hand over their own files (R-ARCH-04, R-CUST-12)
handovers_made = grant(
    (Role.SALES_ADVISER, Role.SERVICE_ADVISER, Role.CUSTOMER_MANAGER, Role.SALES), SEE, ADD, EDIT, PERSONAL
)

#: 档案管理员 keep the book of receipts; heads and leadership watch timeliness and completeness (R-FINE-05)
handovers_kept = (
    grant(Role.ARCHIVE_KEEPER, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, PERSONAL)
    | grant((Role.STORE_MANAGER, Role.SALES_MANAGER), SEE, REVEAL)
    | grant((Role.INFO_OFFICER, Role.INFO_SUPERVISOR), SEE, REVEAL)
    | grant((Role.SERVICE_MANAGER, Role.DIRECTOR, Role.GENERAL_MANAGER), SEE, EXPORT, REVEAL)
)

#: 客户信息主管 keeps the permits of important material; 客户服务部经理 and 总经理 read (R-CONF-07..09)
permits_kept = (
    grant(Role.INFO_SUPERVISOR, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, PERSONAL)
    | grant(Role.SERVICE_MANAGER, SEE, EDIT, EXPORT, PERSONAL)
    | grant(Role.GENERAL_MANAGER, SEE, EXPORT, PERSONAL)
)

#: a copy takes 客户信息主管 or 总经理 (R-CONF-07)
copies_approved = grant((Role.INFO_SUPERVISOR, Role.GENERAL_MANAGER), APPROVE)

#: what goes outside takes 客户信息主管 and 客户服务部经理, both; they name the carriers, too (R-CONF-08, R-CONF-09)
provision_approved = grant((Role.INFO_SUPERVISOR, Role.SERVICE_MANAGER), APPROVE)

#: the carrier and the keeper write on the rows that name them (R-CONF-08)
carriers_write = grant(Role.ARCHIVE_KEEPER, SEE, scope=Scope.NOBODY) | grant(
    Role.ARCHIVE_KEEPER, ADD, EDIT, scope=Scope.ALL
)

#: two reviewers, 客户服务部经理's review and 总经理's approval stand behind each statistic (R-ARCH-08)
releases_judged = (
    grant(Role.INFO_OFFICER, SEE, ADD, EDIT, IMPORT, EXPORT)
    | grant(Role.INFO_SUPERVISOR, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, APPROVE)
    | grant((Role.SERVICE_MANAGER, Role.GENERAL_MANAGER), SEE, EXPORT, APPROVE)
)

#: what lies in the archive room, in which state: read by those answerable for it (R-ARCH-05, R-ARCH-06)
upkeep_watched = grant((Role.INFO_OFFICER, Role.INFO_SUPERVISOR), SEE, EDIT) | grant(
    (Role.SERVICE_MANAGER, Role.DIRECTOR, Role.GENERAL_MANAGER), SEE, EXPORT
)

#: a repair's result is judged by the information desk's head or 客户服务部经理
upkeep_approved = grant((Role.INFO_SUPERVISOR, Role.SERVICE_MANAGER), APPROVE)

#: the heads of the owning department and 总经理 approve a destruction, two of the information desk witness (R-ARCH-07)
destruction_judged = (
    grant((Role.STORE_MANAGER, Role.MARKETING_MANAGER, Role.SALES_MANAGER), SEE, APPROVE, scope=Scope.DEPARTMENT)
    | grant((Role.INFO_OFFICER, Role.INFO_SUPERVISOR), SEE, EDIT, APPROVE)
    | grant((Role.SERVICE_MANAGER, Role.GENERAL_MANAGER), SEE, EXPORT, APPROVE)
    | grant(Role.DIRECTOR, SEE, EXPORT)
)

#: 客户信息主管 and 客户服务部经理 are told at once and act; 总经理 closes (R-CONF-10)
leaks_handled = grant((Role.INFO_SUPERVISOR, Role.SERVICE_MANAGER), SEE, EDIT, IMPORT, PERSONAL) | grant(
    Role.GENERAL_MANAGER, SEE, EDIT, VOID, EXPORT, APPROVE, PERSONAL
)

#: 档案管理员 write violations down and call for correction, 客户总监 executes, 人力资源 settles the pay (R-FINE-01..03)
violations_handled = (
    grant(Role.ARCHIVE_KEEPER, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, PERSONAL)
    | grant((Role.SALES_ADVISER, Role.SERVICE_ADVISER), SEE, scope=Scope.NOBODY)
    | grant((Role.STORE_MANAGER, Role.SALES_MANAGER), SEE, scope=Scope.DEPARTMENT)
    | grant(Role.DIRECTOR, SEE, EDIT, VOID, EXPORT, APPROVE, REVEAL)
    | grant((Role.SERVICE_MANAGER, Role.GENERAL_MANAGER, Role.HR), SEE, EXPORT)
)
