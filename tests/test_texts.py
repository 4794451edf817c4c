"""Messages that are kept for later are messages still, with those among their values."""

import pytest

from admin_app.permissions import Level
from admin_app.texts import COMMA, SEMICOLON, Text, kept, kept_text, say, several, word


@pytest.mark.parametrize(
    "message",
    [
        say("请写明导出用途"),
        say("{reason}（{rule}）", reason=say("借期最多 {days} 天", days="3"), rule="R-LOAN-05"),
        say("栏目：{names}", names=several([word("密级"), say("第 {n} 行", n="7"), "王建国"], SEMICOLON)),
    ],
)
def test_a_kept_message_is_read_as_it_was(message: Text) -> None:
    found = kept_text(kept(message))
    assert (found, str(found)) == (message, str(message))


def test_a_word_keeps_its_context_and_data_becomes_what_the_sentence_has_of_it() -> None:
    found = kept_text(kept(say("{scope} {days}", scope=word("本人", "scope"), days=3)))
    assert (found.values["scope"].context, found.values["days"]) == ("scope", "3")
    assert type(kept_text(kept(several(["甲"]))).between) is type(COMMA)


def test_a_sentence_kept_before_is_itself() -> None:
    assert [kept_text(text) for text in ("账号已停用或已离职", "")] == ["账号已停用或已离职", ""]


def test_a_kept_level_is_still_one_that_the_company_may_call_otherwise():
    found = kept_text(kept(say("密级不能低于{level}", level=Level.SECRET.label))).values["level"]
    assert (found, found.number) == ("秘密", 2)
