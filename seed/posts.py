"""Who a field names by what it is called: the designer of a form is a designer, its keeper keeps archives."""

from admin_app.fields import Face
from admin_app.permissions import Role
from admin_app.registers.organisation.employee import Employee

from .people import Company

#: a word of the label, and who bears it; the first that is found counts
_POSTS: tuple[tuple[str, tuple[Role, ...]], ...] = (
    ("设计师", (Role.DESIGNER,)),
    ("客户经理", (Role.CUSTOMER_MANAGER,)),
    ("项目经理", (Role.PROJECT_MANAGER,)),
    ("现场", (Role.PROJECT_MANAGER,)),
    ("质检", (Role.INSPECTOR,)),
    ("代办员", (Role.MATERIAL_AGENT,)),
    ("物流", (Role.MATERIAL_AGENT,)),
    ("销售", (Role.SALES,)),
    ("调查", (Role.SALES,)),
    ("座席", (Role.CALL_AGENT,)),
    ("转接", (Role.CALL_AGENT,)),
    ("保管", (Role.ARCHIVE_KEEPER,)),
    ("造册", (Role.ARCHIVE_KEEPER,)),
    ("维修", (Role.SERVICE_OFFICER,)),
    ("服务人员", (Role.SERVICE_OFFICER,)),
    ("追访", (Role.SERVICE_OFFICER,)),
    ("登记", (Role.CLERK,)),
    ("记录", (Role.CLERK,)),
    ("评分", (Role.DIRECTOR,)),
    ("监督", (Role.DIRECTOR,)),
    ("部门", (Role.SALES_MANAGER, Role.SERVICE_MANAGER)),
)


def somebody_for(company: Company, face: Face, author: Employee) -> Employee | None:
    """One who bears the post that *face* names, of the author's store where there is one; None for a label that names none."""
    for word, roles in _POSTS:
        if word in face.label:
            everyone = [one for role in roles for one in company.of_role(role)]
            near = [one for one in everyone if one.store_id == author.store_id]
            return company.invent.random.choice(near or everyone)
    return None
