"""How characters are read, and what letters may stand for (R-LIST-01)."""

import re
import subprocess
import sys

import pytest

from admin_app.guard.pinyin import RARE, SEVERAL, pattern, readings, sort_text, sounds_like, spelled

pytestmark = pytest.mark.rule("R-LIST-01")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("单雄信", "shanxiongxin"), ("单雄信", "sxx"), ("仇英", "qiuying"), ("仇英", "qy"), ("解缙", "xiejin"), ("解缙", "xj"),
        ("查良镛", "zhaliangyong"), ("查良镛", "zly"), ("曾国藩", "zengguofan"), ("曾国藩", "zgf"), ("区大为", "oudawei"),
        ("区大为", "odw"), ("盖叫天", "gejiaotian"), ("盖叫天", "gjt"), ("朴永浩", "piaoyonghao"), ("朴永浩", "pyh"),
    ],
)  # fmt: skip
def test_surnames_read_in_their_own_way_are_found(name: str, typed: str) -> None:
    assert sounds_like(name, typed)


@pytest.mark.parametrize(
    "typed", ["wjg", "WJG", "wangjianguo", "wang jian guo", "jianguo", "jg", "wangji", "wangj", "wang"]
)
def test_a_name_is_found_by_initials_by_all_of_its_syllables_and_by_a_beginning(typed: str) -> None:
    assert sounds_like("王建国", typed)


@pytest.mark.parametrize("typed", ["wgj", "wangguo", "jianh", "guojian", "guo", "w", "", "w1", "王", "123"])
def test_what_is_spelled_otherwise_is_not_found(typed: str) -> None:
    assert not sounds_like("王建国", typed)


def test_one_syllable_finds_what_begins_with_it() -> None:
    assert sounds_like("仇英", "qiu")
    assert sounds_like("仇", "qiu")
    assert not sounds_like("老仇家", "qiu")


def test_letters_with_two_meanings_are_taken_both_ways() -> None:
    assert sounds_like("西安路", "xian")
    assert sounds_like("先生", "xian")


def test_the_sound_of_u_with_dots_is_typed_as_v_or_as_u() -> None:
    assert sounds_like("吕布", "lvbu")
    assert sounds_like("吕布", "lubu")


def test_a_blank_sounds_like_nothing() -> None:
    assert not sounds_like(None, "wjg")


def test_every_character_that_names_are_written_with_is_read_in_letters_alone() -> None:
    listed = re.findall(r"[一-鿿]", SEVERAL)
    assert len(set(listed)) == len(listed)
    for character in [*listed, *RARE]:
        assert readings(character), character
        assert all(re.fullmatch("[a-z]+", way) for way in readings(character)), character


def test_what_is_no_chinese_character_is_not_read() -> None:
    assert [readings(one) for one in "a1-，Ａ"] == [()] * 5


def test_names_stand_as_in_a_dictionary() -> None:
    names = ["王伟", "黎明", "李娜", "陈静", "林森", "Anna", "李安", "安庆", "bob", "12号楼", "李", "3号楼"]
    in_order = ["3号楼", "12号楼", "Anna", "bob", "安庆", "陈静", "李", "李安", "李娜", "黎明", "林森", "王伟"]
    assert sorted(names, key=sort_text) == in_order


def test_a_long_text_is_taken_in_few_ways() -> None:
    assert len(spelled("shanghaishiguojizhongxinxian")) <= 5
    assert spelled("a" * 41) == ()


def test_the_expression_for_a_database_says_the_same() -> None:
    for name in ("王建国", "老王建国", "国建王", "单雄信"):
        for typed in ("wjg", "jianguo", "wang", "shan", "dan"):
            assert bool(re.search(pattern(typed), name)) == sounds_like(name, typed)


def test_a_process_that_neither_writes_nor_searches_does_not_load_the_readings() -> None:
    asked = "import sys, admin_app.guard; sys.exit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
