"""Customer profiles: the forty-two items, filled in as they become known."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import (
    Code,
    Codes,
    Day,
    LongText,
    Percentage,
    Phone,
    ShortText,
    YesNo,
    child_rows,
    choice,
    choices,
    field,
    link,
    person,
)
from ...grants import heads_manage, information_keeps, own_customers, own_sales, sales_managed, supervision
from ...models import Lines, Register


class CustomerProfileChild(Lines, of="customer_profile"):
    """One child of the customer; minors, so every fact is personal."""

    born = "born_on of name"

    name: Mapped[ShortText | None] = field("称呼", mask=True, place="+")
    born_on: Mapped[Day | None] = field("出生日期", mask=True, place="003 篇十四 15")
    interest: Mapped[ShortText | None] = field("兴趣", mask=True, place="003 篇十四 15")
    school: Mapped[ShortText | None] = field("就读学校", mask=True, place="003 篇十四 15")


class CustomerProfile(
    Register,
    title="客户信息档案（42项）",
    key="customer_id",
    list="registered_on customer_id owner_id sex company post marriage sociable completeness",
    level=2,
    scope="store department owner",
    grants=own_customers | own_sales | sales_managed | heads_manage | information_keeps | supervision,
    parties="customer_id registered_on owner_id sex company post",
):
    """One profile to one customer; a dynamic record whose completeness is filled of applicable items. 003 篇十四."""

    __table_args__ = (in_order("registered_on", "updated_on"),)

    customer_id: Mapped[int] = link(
        "客户姓名",
        also="客户 客户名称 姓名",
        to="customer",
        belongs=True,
        filter=True,
        unique=True,
        section="表头",
        place="003 篇十四",
    )
    owner_id: Mapped[int | None] = person("销售人员", also="置业顾问 客户经理", filter=True, place="003 篇十四")
    registered_on: Mapped[Day] = field("建档日期", also="日期 填写日期", filter=True, today=True, place="+")
    updated_on: Mapped[Day | None] = field("最近更新", also="更新日期", filter=True, place="003 篇十四 说明二")
    completeness: Mapped[Percentage | None] = field("完整度", filter=True, place="003 篇十四 说明二")
    not_applicable: Mapped[ShortText | None] = field("不适用项目", place="003 篇十四 说明三 ?填项目编号")
    sex: Mapped[Code | None] = choice(
        "性别", codes="sex", filter=True, section="一、基本情况（1–8）", place="003 篇十四 1"
    )
    post_address: Mapped[ShortText | None] = field("通讯地址", also="地址", mask=True, place="003 篇十四 2")
    company: Mapped[ShortText | None] = field(
        "公司名称及地址", also="公司名称 工作单位 单位", search=True, place="003 篇十四 3"
    )
    phone_office: Mapped[Phone | None] = field(
        "办公电话", also="单位电话", mask=True, search=True, place="003 篇十四 4"
    )
    phone_home: Mapped[Phone | None] = field("家庭电话", also="住宅电话", mask=True, search=True, place="003 篇十四 5")
    phone_mobile: Mapped[Phone | None] = field(
        "移动电话", also="手机 手机号 联系电话", mask=True, search=True, place="003 篇十四 6"
    )
    origin: Mapped[ShortText | None] = field("籍贯", place="003 篇十四 7")
    education: Mapped[ShortText | None] = field(
        "教育背景", also="学历", place="003 篇十四 8 ?最高学历及毕业学校，是否在意学位"
    )
    family: Mapped[ShortText | None] = field(
        "家庭状况", also="家庭情况", mask=True, section="二、家庭情况（9–16）", place="003 篇十四 9 ?收入，关系是否融洽"
    )
    marriage: Mapped[Code | None] = choice("婚姻状况", codes="marriage", mask=True, place="003 篇十四 10")
    spouse: Mapped[ShortText | None] = field("配偶信息", mask=True, place="003 篇十四 11 ?电话、工作单位")
    spouse_education: Mapped[ShortText | None] = field("配偶教育背景", mask=True, place="003 篇十四 12")
    spouse_interest: Mapped[ShortText | None] = field("配偶兴趣", mask=True, place="003 篇十四 13")
    parents: Mapped[ShortText | None] = field("父母状况", mask=True, place="003 篇十四 14 ?年龄、健康、兴趣")
    children: Mapped[list[CustomerProfileChild]] = child_rows("子女状况", CustomerProfileChild, place="003 篇十四 15")
    closest_to: Mapped[ShortText | None] = field("家庭中最亲密的人", mask=True, place="003 篇十四 16")
    restaurant: Mapped[ShortText | None] = field(
        "最偏好的就餐地点",
        also="就餐地点",
        section="三、生活习惯（17–25）",
        place="003 篇十四 17 ?午餐、晚餐喜欢什么地方就餐，餐馆档次",
    )
    shop: Mapped[ShortText | None] = field("偏爱购物场所", also="购物场所", place="003 篇十四 18")
    cuisine: Mapped[Codes | None] = choices(
        "最偏爱的菜式", also="菜式", codes="cuisine", filter=True, place="003 篇十四 19"
    )
    drink: Mapped[Code | None] = choice("饮酒", codes="drinks", filter=True, place="003 篇十四 20")
    drink_kind: Mapped[ShortText | None] = field("饮什么酒", place="003 篇十四 20", only_if="drink: yes")
    objects_to_drinking: Mapped[YesNo | None] = field(
        "反对别人饮酒", place="003 篇十四 20 ?不饮酒者填写", only_if="drink: no"
    )
    smoke: Mapped[Code | None] = choice("抽烟", codes="smokes", filter=True, place="003 篇十四 21")
    smoke_kind: Mapped[ShortText | None] = field("抽什么烟", place="003 篇十四 21", only_if="smoke: yes")
    objects_to_smoking: Mapped[YesNo | None] = field(
        "反对别人抽烟", place="003 篇十四 21 ?不抽烟者填写", only_if="smoke: no"
    )
    health: Mapped[ShortText | None] = field("健康状况", mask=True, level=3, place="003 篇十四 22 ?病历及目前身体状况")
    travel: Mapped[ShortText | None] = field("远行交通工具", place="003 篇十四 23")
    societies: Mapped[ShortText | None] = field("所属的社会组织", also="社会组织", search=True, place="003 篇十四 24")
    sociable: Mapped[Code | None] = choice("社交热衷程度", codes="sociability", filter=True, place="003 篇十四 25")
    home_now: Mapped[ShortText | None] = field(
        "现居住状况",
        mask=True,
        section="四、居住与置业（26–32）",
        place="003 篇十四 26 ?何社区、何时置业、是否已升值、是否满意及因素",
    )
    property_invest: Mapped[ShortText | None] = field("现房产投资状况", mask=True, place="003 篇十四 27")
    home_ideal: Mapped[Codes | None] = choices(
        "购房时最关注", also="理想居住状况", codes="housing_concern", filter=True, place="003 篇十四 28"
    )
    home_ideal_more: Mapped[ShortText | None] = field("理想居住状况补充", place="003 篇十四 28")
    buy_reason: Mapped[ShortText | None] = field("由于何种原因而购房", also="购房原因", place="003 篇十四 29")
    bought: Mapped[ShortText | None] = field("在我处购买物业的具体情况", place="003 篇十四 30 ?户型、面积、为谁买等")
    know_us: Mapped[ShortText | None] = field("对本公司房产的了解", place="003 篇十四 31")
    neighbours: Mapped[YesNo | None] = field("在意小区其他业主的素质", place="003 篇十四 32")
    post: Mapped[ShortText | None] = field(
        "职位", also="职务", search=True, filter=True, section="五、工作与个人（33–42）", place="003 篇十四 33"
    )
    car: Mapped[ShortText | None] = field("汽车品牌", also="汽车", place="003 篇十四 34")
    plate: Mapped[ShortText | None] = field("车牌号", also="车牌", mask=True, search=True, place="003 篇十四 35")
    dress: Mapped[ShortText | None] = field("服饰讲究", place="003 篇十四 36")
    media: Mapped[ShortText | None] = field("信息主要来源", place="003 篇十四 37")
    admires: Mapped[ShortText | None] = field("最佩服的人", place="003 篇十四 38")
    career_aim_long: Mapped[ShortText | None] = field("事业目标（长期）", place="003 篇十四 39")
    career_aim_short: Mapped[ShortText | None] = field("事业目标（短期）", place="003 篇十四 39")
    personal_aim_long: Mapped[ShortText | None] = field("个人目标（长期）", place="003 篇十四 40")
    personal_aim_short: Mapped[ShortText | None] = field("个人目标（短期）", place="003 篇十四 40")
    proudest: Mapped[ShortText | None] = field("自认为最得意的事", place="003 篇十四 41")
    own_mind: Mapped[ShortText | None] = field("主见", place="003 篇十四 42 ?是不是有主见的人，对外来意见接受程度")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
