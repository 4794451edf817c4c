"""Orders to put service right."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...declaration import slip
from ...fields import Code, Day, LongText, Money, Number, YesNo, choice, field, link, person, sign
from ...grants.complaints import (
    complaints_decided,
    complaints_kept,
    complaints_led,
    complaints_reviewed,
    rectified_by_heads,
)
from ...models import Register


class ServiceRectification(
    Register,
    title="服务监督整改通知单",
    key="issued_on to_department_id",
    list="issued_on number to_department_id owner_id rectify_by rectified_on checked_by_id proposal state",
    level=2,
    scope="department owner",
    grants=complaints_kept | rectified_by_heads | complaints_led | complaints_reviewed | complaints_decided,
    parties="issued_on number to_department_id shortfall demands owner_id rectify_by rectified_on result state",
):
    """One order to a department: shortfall, rectify by, reward or penalty proposed, checked. 004 客户经理职责."""

    called = "number to_department_id"
    on_paper = slip()
    ends_with = "state: checked"
    due = "rectify_by"

    __table_args__ = (
        in_order("issued_on", "rectify_by"),
        in_order("issued_on", "rectified_on"),
        between("amount", 0),
    )

    issued_on: Mapped[Day] = field(
        "签发日期", also="日期", filter=True, section="通知", today=True, place="004 客户经理职责"
    )
    number: Mapped[Number] = field("通知单号", also="编号 单号", unique=True, series="ZG", search=True, place="+")
    to_department_id: Mapped[int] = link(
        "整改部门", also="部门", to="department", filter=True, place="004 客户经理职责"
    )
    owner_id: Mapped[int | None] = person("整改责任人", also="责任人", filter=True, place="+")
    found_through: Mapped[Code | None] = choice(
        "发现途径", also="来源", codes="rectification_source", filter=True, place="+"
    )
    complaint_id: Mapped[int | None] = link("相关投诉", to="complaint", filter=True, place="+")
    shortfall: Mapped[LongText] = field("不足之处", also="存在问题 服务不足", place="004 客户经理职责")
    demands: Mapped[LongText] = field("整改要求", place="004 客户经理职责")
    rectify_by: Mapped[Day] = field("整改期限", filter=True, place="004 客户经理职责")
    issued_by_id: Mapped[int | None] = sign(
        "签发人", signed_with="edit", roles="service_officer service_manager general_manager", place="+"
    )
    proposal: Mapped[Code | None] = choice(
        "奖罚建议", codes="rectification_proposal", filter=True, section="奖罚建议", place="004 客户经理职责"
    )
    proposed_for_id: Mapped[int | None] = person("建议奖罚对象", party=True, place="+")
    amount: Mapped[Money | None] = field("建议金额", place="+", only_if="proposal: reward fine")
    result: Mapped[LongText | None] = field("整改情况", section="整改与检查", place="+")
    rectified_on: Mapped[Day | None] = field("整改完成日期", also="完成日期", filter=True, place="004 客户经理职责")
    answered_by_id: Mapped[int | None] = sign("部门签字", signed_with="edit", by="owner_id", place="+")
    checked_by_id: Mapped[int | None] = sign(
        "检查人", signed_with="approve", roles="service_manager general_manager", place="004 客户经理职责"
    )
    check_result: Mapped[LongText | None] = field("检查结果", place="004 客户经理职责")
    passed: Mapped[YesNo | None] = field("检查合格", filter=True, place="+")
    state: Mapped[Code] = choice("状态", codes="rectification_state", filter=True, default="issued", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
