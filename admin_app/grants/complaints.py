"""Rights on complaints, what follows from them, surveys of satisfaction and praise (R-ROLE-01, R-COMP-01..04)."""

from ..permissions import Role, Scope, grant
from . import ADD, APPROVE, EDIT, EXPORT, HEADS, IMPORT, LEADERSHIP, PERSONAL, REVEAL, SEE, VOID

#: 客服专员 record, pass on and follow up complaints, whichever store or department the customer turned to first
complaints_kept = grant(Role.SERVICE_OFFICER, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, PERSONAL, scope=Scope.ALL)

#: 客户关系顾问 write a complaint down; afterwards they see theirs (003 篇八). Whoever it is brought to at the desk or by
#: telephone takes it up, and passes it on (003 篇十三 2)
complaints_written = grant(Role.CUSTOMER_MANAGER, SEE, ADD, EDIT) | grant(
    (Role.CLERK, Role.CALL_AGENT), SEE, ADD, scope=Scope.NOBODY
)

#: whoever answers for a complaint works on it and on its papers, and on no other
complaints_answered = grant((*HEADS, Role.PROJECT_MANAGER, Role.DESIGNER), SEE, ADD, EDIT, scope=Scope.OWN)

#: whoever is to answer a slip writes on it how it was settled, though the complaint is another's (R-COMP-01)
slips_answered = grant((*HEADS, Role.PROJECT_MANAGER, Role.DESIGNER), EDIT, scope=Scope.ALL)

#: the one complained of sees what is marked for parties
complaints_named = grant((Role.SALES, Role.MATERIAL_AGENT, Role.CUSTOMER_MANAGER), SEE, scope=Scope.NOBODY)

#: 客户关系经理 class complaints and follow them to the end; what the general manager alone approves isn't theirs to sign
complaints_led = grant(Role.SERVICE_MANAGER, SEE, ADD, EDIT, VOID, IMPORT, EXPORT, PERSONAL)

#: inquiries, surveys and what was put right are judged by 客户关系经理, too
complaints_reviewed = grant(Role.SERVICE_MANAGER, APPROVE)

#: the general manager approves remedies and prevention, directors read (R-COMP-02, R-COMP-03)
complaints_decided = grant(Role.GENERAL_MANAGER, SEE, EDIT, EXPORT, APPROVE, PERSONAL) | grant(
    Role.DIRECTOR, SEE, EXPORT, REVEAL
)

#: heads read the quarter's analysis, for they answer for its measures (003 篇十三 5)
analyses_read = grant(HEADS, SEE, scope=Scope.ALL)

#: desk and customer managers ask how satisfied a customer is, and write praise down
opinions_gathered = (
    grant(Role.CLERK, SEE, ADD, EDIT, IMPORT)
    | grant(Role.CUSTOMER_MANAGER, SEE, scope=Scope.STORE)
    | grant(Role.CUSTOMER_MANAGER, ADD, EDIT, scope=Scope.STORE)
    | grant((Role.STORE_MANAGER, Role.MARKETING_MANAGER), SEE, EDIT, VOID, EXPORT, REVEAL)
)

#: praise is verified where rewards are proposed and decided
praise_verified = grant((Role.STORE_MANAGER, *LEADERSHIP), APPROVE)

#: the praised, whoever they are, see their praise
praise_followed = grant(
    (Role.DESIGNER, Role.PROJECT_MANAGER, Role.INSPECTOR, Role.MATERIAL_AGENT, Role.SALES), SEE, scope=Scope.NOBODY
)

#: the department told to put something right writes how it did
rectified_by_heads = grant(HEADS, SEE, EDIT, scope=Scope.OWN)
