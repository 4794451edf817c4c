"""Large content encrypted piece by piece comes back whole, or not at all."""

from io import BytesIO

import pytest
from cryptography.exceptions import InvalidTag

from admin_app.sealed_pieces import PIECE
from admin_app.storage import Seal

pytestmark = pytest.mark.rule("R-CONF-12")
SEAL = Seal(b"k" * 32)
#: bytes before the first piece: nonce, wrapped key and tag; and what a piece becomes
HEAD, SEALED = 60, PIECE + 16


def sealed(content, name="a"):
    """*content* handed in by uneven bits."""
    bits = [content[:1], b"", content[1 : PIECE + 7], content[PIECE + 7 :]]
    return b"".join(SEAL.close_pieces(bits, name))


def opened(stored, name="a"):
    return b"".join(SEAL.open_pieces(BytesIO(stored), name))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 5])
def test_what_was_closed_opens_again_at_any_length(size):
    content = bytes(number % 251 for number in range(size))
    assert opened(sealed(content)) == content


def test_a_piece_changed_cut_off_left_out_or_exchanged_does_not_open():
    """Three pieces: the last is marked as such, so a file that ends after the second is no file."""
    whole = sealed(b"x" * (2 * PIECE + 9))
    first, second = whole[HEAD : HEAD + SEALED], whole[HEAD + SEALED : HEAD + 2 * SEALED]
    head, rest = whole[:HEAD], whole[HEAD + 2 * SEALED :]
    for damaged in (
        whole[:-1], head + first + second, head + second + rest, head + second + first + rest, head + first + rest,
        whole[:100] + b"?" + whole[101:], head,
    ):  # fmt: skip
        with pytest.raises(InvalidTag):
            opened(damaged)
    with pytest.raises(InvalidTag):
        opened(whole, "b")


def test_no_more_than_a_few_pieces_are_held_at_a_time():
    """A hundred pieces go in one by one; each is out before the one after the next is asked for."""
    asked = []
    pieces = SEAL.close_pieces((asked.append(number) or b"y" * PIECE for number in range(100)), "a")
    next(pieces)
    for number in range(90):
        next(pieces)
        assert len(asked) <= number + 2
