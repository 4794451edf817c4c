"""Who a field names by what it is called: the designer of a form is a designer, its keeper keeps archives."""

from collections.abc import Collection

from admin_app.fields import Face
from admin_app.permissions import Role
from admin_app.registers.organisation.employee import Employee

from .known import Facts
from .people import Company

#: a word of the label, and who bears it; the first that is found counts
_POSTS: tuple[tuple[str, tuple[Role, ...]], ...] = (
    ("总经理", (Role.GENERAL_MANAGER,)),
    ("设计师", (Role.DESIGNER,)),
    ("大客户经理", (Role.SALES,)),
    ("客户经理", (Role.CUSTOMER_MANAGER,)),
    ("店经理", (Role.STORE_MANAGER,)),
    ("市场部经理", (Role.MARKETING_MANAGER,)),
    ("客户关系经理", (Role.SERVICE_MANAGER,)),
    ("项目经理", (Role.PROJECT_MANAGER,)),
    ("现场负责人", (Role.SERVICE_OFFICER,)),
    ("监管", (Role.SERVICE_OFFICER,)),
    ("指挥", (Role.SERVICE_MANAGER,)),
    ("质检", (Role.INSPECTOR,)),
    ("巡视", (Role.INSPECTOR, Role.PROJECT_MANAGER)),
    ("代办员", (Role.MATERIAL_AGENT,)),
    ("物流", (Role.MATERIAL_AGENT,)),
    ("库管", (Role.MATERIAL_AGENT,)),
    ("销售", (Role.SALES,)),
    ("回款", (Role.SALES,)),
    ("开发人员", (Role.SALES,)),
    ("调查", (Role.SALES,)),
    ("座席", (Role.CALL_AGENT,)),
    ("转接", (Role.CALL_AGENT,)),
    ("保管", (Role.ARCHIVE_KEEPER,)),
    ("造册", (Role.ARCHIVE_KEEPER,)),
    ("归档", (Role.ARCHIVE_KEEPER,)),
    ("修复", (Role.ARCHIVE_KEEPER,)),
    ("复制人", (Role.ARCHIVE_KEEPER,)),
    ("发出经办", (Role.ARCHIVE_KEEPER,)),
    ("维修", (Role.SERVICE_OFFICER,)),
    ("派工", (Role.SERVICE_OFFICER,)),
    ("抄表", (Role.SERVICE_OFFICER,)),
    ("管家", (Role.SERVICE_OFFICER,)),
    ("走访", (Role.SERVICE_OFFICER,)),
    ("服务人员", (Role.SERVICE_OFFICER,)),
    ("追访", (Role.SERVICE_OFFICER,)),
    ("回访", (Role.CALL_AGENT,)),
    ("追踪", (Role.SERVICE_OFFICER,)),
    ("登记", (Role.CLERK,)),
    ("记录", (Role.CLERK,)),
    ("值班", (Role.CLERK, Role.CUSTOMER_MANAGER)),
    ("调班", (Role.CUSTOMER_MANAGER,)),
    ("排班", (Role.STORE_MANAGER,)),
    ("评分", (Role.DIRECTOR,)),
    ("巡访", (Role.DIRECTOR,)),
    ("监督", (Role.DIRECTOR,)),
    ("领导", (Role.DIRECTOR,)),
    ("上报", (Role.DIRECTOR,)),
    ("审计", (Role.AUDITOR,)),
    ("部门", (Role.SALES_MANAGER, Role.SERVICE_MANAGER)),
)
#: links that name whoever happens to do it, though a record the row is about has a field of that name
_ANEW = ("归属人", "经办人", "处理人", "登记人", "落实人", "执行人", "负责人", "责任人", "记录人", "检查人")
_HEADS = ("部门负责人", "部门主管", "业务部门经理")


def somebody_for(
    company: Company, face: Face, facts: Facts, store_id: int | None, named: Collection[int]
) -> Employee | None:
    """Who *face* names: whoever the records a row is about have in that place, or who bears the post.

    Of the store where there is somebody, and not one of *named* where there is somebody else; None where any will do.
    """
    if face.label not in _ANEW and (told := facts.same(face.name, face.label)):
        return company.employee(told)
    customer = facts.get("customer")
    if face.label == "客户经理" and customer and customer.owner_id:
        return company.employee(customer.owner_id)
    if face.label in _HEADS and "department" in facts:
        return company.employee(facts["department"].head_id)
    for word, roles in _POSTS:
        if word in face.label:
            return one_of(company, [one for role in roles for one in company.of_role(role)], store_id, named)
    return None


def one_of(company: Company, able: list[Employee], store_id: int | None, named: Collection[int]) -> Employee | None:
    """One of *able*: of the store and not named yet, as far as that goes."""
    others = [one for one in able if one.id not in named] or able
    near = [one for one in others if one.store_id == store_id] or [one for one in others if one.store_id is None]
    return company.invent.random.choice(near or others) if others else None
