"""Bundles of the organisation's registers: posts, attendance, rosters, training, meetings, policies, reports."""

from ..permissions import Role, Scope, grant
from . import ADD, APPROVE, EDIT, EXPORT, HEADS, IMPORT, LEADERSHIP, SEE, STAFF, VOID

#: 人力资源 keeps posts, attendance and training of the whole company, old ledgers included
personnel_keeps = grant(Role.HR, SEE, ADD, EDIT, VOID, IMPORT, EXPORT)

#: 客户经理 and the desk write down the store's attendance, roster and supplies together with its manager (000 职责7)
store_keeps = (
    grant(Role.CLERK, SEE, ADD, EDIT, VOID, IMPORT)
    | grant(Role.CUSTOMER_MANAGER, SEE, ADD, EDIT, scope=Scope.STORE)
    | grant(Role.STORE_MANAGER, SEE, ADD, EDIT, VOID, IMPORT, EXPORT)
)

#: whoever is named in a row finds it as its party
staff_named = grant(STAFF, SEE, scope=Scope.NOBODY)

#: a store's or department's rows are read by those who work there: who is on duty, what was decided
colleagues_read = grant(STAFF, SEE, scope=Scope.STORE | Scope.DEPARTMENT)

#: leadership reads every store's and department's rows
leadership_reads = grant(LEADERSHIP, SEE, EXPORT)

#: heads keep what their own store or department writes, and sign it
heads_keep = grant(HEADS, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, APPROVE)

#: leadership writes and signs for the company as a whole
leadership_keeps = grant(LEADERSHIP, SEE, ADD, EDIT, VOID, EXPORT, APPROVE)

#: everybody writes their own report and their own acknowledgement, and mends it until it is signed
own_written = grant(STAFF, SEE, ADD, EDIT, scope=Scope.OWN)

#: a supervisor drafts and keeps the documents, heads review, the general manager approves (R-POLI-01)
policies_kept = (
    grant((Role.INFO_SUPERVISOR, Role.HR), SEE, ADD, EDIT, VOID, IMPORT, EXPORT)
    | grant(Role.SERVICE_MANAGER, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, APPROVE)
    | grant((Role.DIRECTOR, Role.GENERAL_MANAGER), SEE, APPROVE, EXPORT)
)

#: proposers see who gets no orders; the store manager stops and lifts, the general manager strikes off (R-DISP-06)
suspensions_kept = (
    grant(Role.CUSTOMER_MANAGER, SEE, scope=Scope.STORE)
    | grant(Role.DESIGNER, SEE, scope=Scope.NOBODY)
    | grant(Role.STORE_MANAGER, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, APPROVE)
    | grant((Role.HR, Role.DIRECTOR), SEE, EXPORT)
    | grant(Role.GENERAL_MANAGER, SEE, ADD, EDIT, VOID, EXPORT, APPROVE)
)

#: heads see the attendance of their own people and grant them leave; leadership grants it to heads
leave_granted = grant(HEADS, SEE, EXPORT, APPROVE) | grant(LEADERSHIP, APPROVE)

#: 客户经理 may call the store's meetings on customer resources and write their minutes (000 工作权利1)
minutes_written = grant((Role.CUSTOMER_MANAGER, Role.CLERK), SEE, ADD, EDIT, scope=Scope.STORE)

#: 人力资源 counts reports for the performance review (004 概览7) and brings in old ones
reports_for_hr = grant(Role.HR, SEE, IMPORT, EXPORT)
