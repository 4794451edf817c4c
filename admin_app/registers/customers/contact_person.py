"""Contact persons: the people at a customer's side, and who of them decides."""

from sqlalchemy.orm import Mapped

from ...fields import Code, Count, Day, LongText, Phone, ShortText, YesNo, choice, field, link
from ...grants import (
    heads_manage,
    information_keeps,
    own_customers,
    own_sales,
    sales_managed,
    service_reads,
    supervision,
)
from ...models import Register


class ContactPerson(
    Register,
    title="联系人与关键人物",
    key="customer_id name",
    list="name customer_id post duty decides phone",
    level=2,
    scope="store department owner",
    grants=own_customers | own_sales | sales_managed | heads_manage | service_reads | information_keeps | supervision,
    parties="name customer_id post duty decides",
):
    """A person to speak to at a customer: post, matters, temper, whether they decide. 001 ch2 接洽人员."""

    born = "birthday of name"

    customer_id: Mapped[int] = link(
        "客户", also="客户名称", to="customer", belongs=True, filter=True, section="基本情况", place="001 ch2"
    )
    name: Mapped[ShortText] = field("姓名", also="联系人 接洽人", search=True, place="001 ch2")
    sex: Mapped[Code | None] = choice("性别", codes="sex", place="+")
    age: Mapped[Count | None] = field("年龄", mask=True, place="001 ch2")
    post: Mapped[ShortText | None] = field("职务", also="职位", search=True, filter=True, place="001 ch2")
    duty: Mapped[ShortText | None] = field("负责事项", search=True, place="001 ch2")
    role_in_purchase: Mapped[Code | None] = choice(
        "关键人物职能", codes="key_person_task", filter=True, place="002 关键人物"
    )
    decides: Mapped[YesNo | None] = field("有决策权", also="决策权", filter=True, place="001 第8条")
    phone: Mapped[Phone | None] = field(
        "联系电话", also="手机 手机号 电话 联系手机", mask=True, search=True, section="联系方式", place="001 ch2"
    )
    other_phone: Mapped[Phone | None] = field("电话（座机需加区号）", also="座机", mask=True, place="003 篇七")
    wechat: Mapped[ShortText | None] = field("微信", mask=True, place="+")
    address: Mapped[ShortText | None] = field("联系地址", also="地址", mask=True, place="003 篇七")
    education: Mapped[ShortText | None] = field("文化程度", section="个人情况", place="001 ch2")
    temper: Mapped[ShortText | None] = field("性格", place="001 ch2")
    birthday: Mapped[Day | None] = field("生日", mask=True, place="003 篇十四")
    relation: Mapped[ShortText | None] = field("与客户关系", mask=True, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
