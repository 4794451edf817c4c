"""What the levels may be called, and which marks are a state secret's (R-CONF-13)."""

import pytest

from admin_app.level_words import LevelWords
from admin_app.permissions import Level
from admin_app.rules.level_words import bears_state_mark, may_be_called
from admin_app.texts import say, several

pytestmark = pytest.mark.rule("R-CONF-13")


def own(prefix: str = "", **words: str) -> LevelWords:
    """The company's words by the number of their level: ``own(l4="核心")``."""
    return LevelWords(tuple(words.get(f"l{number}") for number in range(5)), prefix)


@pytest.mark.parametrize(
    ("words", "faults"),
    [
        (own(), {}),
        (own("商密·"), {}),
        (own("商密·", l2="普通", l3="重要", l4="核心"), {}),
        (own(l4="一二三四五六"), {}),
        (own(l4="一二三四五六七"), {"level_word_4": "incomplete"}),
        (own("一二三四五六七"), {"level_prefix": "incomplete"}),
        (own(l4="\u200b"), {"level_word_4": "incomplete"}),
        (own(l3="核心", l4="核 心"), {"level_word_3": "taken", "level_word_4": "taken"}),
        # a ledger's 绝密 would be read as another level than before
        (own(l2="绝密"), {"level_word_2": "taken"}),
        # 甲 before 乙 is what level 4 is called
        (own("甲", l3="乙", l4="甲乙"), {"level_word_3": "taken", "level_word_4": "taken"}),
        (own(l4="核心★"), {"level_word_4": "state_secret"}),
        (own("★"), {"level_prefix": "state_secret"}),
        (own(l4="国家秘密"), {"level_word_4": "state_secret"}),
        (own(l4="國家絕密"), {"level_word_4": "state_secret"}),
        # 国家 goes before 秘密
        (own("国家"), {"level_prefix": "state_secret"}),
    ],
)
def test_words_are_told_apart_and_bear_no_state_secrets_mark(words, faults):
    found = may_be_called(words)
    assert {name: verdict.code for name, verdict in found.items()} == faults
    assert {verdict.rule for verdict in found.values()} <= {"R-CONF-13"}


@pytest.mark.parametrize(
    ("text", "bears"),
    [
        ("国家秘密", True), ("國 家 秘 密", True), ("绝密★启用前", True), ("★機密", True), ("★ 核心", True), ("商密·核心★", True),
        ("核心", False), ("服务★★★★", False), ("★★★ 满意", False), ("商业秘密", False),
    ],
)  # fmt: skip
def test_a_star_beside_an_own_word_is_a_state_secrets_mark_too(text, bears):
    assert bears_state_mark(text, ("核心", "商密·核心")) is bears


def test_a_sentence_tells_levels_by_the_companys_words_and_leaves_data_alone():
    words = own("商密·", l4="核心")
    sentence = say(
        "{one}和{all}，客户{name}", one=Level.SECRET.label, all=several([Level.TOP_SECRET.label]), name="绝密"
    )
    assert words.told(sentence) == "商密·秘密和商密·核心，客户绝密"


def test_a_ledger_may_write_own_and_shipped_words_with_the_prefix_and_without():
    assert own("商密·", l4="核心").readings() == {
        "商密·公开": "0", "公开": "0", "商密·内部": "1", "内部": "1", "商密·秘密": "2", "秘密": "2", "商密·机密": "3", "机密": "3",
        "商密·核心": "4", "商密·绝密": "4", "核心": "4", "绝密": "4",
    }  # fmt: skip
