"""Questionnaires answered by key accounts."""

from sqlalchemy.orm import Mapped

from ...checks import between, in_order
from ...fields import Code, Count, Day, LongText, ShortText, child_rows, choice, field, link, person
from ...grants.key_accounts import accounts_led, accounts_read, own_accounts
from ...models import Lines, Register


class QuestionnaireAnswer(Lines, of="questionnaire"):
    """A question and what was answered."""

    question: Mapped[ShortText] = field("问题", place="001 ch4 六")
    answer: Mapped[ShortText | None] = field("答案", place="001 ch4 六")
    score: Mapped[Count | None] = field("得分", place="001 ch4 六")
    full_score: Mapped[Count | None] = field("满分", place="+")


class Questionnaire(
    Register,
    title="大客户问卷表",
    key="answered_on customer_id title",
    list="answered_on customer_id title asker_id method score satisfied handled_on",
    level=2,
    scope="department owner",
    grants=own_accounts | accounts_led | accounts_read,
    parties="answered_on customer_id title asker_id method score satisfied handler_id handled_on",
):
    """One questionnaire with its answers and score. 001 ch4 六."""

    __table_args__ = (
        between("score", 0, 100),
        in_order("answered_on", "handled_on"),
    )

    answered_on: Mapped[Day] = field(
        "填答日期", also="日期", filter=True, section="问卷", today=True, place="001 ch4 六"
    )
    title: Mapped[ShortText] = field("问卷名称", also="问卷", search=True, place="+")
    customer_id: Mapped[int] = link(
        "客户", also="客户名称 大客户名称", to="customer", filter=True, belongs=True, place="001 ch4 六"
    )
    key_account_id: Mapped[int | None] = link("大客户档案", to="key_account", filter=True, place="+")
    respondent: Mapped[ShortText | None] = field("填答人", search=True, place="+")
    respondent_post: Mapped[ShortText | None] = field("填答人职务", place="+")
    asker_id: Mapped[int | None] = person("调查人", also="大客户专员", filter=True, party=True, place="+")
    method: Mapped[Code | None] = choice("调查方式", codes="survey_method", filter=True, place="+")
    answers: Mapped[list[QuestionnaireAnswer]] = child_rows(
        "问题与答案", QuestionnaireAnswer, section="答案", place="001 ch4 六"
    )
    wishes: Mapped[LongText | None] = field("意见与要求", also="意见 建议", place="+")
    score: Mapped[Count | None] = field(
        "总分", also="得分", filter=True, section="结果", place="001 ch4 六", help="0 至 100 分"
    )
    satisfied: Mapped[Code | None] = choice("总体评价", also="满意程度", codes="satisfaction", filter=True, place="+")
    analysis: Mapped[LongText | None] = field("结果分析", place="+")
    handler_id: Mapped[int | None] = person("跟进人", filter=True, party=True, place="+")
    handled_on: Mapped[Day | None] = field("跟进日期", filter=True, place="+")
    handling: Mapped[LongText | None] = field("跟进情况", place="+")
    remark: Mapped[LongText | None] = field("备注", section="其他", place="+")
