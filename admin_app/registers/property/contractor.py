"""Teams under contract for repairs and maintenance."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...fields import (
    Attachment,
    Code,
    Count,
    Day,
    LongText,
    Money,
    Percentage,
    Phone,
    ShortText,
    child_rows,
    choice,
    field,
    person,
)
from ...grants.property import contractors_known, property_headed
from ...models import Lines, Register


class ContractorWorker(Lines, of="contractor"):
    """One worker of the team."""

    name: Mapped[ShortText] = field("姓名", mask=True, place="+")
    trade: Mapped[ShortText | None] = field("工种", place="+")
    certificate: Mapped[ShortText | None] = field("证书编号", mask=True, place="+")
    phone: Mapped[Phone | None] = field("电话", mask=True, place="+")


class Contractor(
    Register,
    title="签约维修/维保队伍档案",
    key="name",
    list="name kind trades contact phone contract_until jobs quality state",
    level=1,
    grants=contractors_known | property_headed,
    parties="name kind trades state",
):
    """One team: its contract, its jobs and how good they were. 002 房地产 2.2."""

    ends_with = "state: ended"

    __table_args__ = (in_order("contract_from", "contract_until"),)

    name: Mapped[ShortText] = field(
        "队伍名称", also="单位名称 公司名称", once=True, search=True, section="队伍", place="002 房地产 2.2"
    )
    kind: Mapped[Code] = choice(
        "类别", codes="property_contractor_kind", default="repair", filter=True, place="002 房地产 2.2"
    )
    trades: Mapped[ShortText | None] = field("维修范围", also="服务范围", filter=True, search=True, place="+")
    credit_code: Mapped[ShortText | None] = field("统一社会信用代码", search=True, place="+")
    qualification: Mapped[ShortText | None] = field("资质", search=True, place="+")
    qualification_until: Mapped[Day | None] = field("资质有效期", filter=True, place="+")
    leader: Mapped[ShortText | None] = field("负责人", mask=True, search=True, place="+")
    contact: Mapped[ShortText | None] = field("联系人", mask=True, search=True, place="+")
    phone: Mapped[Phone | None] = field("联系电话", also="电话", mask=True, search=True, place="+")
    address: Mapped[ShortText | None] = field("地址", search=True, place="+")
    workers: Mapped[list[ContractorWorker]] = child_rows("人员", ContractorWorker, place="+")
    contract_number: Mapped[ShortText | None] = field(
        "合同编号", also="合同号", search=True, section="合同", place="002 房地产 2.2"
    )
    contract_from: Mapped[Day | None] = field("合同期起", filter=True, place="002 房地产 2.2")
    contract_until: Mapped[Day | None] = field("合同期止", also="合同到期", filter=True, place="002 房地产 2.2")
    amount: Mapped[Money | None] = field("合同金额", filter=True, level=2, place="+")
    payment_term: Mapped[ShortText | None] = field("付款方式", place="+")
    guarantee: Mapped[Money | None] = field("质保金", level=2, place="+")
    guarantee_months: Mapped[Count | None] = field("质保期（月）", place="+")
    response_hours: Mapped[Count | None] = field("响应时限（小时）", filter=True, place="+")
    contract_scan: Mapped[Attachment | None] = field("合同扫描件", place="+")
    supervisor_id: Mapped[int | None] = person(
        "监管人", also="负责人员", party=True, filter=True, section="监管", place="002 房地产 2.2", handed_over=True
    )
    jobs: Mapped[Count | None] = field("维修次数", filter=True, place="002 房地产 2.2")
    quality: Mapped[Percentage | None] = field("验收合格率（%）", also="合格率", filter=True, place="002 房地产 2.2")
    complaints: Mapped[Count | None] = field("投诉次数", place="+")
    evaluated_on: Mapped[Day | None] = field("最近评价日期", filter=True, place="+")
    evaluation: Mapped[LongText | None] = field("评价", place="+")
    state: Mapped[Code] = choice("状态", codes="property_contractor_state", default="active", filter=True, place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
