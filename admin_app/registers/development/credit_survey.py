"""Credit surveys: how far a business customer can be trusted with goods on credit."""

from sqlalchemy.orm import Mapped

from ...checks import between
from ...fields import (
    Area,
    Code,
    Count,
    Day,
    LongText,
    Money,
    Phone,
    ShortText,
    YesNo,
    child_rows,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants.development import credit_handed_in, credit_surveys_kept
from ...models import Lines, Register


class CreditSurveyProduct(Lines, of="credit_survey"):
    """A product the firm trades in."""

    product: Mapped[ShortText] = field("品种", place="001 ch2 三 四")
    brand: Mapped[ShortText | None] = field("品牌", place="001 ch2 三 四")
    month_volume: Mapped[Count | None] = field("月销售量", place="001 ch2 三 四")
    month_amount: Mapped[Money | None] = field("月销售金额", also="月金额", place="001 ch2 三 四")
    year_volume: Mapped[Count | None] = field("年销售量", place="001 ch2 三 四")
    year_amount: Mapped[Money | None] = field("年销售金额", also="年金额", place="001 ch2 三 四")
    remark: Mapped[ShortText | None] = field("备注", place="001 ch2 三 四")


class CreditSurvey(
    Register,
    title="客户信用调查表",
    key="surveyed_on firm_name",
    list="surveyed_on firm_name customer_id grade score payment credit_limit guaranteed approved_by_id",
    level=3,
    scope="department owner",
    grants=credit_handed_in | credit_surveys_kept,
    parties="surveyed_on firm_number firm_name customer_id assigned_id investigated_by_id investigated_at "
    "managed_by_id managed_at approved_by_id approved_at",
):
    """One sheet of 63 items; signed by surveyor, manager and general manager (R-DEVE-01). 001 ch2 三 四."""

    closes_with = "approved_by_id"
    awaited = "managed_by_id, approved_by_id"
    steps_by = "R-DEVE-01"
    __table_args__ = (
        between("score", 0, 100),
        between("credit_limit", 0),
        between("capital", 0),
        between("cars_own", 0),
        between("cars_rent", 0),
        between("floors", 0),
    )

    surveyed_on: Mapped[Day] = field(
        "调查日期", also="日期 填表日期", filter=True, section="企业", today=True, place="+"
    )
    firm_name: Mapped[ShortText] = field("企业名称", also="客户名称 公司名称", search=True, place="+")
    firm_number: Mapped[ShortText | None] = field("企业编号", also="编号", search=True, place="001 ch2 三 四")
    customer_id: Mapped[int | None] = link("对应客户", to="customer", filter=True, belongs=True, place="+")
    assigned_id: Mapped[int | None] = person("派出调查人员", filter=True, party=True, place="+")
    address: Mapped[ShortText | None] = field("地址", also="企业地址", mask=True, place="001 ch2 三 四")
    phone: Mapped[Phone | None] = field("电话", also="企业电话", mask=True, search=True, place="001 ch2 三 四")
    head: Mapped[ShortText | None] = field("负责人", also="负责人姓名", search=True, place="001 ch2 三 四")
    head_home: Mapped[ShortText | None] = field("住所", also="负责人住所", mask=True, place="001 ch2 三 四")
    head_phone: Mapped[Phone | None] = field("负责人电话", mask=True, place="001 ch2 三 四")
    founded: Mapped[Day | None] = field("创业日期", also="成立日期", place="001 ch2 三 四")
    business: Mapped[ShortText | None] = field("营业项目", place="001 ch2 三 四")
    trade_form: Mapped[Code | None] = choice("经营方式", codes="trade_form", filter=True, place="001 ch2 三 四")
    first_deal: Mapped[Day | None] = field("开始交易日期", filter=True, place="001 ch2 三 四")
    region: Mapped[ShortText | None] = field("营业区域", search=True, place="001 ch2 三 四")
    place: Mapped[Code | None] = choice("经营地点", codes="place_kind", filter=True, place="001 ch2 三 四")
    temper: Mapped[ShortText | None] = field("性格", mask=True, section="负责人情况", place="001 ch2 三 四")
    bearing: Mapped[ShortText | None] = field("气质", mask=True, place="001 ch2 三 四")
    interest: Mapped[ShortText | None] = field("兴趣", mask=True, place="001 ch2 三 四")
    reputation: Mapped[ShortText | None] = field("名誉", mask=True, place="001 ch2 三 四")
    post: Mapped[ShortText | None] = field("职位", place="001 ch2 三 四")
    education: Mapped[ShortText | None] = field("学历", mask=True, place="001 ch2 三 四")
    origin: Mapped[ShortText | None] = field("籍贯", mask=True, place="001 ch2 三 四")
    career: Mapped[LongText | None] = field("经历", mask=True, place="001 ch2 三 四")
    eloquence: Mapped[Code | None] = choice("口才", codes="eloquence", mask=True, place="001 ch2 三 四")
    outlook: Mapped[ShortText | None] = field("思想", mask=True, place="001 ch2 三 四")
    habit_drink: Mapped[Code | None] = choice(
        "嗜好：酒", also="酒 饮酒", codes="drinks", mask=True, place="001 ch2 三 四"
    )
    habit_smoke: Mapped[Code | None] = choice(
        "嗜好：香烟", also="香烟 抽烟", codes="smokes", mask=True, place="001 ch2 三 四"
    )
    strong: Mapped[ShortText | None] = field("优点", mask=True, place="001 ch2 三 四")
    talent: Mapped[ShortText | None] = field("特长", mask=True, place="001 ch2 三 四")
    weak: Mapped[ShortText | None] = field("缺点", mask=True, place="001 ch2 三 四")
    skill: Mapped[Code | None] = choice("技术", codes="skill", mask=True, place="001 ch2 三 四")
    bank: Mapped[ShortText | None] = field("往来银行", mask=True, section="财务状况", place="001 ch2 三 四")
    bank_credit: Mapped[Code | None] = choice("银行信用", codes="bank_credit", filter=True, place="001 ch2 三 四")
    accounts: Mapped[Code | None] = choice("账务体系", codes="accounting", filter=True, place="001 ch2 三 四")
    peer_opinion: Mapped[Code | None] = choice(
        "同业者评价", also="同业评价", codes="peer_opinion", filter=True, place="001 ch2 三 四"
    )
    organisation: Mapped[Code | None] = choice(
        "经营组织", codes="organisation_form", filter=True, place="001 ch2 三 四"
    )
    neighbour_opinion: Mapped[Code | None] = choice(
        "近邻评价", codes="neighbour_opinion", filter=True, place="001 ch2 三 四"
    )
    capital: Mapped[Money | None] = field("资本额（元）", also="资本额 注册资本", filter=True, place="001 ch2 三 四")
    pay_attitude: Mapped[Code | None] = choice("付款态度", codes="payment_attitude", filter=True, place="001 ch2 三 四")
    licence: Mapped[ShortText | None] = field(
        "营业执照登记号码", also="登记号码 营业执照", search=True, place="001 ch2 三 四"
    )
    other: Mapped[LongText | None] = field("其他说明", place="001 ch2 三 四")
    cars_own: Mapped[Count | None] = field("自有汽车（辆）", also="汽车自有", section="办公情况", place="001 ch2 三 四")
    cars_rent: Mapped[Count | None] = field("租用汽车（辆）", also="汽车租用", place="001 ch2 三 四")
    site: Mapped[Code | None] = choice("场所处于", also="场所", codes="location", filter=True, place="001 ch2 三 四")
    area_own: Mapped[Area | None] = field("自有面积（m²）", also="自有面积", place="001 ch2 三 四")
    area_rent: Mapped[Area | None] = field("租用面积（m²）", also="租用面积", place="001 ch2 三 四")
    fitting: Mapped[Code | None] = choice("装饰", codes="fitting", filter=True, place="001 ch2 三 四")
    floors: Mapped[Count | None] = field("层数", place="001 ch2 三 四")
    value: Mapped[Money | None] = field("市价", place="001 ch2 三 四")
    insured: Mapped[YesNo | None] = field("保险", also="有无保险", filter=True, place="001 ch2 三 四")
    insured_amount: Mapped[Money | None] = field(
        "保险金额（元）", also="保险金额", place="001 ch2 三 四", only_if="insured"
    )
    lines: Mapped[list[CreditSurveyProduct]] = child_rows(
        "营业品种", CreditSurveyProduct, section="营业（交易）品种状况", place="001 ch2 三 四"
    )
    grade: Mapped[Code | None] = choice(
        "信用等级", codes="credit_grade", filter=True, section="信用评定", place="001 ch2 三 四"
    )
    score: Mapped[Count | None] = field("信用评分", also="评分", filter=True, place="001 ch2 三 四", help="0 至 100 分")
    payment: Mapped[Code | None] = choice(
        "付款方式选择", also="付款方式", codes="payment_choice", filter=True, place="001 ch2 三 四"
    )
    credit_limit: Mapped[Money | None] = field("赊销限额", filter=True, place="001 ch2 三 四")
    guaranteed: Mapped[YesNo | None] = field("是否担保", also="担保", filter=True, place="001 ch2 三 四")
    guarantor: Mapped[ShortText | None] = field(
        "担保人", search=True, place="+", only_if="guaranteed", required_if="guaranteed"
    )
    remark: Mapped[LongText | None] = field("备注", place="001 ch2 三 四")
    investigated_by_id: Mapped[int | None] = sign(
        "调查人", signed_with="edit", by="assigned_id", section="签字", place="001 ch2 三 四"
    )
    managed_by_id: Mapped[int | None] = sign(
        "经理",
        signed_with="approve",
        roles="service_manager director",
        after="investigated_by_id",
        place="001 ch2 三 四",
    )
    approved_by_id: Mapped[int | None] = sign(
        "总经理", signed_with="approve", roles="general_manager", after="managed_by_id", place="001 ch2 三 四"
    )
