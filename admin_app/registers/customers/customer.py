"""Customers: the centre; visits, homes, files and requests hang on them."""

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from ...fields import (
    Code,
    Codes,
    Day,
    IdentityNumber,
    LongText,
    Moment,
    Number,
    Phone,
    ShortText,
    YesNo,
    choice,
    choices,
    field,
    link,
    person,
)
from ...grants import (
    designers_party,
    desk_keeps,
    heads_manage,
    information_keeps,
    keeper_reads,
    own_customers,
    own_sales,
    sales_managed,
    service_reads,
    supervision,
)
from ...models import Register


class Customer(
    Register,
    title="客户",
    key="name phone",
    list="number name kind phone grade status owner_id last_contact_at",
    level=1,
    scope="store department owner",
    grants=desk_keeps
    | own_customers
    | own_sales
    | sales_managed
    | designers_party
    | heads_manage
    | service_reads
    | information_keeps
    | supervision
    | keeper_reads,
    parties="number name kind form sex phone estate_id grade status owner_id designer_id registered_at",
):
    """One customer, person or firm. Saving a new one opens the archive file (R-ARCH-01)."""

    sought = True
    merged_by = "info_officer info_supervisor"
    told_by = "phone name"

    # by what a registration of somebody on file is found (R-CUST-03)
    __table_args__ = (
        CheckConstraint("ground_on <= withdrawn_on", name="withdrawn_after_ground"),
        Index("ix_customer_phone", "phone"),
        Index("ix_customer_name", "name"),
        Index("ix_customer_plate", "plate"),
    )

    number: Mapped[Number] = field("客户编号", unique=True, series="CU", search=True, section="基本情况", place="+")
    name: Mapped[ShortText] = field("客户名称", also="客户姓名 顾客姓名 姓名 客户", search=True, place="001 ch2")
    kind: Mapped[Code] = choice(
        "客户类别",
        codes="customer_kind",
        default="general",
        filter=True,
        place="003 篇十一 3",
        help="案卷类型随客户类别而定",
    )
    special_partner: Mapped[Code | None] = choice(
        "特殊客户类型",
        codes="special_partner",
        filter=True,
        place="003 篇十一 3",
        only_if="kind: special",
        required_if="kind: special",
    )
    form: Mapped[Code] = choice("客户性质", codes="customer_form", default="person", filter=True, place="+")
    sex: Mapped[Code | None] = choice("性别", codes="sex", filter=True, place="000 ch3")
    registered_at: Mapped[Moment] = field(
        "登记时间", also="登记日期 日期", filter=True, place="003 篇十二 3.1.3", help="同一客户以先登记的为准"
    )
    phone: Mapped[Phone] = field(
        "联系电话",
        also="手机号 手机 电话 移动电话 联系手机",
        mask=True,
        search=True,
        section="联系方式",
        place="003 篇七",
    )
    other_phone: Mapped[Phone | None] = field("备用电话", also="座机 办公电话", mask=True, place="003 篇七")
    email: Mapped[ShortText | None] = field("电子邮箱", also="Email", mask=True, place="001 第19条")
    wechat: Mapped[ShortText | None] = field("微信", mask=True, place="+")
    address: Mapped[ShortText | None] = field("通讯地址", also="地址 联系地址 住址", mask=True, place="003 篇七")
    identity_number: Mapped[IdentityNumber | None] = field(
        "身份证号", also="身份证", mask=True, level=2, place="003 篇七"
    )
    company: Mapped[ShortText | None] = field(
        "工作单位", also="公司名称 单位", search=True, section="单位与职业", place="001 第19条"
    )
    occupation: Mapped[Code | None] = choice("职业", codes="occupation", filter=True, place="000 ch2")
    website: Mapped[ShortText | None] = field("网址", place="003 篇三")
    estate_id: Mapped[int | None] = link(
        "小区", also="小区名称", to="estate", filter=True, section="房屋与车辆", place="000 ch2"
    )
    unit: Mapped[ShortText | None] = field("楼栋房号", also="房号 单元", mask=True, place="000 ch2")
    vin: Mapped[ShortText | None] = field("车架号（VIN）", also="车架号 VIN", mask=True, search=True, place="003 篇七")
    plate: Mapped[ShortText | None] = field("车牌号", also="车牌", mask=True, search=True, place="003 篇七")
    source: Mapped[Code | None] = choice(
        "客户来源", also="顾客来源 来源 来源渠道", codes="source", filter=True, section="来源与跟进", place="000 ch2 三"
    )
    introduced_by_id: Mapped[int | None] = link(
        "介绍人（老客户）",
        also="介绍人",
        to="customer",
        filter=True,
        place="003 篇十二 3.1.5",
        only_if="source: friend",
    )
    grade: Mapped[Code | None] = choice(
        "客户级别", also="等级 级别 分级", codes="grade", filter=True, place="000 客户分级"
    )
    intending: Mapped[YesNo | None] = field("意向客户", also="有意向", filter=True, place="003 篇十二 3.1.2")
    concerns: Mapped[Codes | None] = choices("关注重点", codes="concern", filter=True, place="000 ch2")
    status: Mapped[Code] = choice(
        "客户状态", also="状态", codes="customer_status", default="prospect", filter=True, place="004"
    )
    owner_id: Mapped[int | None] = person(
        "客户经理", also="归属人 招商经理 销售人员", filter=True, place="003 篇十二 3.1.4"
    )
    designer_id: Mapped[int | None] = person("设计师", party=True, filter=True, place="000 ch2", handed_over=True)
    last_contact_at: Mapped[Moment | None] = field("最近联系", computed=True, filter=True, place="004")
    ground: Mapped[Code] = choice(
        "留存依据",
        also="依据",
        codes="privacy_ground",
        default="consent",
        filter=True,
        section="个人信息保护",
        place="R-PRIV-01",
        help="本人同意、履行合同或法律规定",
    )
    ground_on: Mapped[Day | None] = field("取得依据的日期", place="R-PRIV-01")
    withdrawn_on: Mapped[Day | None] = field(
        "撤回同意日期", filter=True, place="R-PRIV-01", help="撤回后不再联系，已有记录保留"
    )
    restricted: Mapped[YesNo | None] = field("限制使用", computed=True, filter=True, place="R-PRIV-01")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
