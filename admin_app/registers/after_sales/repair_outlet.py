"""Authorised repair shops and their repairers."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Code, Count, Day, LongText, Money, Phone, ShortText, child_rows, choice, field, person, sign
from ...grants.after_sales import service_kept, service_led, service_read
from ...models import Lines, Register


class RepairOutletWorker(Lines, of="repair_outlet"):
    """A repairer of the shop."""

    name: Mapped[ShortText] = field("姓名", place="002 欧普 三1 D")
    phone: Mapped[Phone | None] = field("联系电话", mask=True, place="002 欧普 三1 D")
    skill: Mapped[ShortText | None] = field("工种", place="+")
    certificate: Mapped[ShortText | None] = field("证书", place="+")
    trained_on: Mapped[Day | None] = field("最近培训日期", place="002 欧普 三1 D")


class RepairOutletTraining(Lines, of="repair_outlet"):
    """A training given to the shop."""

    trained_on: Mapped[Day] = field("日期", place="002 欧普 三1 D")
    topic: Mapped[ShortText] = field("内容", place="002 欧普 三1 D")
    people: Mapped[Count | None] = field("人数", place="+")
    result: Mapped[ShortText | None] = field("考核结果", place="+")


class RepairOutletInspection(Lines, of="repair_outlet"):
    """An inspection of the shop."""

    inspected_on: Mapped[Day] = field("日期", place="002 欧普 三1 C")
    findings: Mapped[ShortText | None] = field("发现问题", place="002 欧普 三1 C")
    score: Mapped[Count | None] = field("得分", place="+")
    inspector_id: Mapped[int | None] = person("检查人", place="+")


class RepairOutlet(
    Register,
    title="特约维修点档案",
    key="opened_on name",
    list="opened_on name region kind contact contract_until rating last_inspected_on state",
    level=1,
    scope="department",
    grants=service_kept | service_led | service_read,
    parties="opened_on name region kind contact state",
):
    """One shop: region, contract, training, inspection. 002 欧普 四3, 五1."""

    __table_args__ = (
        in_order("contract_from", "contract_until"),
        between("score", 0, 100),
        between("deposit", 0),
    )

    opened_on: Mapped[Day] = field(
        "建档日期", also="日期 开发日期", filter=True, section="网点", today=True, place="002 欧普 四3"
    )
    name: Mapped[ShortText] = field("维修点名称", also="名称 维修部名称", search=True, place="002 欧普 四3")
    number: Mapped[ShortText | None] = field("维修点编号", also="编号", search=True, place="+")
    region: Mapped[ShortText] = field("区域", also="负责区域", filter=True, search=True, place="002 欧普 四3")
    office: Mapped[ShortText | None] = field(
        "所属办事处", also="办事处", filter=True, search=True, place="002 欧普 四3"
    )
    kind: Mapped[Code | None] = choice("类别", codes="repair_outlet_kind", filter=True, place="+")
    contact: Mapped[ShortText | None] = field("负责人", also="联系人", search=True, place="002 欧普 四3")
    phone: Mapped[Phone | None] = field("联系电话", also="电话", mask=True, search=True, place="002 欧普 四3")
    address: Mapped[ShortText | None] = field("地址", mask=True, place="002 欧普 四3")
    scope: Mapped[ShortText | None] = field("维修范围", also="业务范围", place="002 欧普 四3")
    workers: Mapped[list[RepairOutletWorker]] = child_rows("维修工", RepairOutletWorker, place="002 欧普 三1 D")
    found_by_id: Mapped[int | None] = sign(
        "开发人", signed_with="edit", roles="service_officer service_manager", section="合同", place="002 欧普 五1"
    )
    survey: Mapped[LongText | None] = field("考察情况", place="002 欧普 五1")
    contract_number: Mapped[ShortText | None] = field("合同编号", search=True, place="002 欧普 四3")
    contract_from: Mapped[Day | None] = field("合同起", filter=True, place="002 欧普 四3")
    contract_until: Mapped[Day | None] = field("合同止", also="合同到期", filter=True, place="002 欧普 四3")
    fee_terms: Mapped[LongText | None] = field("费用结算办法", place="002 欧普 四3")
    deposit: Mapped[Money | None] = field("保证金", place="+")
    approver_id: Mapped[int | None] = person("批准人", place="002 欧普 五1")
    opening_on: Mapped[Day | None] = field("批准日期", place="002 欧普 五1")
    trainings: Mapped[list[RepairOutletTraining]] = child_rows(
        "培训记录", RepairOutletTraining, section="培训与检查", place="002 欧普 三1 D"
    )
    inspections: Mapped[list[RepairOutletInspection]] = child_rows(
        "检查记录", RepairOutletInspection, place="002 欧普 三1 C"
    )
    last_inspected_on: Mapped[Day | None] = field("最近检查日期", filter=True, place="002 欧普 四3")
    score: Mapped[Count | None] = field("最近得分", place="+")
    rating: Mapped[Code | None] = choice("评级", codes="outlet_grade", filter=True, place="+")
    support: Mapped[LongText | None] = field("支持措施", place="002 欧普 三1 D")
    state: Mapped[Code] = choice("状态", codes="repair_outlet_state", filter=True, default="active", place="+")
    ended_on: Mapped[Day | None] = field("终止日期", place="+", only_if="state: ended")
    end_reason: Mapped[ShortText | None] = field(
        "终止原因", place="+", only_if="state: ended", required_if="state: ended"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
