"""Header words in one spelling, and the fields they name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_app.sheets.reading import Vocabulary, fold, fold_without_unit


@pytest.mark.rule("R-IMPT-01")
@pytest.mark.parametrize(
    "spelling", ["顧客姓名", "*顾客姓名", "顾客 姓名", "顾客\n姓名", "顾客姓名：", "顾客姓名＊", " 顾客　姓名 "]
)
def test_spellings_of_one_word_fold_to_it(spelling):
    assert fold(spelling) == "顾客姓名"


def test_full_width_and_capital_letters_fold():
    assert fold("ＩＤ　No") == fold("id no")


@pytest.mark.parametrize("spelling", ["金额(元)", "金额（万元）", "金额[元]", "金额【必填】"])
def test_a_unit_in_brackets_is_taken_off(spelling):
    assert fold_without_unit(spelling) == "金额"


@given(st.text(st.sampled_from("顧客金額元 　*（）()【】：:ＡaＢ1\n"), max_size=20))
def test_folding_twice_changes_nothing_more(text):
    assert fold_without_unit(fold(text)) == fold_without_unit(text)


@pytest.mark.rule("R-IMPT-02")
def test_a_word_as_declared_goes_before_one_without_its_unit():
    words = Vocabulary({"面积(平方米)": "area", "面积": "size"})
    assert words.field_of("面积（平方米）") == "area"
    assert words.field_of("面积") == words.field_of("面积(亩)") == "size"


def test_the_lower_word_of_two_levels_names_a_field_when_the_whole_does_not():
    words = Vocabulary({"电话": "phone", "公司/电话": "office"})
    assert words.field_of("公司/电话") == "office"
    assert words.field_of("联系人/电话") == "phone"
    assert words.field_of("联系人/住址") is None
