"""Bundles of the customers' registers: profiles, claims and registrations, referrals, risks, market knowledge."""

from ..permissions import Role, Scope, grant
from . import (
    ADD,
    APPROVE,
    EDIT,
    EXPORT,
    HEADS,
    IMPORT,
    INFORMATION,
    LEADERSHIP,
    PERSONAL,
    REVEAL,
    SEE,
    STAFF,
    VOID,
)  # fmt: skip

#: each registers their own customers; nobody else lists the collection but its keeper and the general manager (R-CUST-10)
own_registrations = grant(
    (Role.CUSTOMER_MANAGER, Role.SALES, Role.SALES_ADVISER), SEE, ADD, EDIT, PERSONAL, scope=Scope.OWN
)

#: 综合服务部's named keeper keeps the collection; the general manager alone reads and exports it besides (R-CUST-10)
registrations_kept = grant(Role.INFO_SUPERVISOR, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, PERSONAL) | grant(
    Role.GENERAL_MANAGER, SEE, EXPORT, PERSONAL
)

#: heads and leadership follow the claims of their people; who rules is whom the claim names, the head above both (R-CUST-03)
claims_followed = grant((*HEADS, *LEADERSHIP), SEE, EXPORT)

#: a deal's archive is confirmed by 客户开发主管 (销售总监) whichever store made the deal, theirs by 总经理 (R-ARCH-11)
deals_confirmed = grant(Role.SALES_MANAGER, SEE, APPROVE, scope=Scope.ALL) | grant(Role.GENERAL_MANAGER, APPROVE)

#: leadership signs what its heads can't sign themselves
leadership_signs = grant(LEADERSHIP, SEE, APPROVE)

#: heads sign for the customers of their own store or department
heads_sign = grant((Role.STORE_MANAGER, Role.MARKETING_MANAGER, Role.SALES_MANAGER), SEE, APPROVE)

#: risk customers are 机密: written up by whoever meets one, read and acted on by leadership alone
risks_kept = (
    grant((Role.CUSTOMER_MANAGER, Role.SALES, Role.STORE_MANAGER, Role.SALES_MANAGER), SEE, ADD, scope=Scope.NOBODY)
    | grant(Role.INFO_SUPERVISOR, SEE, ADD, EDIT, VOID, IMPORT, EXPORT)
    | grant((Role.SERVICE_MANAGER, Role.DIRECTOR), SEE, ADD, EDIT, EXPORT, APPROVE)
    | grant(Role.GENERAL_MANAGER, SEE, EDIT, VOID, EXPORT, APPROVE)
)

#: what the market does is written by those who meet it and read by those who plan
market_known = (
    grant((Role.CUSTOMER_MANAGER, Role.SALES), SEE, ADD, EDIT)
    | grant((Role.STORE_MANAGER, Role.MARKETING_MANAGER, Role.SALES_MANAGER), SEE, ADD, EDIT, VOID, EXPORT)
    | grant((Role.INFO_OFFICER, Role.INFO_SUPERVISOR), SEE, ADD, EDIT, VOID, IMPORT, EXPORT, PERSONAL)
    | grant(LEADERSHIP, SEE, EXPORT, REVEAL)
)

#: partners' terms and intermediaries are of use to everybody who sells; their people's numbers only with a reason
partners_looked_up = grant(
    (Role.CLERK, Role.CUSTOMER_MANAGER, Role.SALES, Role.SALES_ADVISER, Role.SERVICE_OFFICER), SEE, scope=Scope.ALL
)

#: partners and intermediaries are one list for all stores: who sells adds to it, heads tidy up
partners_kept = (
    grant((Role.CUSTOMER_MANAGER, Role.SALES), SEE, ADD, EDIT, REVEAL, scope=Scope.ALL)
    | grant(HEADS, SEE, ADD, EDIT, VOID, EXPORT, scope=Scope.ALL)
    | grant(INFORMATION, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, PERSONAL)
    | grant(LEADERSHIP, SEE, EXPORT, REVEAL)
)

#: campaigns are planned by marketing and the store, helped by 客户经理 (000 职责12), evaluated by leadership
campaigns_kept = (
    grant(STAFF, SEE, scope=Scope.STORE | Scope.DEPARTMENT)
    | grant(Role.CUSTOMER_MANAGER, ADD, EDIT)
    | grant((Role.STORE_MANAGER, Role.MARKETING_MANAGER, Role.SALES_MANAGER), SEE, ADD, EDIT, VOID, IMPORT, EXPORT)
    | grant((Role.INFO_OFFICER, Role.INFO_SUPERVISOR), SEE, IMPORT, EXPORT)
    | grant(LEADERSHIP, SEE, ADD, EDIT, VOID, EXPORT, APPROVE)
)

#: 市场部经理 keeps and rules the sources of the store's customers at the weekly reconciliation (R-CUST-06)
sources_ruled = grant(Role.MARKETING_MANAGER, SEE, ADD, EDIT, VOID, EXPORT, REVEAL, APPROVE)
