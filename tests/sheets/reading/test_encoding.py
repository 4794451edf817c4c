"""The encoding of a text file, with the reason for the guess."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from admin_app.sheets.reading import ENCODINGS, Unreadable, Vocabulary
from admin_app.sheets.reading.encoding import decode, guess_encoding

NOTHING_KNOWN = Vocabulary()
HEADER = "來店時間,顧客姓名,聯繫電話\n"
PROSE = "这是一份没有表头的名单，里面都是常见的字和词，请前台同事核对后再交给档案室。\n"


@pytest.mark.rule("R-IMPT-01")
def test_known_headers_tell_traditional_text_in_gbk_from_big5(vocabulary):
    for codec, expected in (("gb18030", "gb18030"), ("big5", "cp950")):
        guess = guess_encoding(HEADER.encode(codec), vocabulary)
        assert (guess.value, guess.sure, str(guess.why)) == (expected, True, "这样读认得 3 个栏名")


@pytest.mark.rule("R-IMPT-01")
def test_without_known_headers_everyday_characters_decide():
    assert guess_encoding(PROSE.encode("gbk"), NOTHING_KNOWN).value == "gb18030"
    traditional = "這是一份沒有表頭的名單，裡面都是常見的字和詞，請前台同事核對後再交給檔案室。\n"
    guess = guess_encoding(traditional.encode("big5"), NOTHING_KNOWN)
    assert (guess.value, guess.sure, guess.runner_up) == ("cp950", True, "gb18030")


@pytest.mark.rule("R-IMPT-01")
def test_a_file_too_short_to_tell_asks_the_person():
    guess = guess_encoding("栏位1\n世界你好".encode("gbk"), NOTHING_KNOWN)
    assert (guess.value, guess.sure) == ("gb18030", False)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_are_known_by_their_nuls_without_a_mark(codec):
    assert guess_encoding("一月,二月\n1,一\n".encode(codec), NOTHING_KNOWN).value == codec


def test_short_ascii_is_not_taken_for_a_wide_encoding():
    for text in ("ab", "abcd", "id,name\n1,x\n", "12345678"):
        assert guess_encoding(text.encode(), NOTHING_KNOWN).value == "utf-8"


def test_bytes_that_no_encoding_explains_are_refused_with_their_line():
    with pytest.raises(Unreadable) as refusal:
        guess_encoding(b"a,b\n1,2\n3,\xff\xff\n", NOTHING_KNOWN)
    assert (refusal.value.code, refusal.value.place.line) == ("encoding", 3)


def test_the_persons_choice_is_not_questioned_but_must_be_an_encoding():
    guess = guess_encoding(PROSE.encode("gbk"), NOTHING_KNOWN, "cp950")
    assert (guess.value, guess.sure) == ("cp950", True)
    with pytest.raises(Unreadable):
        guess_encoding(b"a,b", NOTHING_KNOWN, "rot13")


@settings(max_examples=60, deadline=None)
@given(
    codec=st.sampled_from(ENCODINGS), names=st.lists(st.sampled_from("王李张刘陈杨赵黄周吴"), min_size=1, max_size=20)
)
def test_what_a_known_header_introduces_comes_back_from_every_encoding(codec, names):
    text = "姓名,序號,日期\n" + "".join(f"{name},{number},2024-01-02\n" for number, name in enumerate(names))
    data = text.encode(codec, "ignore")
    words = Vocabulary({"姓名": "name", "序号": "number", "日期": "day"})
    guess = guess_encoding(data, words)
    assert decode(data, guess) == data.decode(codec)
