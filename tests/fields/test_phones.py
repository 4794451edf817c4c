"""Phone numbers as people write them: every spelling of one number is kept, found and compared in one form."""

import pytest

from admin_app.fields import Fault, Reading
from admin_app.fields.contacts import IdentityNumberKind, PhoneKind

PHONE = PhoneKind()
SPELLINGS = {
    "13800001111": ["138 0000 1111", "+86 138-0000-1111", "0086 13800001111", "8613800001111", "１３８－００００－１１１１",
                    "138·0000·1111", "138−0000−1111"],
    "01065529988": ["010-65529988", "+86 10 6552 9988", "(010) 6552 9988", "010−65529988", "0086-10-6552 9988"],
    "02165529988": ["021·6552·9988", "0086-21-6552 9988", "+86 021 65529988"],
    "075526001234": ["+86 755 2600 1234", "0755-2600-1234"],
    "075526001234转8001": ["0755-26001234-8001", "0755-26001234转8001", "0755 26001234 分机 8001", "+86 755 26001234 ext. 8001",
                          "０７５５－２６００１２３４－８００１"],
    "4008001234": ["400-800-1234", "+86 400 800 1234"],
    "4008001234转5": ["400-800-1234-5", "400-800-1234转5"],
    "+85223456789": ["+852 2345 6789", "00852 2345 6789"],
}  # fmt: skip


@pytest.mark.parametrize(("stored", "written"), [(one, text) for one, texts in SPELLINGS.items() for text in texts])
def test_every_spelling_of_a_number_is_kept_and_sought_in_one_form(stored, written):
    assert PHONE.parse(written, Reading()) == stored
    assert PHONE.search_key(written) == stored
    assert PHONE.parse(stored, Reading()) == stored


@pytest.mark.parametrize(
    "written",
    ["12345678", "0755-2600", "010-95588", "138０００٣1111", "1380000111٣", "13800001111转8001", "转8001", "+86"],
)
def test_what_is_no_number_is_refused(written):
    with pytest.raises(Fault) as refused:
        PHONE.parse(written, Reading())
    assert refused.value.code == "bad_phone"


def test_separators_alone_leave_nothing_to_search_for():
    assert PHONE.search_key(" - ") == ""


def test_an_identity_number_in_full_width_is_kept_in_half_width_and_other_digits_are_refused():
    kind = IdentityNumberKind()
    assert kind.parse("９９９９９９ 19800101 002Ｘ", Reading()) == "99999919800101002X"
    with pytest.raises(Fault, match="18 位"):
        kind.parse("99999919800101002٣", Reading())
