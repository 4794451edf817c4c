"""Visitors: the front desk's daily ledger."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from ...fields import (
    Code,
    Codes,
    LongText,
    Moment,
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
    desk_imports,
    desk_keeps,
    heads_approve,
    heads_manage,
    information_keeps,
    own_customers,
    supervision,
)
from ...models import Register


class Visitor(
    Register,
    title="日来店顾客登记表",
    key="came_at name phone",
    list="came_at name phone estate source grade received_by",
    level=1,
    scope="store owner",
    grants=desk_keeps | desk_imports | own_customers | heads_manage | heads_approve | information_keeps | supervision,
    parties="came_at name sex phone estate source concerns grade received_by owner_id designer_id",
):
    """Who came in, from where, and who received them; a day alone is a valid time. 000 ch3."""

    contacted = "came_at"

    carried = "came_at estate received_by owner_id"
    scored = "came_at of owner_id expects sex estate concerns grade enquiry"

    __table_args__ = (CheckConstraint("came_at <= left_at", name="left_after_coming"),)

    came_at: Mapped[Moment] = field(
        "来店时间", also="日期 来店日期", filter=True, section="来店", today=True, place="000 ch3", help="可以只写日期"
    )
    left_at: Mapped[Moment | None] = field("离店时间", place="+")
    name: Mapped[ShortText] = field("顾客姓名", also="客户姓名 姓名", search=True, place="000 ch3")
    sex: Mapped[Code | None] = choice("性别", also="称呼", codes="sex", filter=True, place="000 ch3")
    phone: Mapped[Phone] = field("联系电话", also="手机号 手机 电话 联系方式", mask=True, search=True, place="000 ch3")
    estate: Mapped[ShortText | None] = field("小区", also="小区名称", search=True, filter=True, place="000 ch3")
    address: Mapped[ShortText | None] = field("详细地址", also="地址 小区地址", mask=True, place="000 ch3")
    source: Mapped[Code] = choice(
        "顾客来源", also="来源渠道 来源 客户来源", codes="source", filter=True, section="了解", place="000 ch2 三"
    )
    occupation: Mapped[Code | None] = choice("职业", codes="occupation", filter=True, place="000 ch2")
    concerns: Mapped[Codes | None] = choices("关注重点", also="关注点", codes="concern", filter=True, place="000 ch2")
    grade: Mapped[Code | None] = choice(
        "客户级别", also="等级 级别 客户等级", codes="grade", filter=True, place="000 客户分级"
    )
    came_before: Mapped[YesNo | None] = field("是否再次来访", also="再次来访", filter=True, place="000 ch3")
    enquiry: Mapped[LongText | None] = field("询问的基本情况", also="基本情况", place="000 ch3")
    received_by: Mapped[ShortText] = field(
        "接待人", also="客户经理", search=True, filter=True, section="接待", place="000 ch3"
    )
    owner_id: Mapped[int | None] = person("跟进客户经理", filter=True, place="000 ch3")
    designer_id: Mapped[int | None] = person("引荐设计师", also="设计师", party=True, filter=True, place="000 ch3")
    steps: Mapped[Codes | None] = choices("接待步骤", codes="reception_step", place="000 ch3")
    result: Mapped[ShortText | None] = field("结果", search=True, place="000 ch3")
    customer_id: Mapped[int | None] = link("对应客户", to="customer", filter=True, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="000 ch3")
