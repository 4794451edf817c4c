"""Customer data given outside: to whom, what, why, on two approvals."""

from sqlalchemy.orm import Mapped

from ...checks import in_order
from ...declaration import slip
from ...fields import (
    Code,
    Codes,
    Count,
    Day,
    LongText,
    Number,
    Phone,
    ShortText,
    YesNo,
    child_rows,
    choice,
    choices,
    field,
    link,
    person,
    sign,
)
from ...grants import staff_apply
from ...grants.archives import permits_kept, provision_approved
from ...models import Lines, Register


class ExternalProvisionItem(Lines, of="external_provision"):
    """One paper or set of data."""

    item_id: Mapped[int | None] = link("文件", to="archive_item", place="003 篇十一 24")
    name: Mapped[ShortText] = field("资料名称", place="003 篇十一 24")
    customer_id: Mapped[int | None] = link("涉及客户", to="customer", place="003 篇十一 24")
    data_kind: Mapped[Code | None] = choice("资料种类", codes="archive_data_kind", place="003 篇十一 24")
    copies: Mapped[Count | None] = field("份数", place="003 篇十一 24")
    masked: Mapped[YesNo | None] = field("已脱敏", place="003 篇十一 24")


class ExternalProvision(
    Register,
    title="对外提供资料审批单",
    key="applied_on applicant_id recipient",
    list="applied_on number recipient recipient_kind data_kinds applicant_id provided_on supervisor_signed_by_id "
    "manager_signed_by_id",
    level=3,
    scope="store department",
    grants=staff_apply | permits_kept | provision_approved,
    parties="number applied_on applicant_id recipient purpose data_kinds decision supervisor_signed_by_id "
    "supervisor_signed_at manager_signed_by_id manager_signed_at provided_on",
):
    """One provision, approved by both before anything leaves (R-CONF-09, R-PRIV-02). 003 篇十一 24."""

    on_paper = slip()
    steps_by = "R-CONF-09"
    filled_after_judging = "provided_on provided_by_id receipt_signed return_by returned_on remark"
    kept_from = "provided_on"

    __table_args__ = (in_order("provided_on", "return_by"),)

    number: Mapped[Number] = field(
        "审批单号", also="编号", unique=True, series="DW", search=True, section="申请", place="+"
    )
    applied_on: Mapped[Day] = field("申请日期", also="日期", filter=True, today=True, place="003 篇十一 24")
    applicant_id: Mapped[int] = person("申请人", also="经办人", party=True, filter=True, place="003 篇十一 24")
    recipient: Mapped[ShortText] = field(
        "接收对象", also="对象 接收单位", search=True, filter=True, section="接收方", place="003 篇十一 24"
    )
    recipient_kind: Mapped[Code | None] = choice("对象类别", codes="archive_recipient_kind", filter=True, place="+")
    contact: Mapped[ShortText | None] = field("接收人", mask=True, search=True, place="+")
    phone: Mapped[Phone | None] = field("接收人电话", also="联系电话", mask=True, place="+")
    credential: Mapped[ShortText | None] = field("证件或函件号", mask=True, search=True, place="+")
    items: Mapped[list[ExternalProvisionItem]] = child_rows(
        "资料明细", ExternalProvisionItem, also="资料", section="资料", place="003 篇十一 24"
    )
    data_kinds: Mapped[Codes | None] = choices("资料种类", codes="archive_data_kind", filter=True, place="R-PRIV-02")
    people: Mapped[Count | None] = field("涉及人数", filter=True, place="R-PRIV-02")
    sensitive: Mapped[YesNo | None] = field("含敏感个人信息", filter=True, place="R-PRIV-02")
    purpose: Mapped[LongText] = field("目的", also="用途", place="003 篇十一 24")
    ground: Mapped[Code | None] = choice(
        "提供依据", also="依据", codes="privacy_ground", filter=True, place="R-PRIV-02"
    )
    consent_on: Mapped[Day | None] = field("客户同意日期", place="R-PRIV-02", only_if="ground: consent")
    way: Mapped[Code | None] = choice(
        "提供方式", also="方式", codes="archive_provision_way", filter=True, place="R-PRIV-02"
    )
    safeguards: Mapped[LongText | None] = field("保密要求与措施", place="R-PRIV-02")
    decision: Mapped[Code | None] = choice(
        "审批结果", also="结果", codes="archive_request_decision", filter=True, section="审批", place="003 篇十一 24"
    )
    supervisor_signed_by_id: Mapped[int | None] = sign(
        "客户信息主管批准", signed_with="approve", roles="info_supervisor", place="003 篇十一 24"
    )
    manager_signed_by_id: Mapped[int | None] = sign(
        "客户服务部经理批准",
        signed_with="approve",
        roles="service_manager",
        after="supervisor_signed_by_id",
        place="003 篇十一 24",
    )
    opinion: Mapped[LongText | None] = field("审批意见", place="003 篇十一 24", required_if="decision: refused")
    provided_on: Mapped[Day | None] = field(
        "提供日期",
        after="supervisor_signed_by_id manager_signed_by_id",
        help="两处签字以后才填，填后不能更改",
        filter=True,
        section="提供",
        place="003 篇十一 24",
    )
    provided_by_id: Mapped[int | None] = person("提供人", party=True, filter=True, place="003 篇十一 24")
    receipt_signed: Mapped[YesNo | None] = field("对方已签收", after="provided_on", filter=True, place="003 篇十一 24")
    return_by: Mapped[Day | None] = field("收回或销毁期限", filter=True, place="R-PRIV-02")
    returned_on: Mapped[Day | None] = field("收回或销毁日期", after="provided_on", filter=True, place="R-PRIV-02")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
