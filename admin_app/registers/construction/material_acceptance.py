"""The check of what was delivered to the site."""

from sqlalchemy.orm import Mapped

from ...declaration import slip
from ...fields import (
    Attachment,
    Code,
    Codes,
    Day,
    Figure,
    LongText,
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
from ...grants.construction import (
    designers_write,
    works_designed,
    works_headed,
    works_inspected,
    works_looked_up,
    works_of_store,
    works_run,
)
from ...models import Lines, Register


class MaterialAcceptanceLine(Lines, of="material_acceptance"):
    """One material and its result."""

    name: Mapped[ShortText] = field("材料名称", also="名称", place="+")
    brand: Mapped[ShortText | None] = field("品牌", place="+")
    spec: Mapped[ShortText | None] = field("规格型号", also="规格", place="+")
    unit: Mapped[ShortText | None] = field("单位", place="+")
    quantity: Mapped[Figure | None] = field("数量", place="+")
    certificate: Mapped[YesNo | None] = field("合格证齐全", place="+")
    environment: Mapped[YesNo | None] = field("环保检测合格", place="+")
    result: Mapped[Code | None] = choice("结果", codes="site_check_result", place="+")
    note: Mapped[ShortText | None] = field("说明", place="+")


class MaterialAcceptance(
    Register,
    title="材料验收单",
    key="site_id accepted_on",
    list="accepted_on site_id result genuine instruments project_manager_id inspector_id customer_signed",
    level=1,
    scope="store department owner",
    grants=works_run
    | works_inspected
    | works_looked_up
    | works_designed
    | designers_write
    | works_of_store
    | works_headed,
    parties="site_id project_manager_id designer_id inspector_id accepted_on batch distributed instruments lines genuine "
    "result problems return_by photo customer_signed customer_signed_on designer_signed_by_id designer_signed_at "
    "manager_signed_by_id manager_signed_at inspector_signed_by_id inspector_signed_at",
):
    """Materials checked by four parties with instruments, signed by the customer (R-CONS-01). 002 轻舟 二检."""

    on_paper = slip(also="客户")

    site_id: Mapped[int] = link(
        "工地",
        also="客户 客户姓名 工程 工地名称 工地编号",
        to="project_site",
        belongs=True,
        filter=True,
        section="验收",
        place="002 轻舟 二检",
    )
    project_manager_id: Mapped[int | None] = person(
        "项目经理", also="工长 工地主管 项目负责人", inherited=True, party=True, filter=True, place="002 轻舟 二检"
    )
    designer_id: Mapped[int | None] = person("设计师", inherited=True, party=True, filter=True, place="002 轻舟 二检")
    inspector_id: Mapped[int | None] = person(
        "质检员", also="监理", inherited=True, party=True, filter=True, place="002 轻舟 二检"
    )
    accepted_on: Mapped[Day] = field("验收日期", also="日期", filter=True, today=True, place="002 轻舟 二检")
    batch: Mapped[ShortText | None] = field("材料批次", also="批次", place="+")
    distributed: Mapped[YesNo | None] = field("公司统一配送", filter=True, place="002 轻舟 3")
    instruments: Mapped[Codes | None] = choices(
        "使用仪器", also="仪器", codes="instrument", filter=True, place="002 轻舟 5"
    )
    lines: Mapped[list[MaterialAcceptanceLine]] = child_rows("材料明细", MaterialAcceptanceLine, place="002 轻舟 二检")
    genuine: Mapped[YesNo | None] = field("与合同品牌型号一致", filter=True, place="002 轻舟 项目经理3")
    result: Mapped[Code | None] = choice(
        "验收结果", also="结果", codes="site_check_result", filter=True, section="结果", place="002 轻舟 二检"
    )
    problems: Mapped[LongText | None] = field("问题", also="存在问题", place="002 轻舟 二检")
    return_by: Mapped[Day | None] = field("退换期限", filter=True, place="+")
    photo: Mapped[Attachment | None] = field("照片", place="+")
    customer_signed: Mapped[YesNo] = field(
        "客户已签字", also="客户签字", default=False, filter=True, section="签字", place="002 轻舟 二检"
    )
    customer_signed_on: Mapped[Day | None] = field("客户签字日期", place="002 轻舟 二检")
    designer_signed_by_id: Mapped[int | None] = sign(
        "设计师签字", signed_with="edit", by="designer_id", place="002 轻舟 二检"
    )
    manager_signed_by_id: Mapped[int | None] = sign(
        "项目负责人签字", also="项目经理签字", signed_with="edit", by="project_manager_id", place="002 轻舟 二检"
    )
    inspector_signed_by_id: Mapped[int | None] = sign(
        "质检员签字", signed_with="edit", by="inspector_id", place="002 轻舟 二检"
    )
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
