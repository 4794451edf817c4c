"""Applications of staff to do work for family and friends."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import Area, Code, Day, LongText, Money, Number, Phone, ShortText, YesNo, choice, field, person, sign
from ...grants.construction import own_projects_asked
from ...models import Register


class OwnProject(
    Register,
    title="亲友装修申请表",
    key="applied_on applicant_id",
    list="applied_on number applicant_id relation address work amount decision approved_by_id",
    level=1,
    scope="store department",
    grants=own_projects_asked,
    parties="number applicant_id applied_on client_name relation client_phone estate address area work by_company amount "
    "start_on finish_on paid_work reason undertaking opinion manager_signed_by_id manager_signed_at decision "
    "condition approved_by_id approved_at",
):
    """One application, approved before the work begins (R-CONS-04). 002 轻舟 设计师10."""

    called = "number applicant_id"
    closes_with = "approved_by_id"
    __table_args__ = (in_order("start_on", "finish_on"),)

    number: Mapped[Number] = field(
        "申请单号", also="编号", unique=True, series="QY", search=True, section="申请", place="+"
    )
    applicant_id: Mapped[int] = person("申请人", also="设计师 姓名", party=True, filter=True, place="002 轻舟 设计师10")
    applied_on: Mapped[Day] = field("申请日期", also="日期", filter=True, today=True, place="002 轻舟 设计师10")
    client_name: Mapped[ShortText] = field(
        "亲友姓名", also="业主姓名", mask=True, search=True, section="工程", place="002 轻舟 设计师10"
    )
    relation: Mapped[Code] = choice(
        "与申请人关系", also="关系", codes="own_project_relation", filter=True, place="002 轻舟 设计师10"
    )
    client_phone: Mapped[Phone | None] = field("亲友电话", also="联系电话", mask=True, place="+")
    estate: Mapped[ShortText | None] = field("小区", search=True, place="+")
    address: Mapped[ShortText] = field("装修地址", also="地址", mask=True, place="002 轻舟 设计师10")
    area: Mapped[Area | None] = field("建筑面积（㎡）", also="面积", place="+")
    work: Mapped[Code] = choice("工作内容", codes="own_project_work", filter=True, place="+")
    by_company: Mapped[YesNo | None] = field("由公司施工", filter=True, place="+")
    amount: Mapped[Money | None] = field("预计金额", also="工程金额", filter=True, place="+")
    start_on: Mapped[Day | None] = field("计划开工日期", filter=True, place="+")
    finish_on: Mapped[Day | None] = field("计划完工日期", place="+")
    paid_work: Mapped[YesNo | None] = field("是否收费", filter=True, place="+")
    reason: Mapped[LongText] = field("申请理由", also="事由", place="002 轻舟 设计师10")
    undertaking: Mapped[YesNo | None] = field("承诺不影响本职工作", place="+")
    opinion: Mapped[LongText | None] = field(
        "部门意见", section="审批", place="+", required_if="decision: agreed_with_terms refused"
    )
    manager_signed_by_id: Mapped[int | None] = sign(
        "店经理签字", also="部门负责人签字", signed_with="approve", roles="store_manager", place="002 轻舟 设计师10"
    )
    decision: Mapped[Code | None] = choice(
        "审批结果", also="结果", codes="own_project_decision", filter=True, place="002 轻舟 设计师10"
    )
    condition: Mapped[LongText | None] = field("附加条件", place="+")
    approved_by_id: Mapped[int | None] = sign(
        "批准", also="审批人", signed_with="approve", roles="director general_manager", place="002 轻舟 设计师10"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
