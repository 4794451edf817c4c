"""Customer surveys: who a business customer is, how it does, and what it does with us."""

from sqlalchemy.orm import Mapped

from ...checks import between
from ...fields import Code, Count, Day, LongText, Money, Phone, ShortText, child_rows, choice, field, link, sign, total
from ...grants import information_keeps, supervision
from ...grants.development import customers_surveyed, leadership_signs, surveys_led
from ...models import Lines, Register


class CustomerSurveyDealing(Lines, of="customer_survey"):
    """What it bought from us in one period."""

    period: Mapped[ShortText] = field("时间", also="期间", place="001 ch2 三 二")
    main_products: Mapped[ShortText | None] = field("主要采购产品", place="001 ch2 三 二")
    peak_monthly: Mapped[Money | None] = field("旺季每月金额", place="001 ch2 三 二")
    slack_monthly: Mapped[Money | None] = field("淡季每月金额", place="001 ch2 三 二")
    total: Mapped[Money | None] = field("总金额", place="001 ch2 三 二")


class CustomerSurvey(
    Register,
    title="客户信息调查表",
    key="surveyed_on customer_name",
    list="surveyed_on customer_name customer_id kind business position owned_by_id reviewed_by_id surveyed_by_id",
    level=2,
    scope="department owner",
    grants=customers_surveyed | surveys_led | information_keeps | supervision | leadership_signs,
    parties="owner_id surveyed_on customer_name customer_id style business scope price kind position owned_by_id "
    "owned_at reviewed_by_id reviewed_at surveyed_by_id surveyed_at",
):
    """One sheet of 41 items; signed by surveyor, reviewer and owner (R-DEVE-01). 001 ch2 三 二."""

    closes_with = "owned_by_id"
    awaited = "reviewed_by_id"
    steps_by = "R-DEVE-01"
    __table_args__ = (
        between("peak_volume", 0),
        between("slack_volume", 0),
        between("clerks", 0),
        between("managers", 0),
    )

    surveyed_on: Mapped[Day] = field(
        "调查日期", also="日期 填表日期", filter=True, section="客户", today=True, place="+"
    )
    customer_name: Mapped[ShortText] = field("客户名称", also="客户", search=True, place="001 ch2 三 二")
    customer_id: Mapped[int | None] = link("对应客户", to="customer", filter=True, belongs=True, place="+")
    plan_id: Mapped[int | None] = link("所属调查计划", to="survey_plan", filter=True, once_closed=True, place="+")
    address: Mapped[ShortText | None] = field("地址", mask=True, place="001 ch2 三 二")
    phone: Mapped[Phone | None] = field("电话", also="联系电话", mask=True, search=True, place="001 ch2 三 二")
    fax: Mapped[Phone | None] = field("传真", mask=True, place="001 ch2 三 二")
    legal_name: Mapped[ShortText | None] = field(
        "法人代表", also="法定代表人", search=True, section="接洽人员", place="001 ch2 三 二"
    )
    legal_age: Mapped[Count | None] = field("法人代表年龄", mask=True, place="001 ch2 三 二")
    legal_education: Mapped[ShortText | None] = field("法人代表文化程度", mask=True, place="001 ch2 三 二")
    legal_temper: Mapped[ShortText | None] = field("法人代表性格", mask=True, place="001 ch2 三 二")
    head_name: Mapped[ShortText | None] = field("负责人", search=True, place="001 ch2 三 二")
    head_age: Mapped[Count | None] = field("负责人年龄", mask=True, place="001 ch2 三 二")
    head_education: Mapped[ShortText | None] = field("负责人文化程度", mask=True, place="001 ch2 三 二")
    head_temper: Mapped[ShortText | None] = field("负责人性格", mask=True, place="001 ch2 三 二")
    contact_name: Mapped[ShortText | None] = field("接洽人", also="联系人", search=True, place="001 ch2 三 二")
    contact_post: Mapped[ShortText | None] = field("职务", also="接洽人职务", place="001 ch2 三 二")
    contact_matters: Mapped[ShortText | None] = field("负责事项", place="001 ch2 三 二")
    contact_temper: Mapped[ShortText | None] = field("接洽人性格", mask=True, place="001 ch2 三 二")
    style: Mapped[Code | None] = choice(
        "经营方式", codes="management_style", filter=True, section="经营状况", place="001 ch2 三 二"
    )
    business: Mapped[Code | None] = choice(
        "业务", also="业务状况", codes="business_state", filter=True, place="001 ch2 三 二"
    )
    scope: Mapped[LongText | None] = field("业务范围", place="001 ch2 三 二")
    sales_way: Mapped[ShortText | None] = field("销货方式", place="001 ch2 三 二")
    price: Mapped[Code | None] = choice(
        "价格", also="价格水平", codes="price_level", filter=True, place="001 ch2 三 二"
    )
    peak_months: Mapped[ShortText | None] = field("旺季（月）", also="旺季 旺季月份", place="001 ch2 三 二")
    peak_volume: Mapped[Count | None] = field("旺季月销量", place="001 ch2 三 二")
    slack_months: Mapped[ShortText | None] = field("淡季（月）", also="淡季 淡季月份", place="001 ch2 三 二")
    slack_volume: Mapped[Count | None] = field("淡季月销量", place="001 ch2 三 二")
    kind: Mapped[Code | None] = choice("企业性质", codes="company_kind", filter=True, place="001 ch2 三 二")
    clerks: Mapped[Count | None] = field("职员人数", also="职员", place="001 ch2 三 二")
    managers: Mapped[Count | None] = field("管理层人数", also="管理层 管理人员", place="001 ch2 三 二")
    staff_total: Mapped[Count | None] = field(
        "合计人数", also="员工人数 员工合计", reckoned=total("clerks", "managers"), place="001 ch2 三 二"
    )
    position: Mapped[Code | None] = choice("同业地位", codes="market_position", filter=True, place="001 ch2 三 二")
    pay_term: Mapped[ShortText | None] = field("付款期", place="001 ch2 三 二")
    pay_way: Mapped[ShortText | None] = field("付款方式", place="001 ch2 三 二")
    pay_procedure: Mapped[ShortText | None] = field("付款手续", also="手续", place="001 ch2 三 二")
    dealings: Mapped[list[CustomerSurveyDealing]] = child_rows(
        "与本公司往来", CustomerSurveyDealing, section="与本公司往来", place="001 ch2 三 二"
    )
    owned_by_id: Mapped[int | None] = sign(
        "客户负责人",
        signed_with="approve",
        by="owner_id",
        even_by="author",
        after="reviewed_by_id",
        section="签字",
        place="001 ch2 三 二",
    )
    reviewed_by_id: Mapped[int | None] = sign(
        "审核",
        signed_with="approve",
        roles="sales_manager service_manager director general_manager",
        after="surveyed_by_id",
        place="001 ch2 三 二",
    )
    surveyed_by_id: Mapped[int | None] = sign("调查员", signed_with="edit", roles="sales", place="001 ch2 三 二")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
