"""Each point off, and the record that shows it."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from ...checks import between
from ...fields import (
    Code,
    Day,
    Figure,
    LongText,
    ShortText,
    YesNo,
    choice,
    field,
    link,
    person,
    sign,
)
from ...grants.scoring import scores_of_store, scores_own, scores_run
from ...models import Register


class ScoreDeduction(
    Register,
    title="考核扣分明细",
    key="noted_on sheet_id part evidence_number",
    list="noted_on sheet_id person_id part fault points evidence_table evidence_number waived",
    level=2,
    scope="store department",
    grants=scores_run | scores_own | scores_of_store,
    parties="noted_on sheet_id person_id part fault points evidence_table evidence_number evidence_path "
    "evidence_summary waived waive_reason added",
):
    """One deduction of a score sheet; names its evidence (R-SCOR-01, R-SCOR-02). 000 四."""

    operations_only = "R-SCOR-02"
    __table_args__ = (between("points", 0), Index("ix_score_deduction_sheet_id", "sheet_id"))

    noted_on: Mapped[Day] = field(
        "日期", also="发生日期", computed=True, filter=True, section="扣分", place="000 考核内容"
    )
    sheet_id: Mapped[int] = link(
        "考核表", to="score_sheet", computed=True, filter=True, belongs=True, place="000 考核内容"
    )
    person_id: Mapped[int] = person(
        "客户经理", also="姓名", computed=True, filter=True, party=True, place="000 考核内容"
    )
    part: Mapped[Code] = choice(
        "考核项目", also="项目", codes="score_part", computed=True, filter=True, place="000 考核内容"
    )
    fault: Mapped[Code] = choice(
        "扣分原因", also="原因", codes="score_fault", computed=True, filter=True, place="R-SCOR-01"
    )
    points: Mapped[Figure] = field("扣分", also="扣分数", computed=True, filter=True, place="000 考核内容")
    explanation: Mapped[ShortText | None] = field("说明", computed=True, place="+")
    evidence_table: Mapped[ShortText | None] = field("依据台账", computed=True, section="依据", place="R-SCOR-02")
    evidence_number: Mapped[ShortText | None] = field(
        "依据记录", also="记录编号", computed=True, search=True, place="R-SCOR-02"
    )
    evidence_path: Mapped[ShortText | None] = field(
        "依据地址", computed=True, place="R-SCOR-02", help="依据记录的台账与编号，考核表上点一下即打开"
    )
    evidence_summary: Mapped[LongText | None] = field("依据内容", computed=True, place="R-SCOR-03")
    waived: Mapped[YesNo | None] = field("免扣", computed=True, filter=True, section="调整", place="R-SCOR-03")
    waived_by_id: Mapped[int | None] = sign("调整人", place="R-SCOR-03")
    waive_reason: Mapped[ShortText | None] = field("调整原因", computed=True, place="R-SCOR-03")
    added: Mapped[YesNo | None] = field("人工增加", computed=True, filter=True, place="R-SCOR-03")
