"""What a register says of itself in one line of words, read: what is due, what is scored, contacts, birthdays."""

from typing import NamedTuple


class Due(NamedTuple):
    """``due_on until done_on by person_id renewed made_at moved moved_to_on for customer_id``: the field of the day or moment,
    what is filled once it is done, whose it is; the day or moment by which a later record of the same customer takes this
    one's place; the field that, once filled, is the day instead; the customer with whom it ends."""

    field: str
    until: str
    by: str
    renewed: str
    moved: str
    customer: str

    @classmethod
    def of(cls, words: str) -> "Due":
        field, *rest = words.split()
        named = dict(zip(rest[::2], rest[1::2], strict=True))
        return cls(field, *(named.get(word, "") for word in ("until", "by", "renewed", "moved", "for")))


class Scored(NamedTuple):
    """``consulted_at of owner_id in entered_at leave leave_given expects grade home``: the day of what the record tells,
    whose month it counts in, when it was handed in, whether later by leave, the fields that are to be filled."""

    day: str
    person: str
    handed_in: str
    leave: str
    expects: tuple[str, ...]

    @classmethod
    def of(cls, words: str) -> "Scored":
        plain, _, expected = words.partition(" expects ")
        day, *rest = plain.split()
        named = dict(zip(rest[::2], rest[1::2], strict=True))
        return cls(day, named.get("of", ""), named.get("in", ""), named.get("leave", ""), tuple(expected.split()))


class Completes(NamedTuple):
    """``visit_plan_id state: done``: the link to what a record carries out, and the choice that then holds the code."""

    link: str
    field: str
    code: str

    @classmethod
    def of(cls, words: str) -> "Completes":
        names, _, code = words.partition(":")
        link, _, field = names.partition(" ")
        return cls(link, field.strip(), code.strip())


class LateCost(NamedTuple):
    """``due_on of owner_id in sent_at filed_on``: the day by which a record is to be handed in, whose point it costs else, and
    the fields of day or moment that say when it was, the first that is filled."""

    due: str
    person: str
    handed_in: tuple[str, ...]

    @classmethod
    def of(cls, words: str) -> "LateCost":
        plain, _, handed_in = words.partition(" in ")
        due, _, person = plain.partition(" of ")
        return cls(due, person, tuple(handed_in.split()))


class Contact(NamedTuple):
    """``happened_at if completed``, ``called_at if result: reached declined``: the moment of a contact with the record's customer;
    the yes/no, or the choice and its codes, by which it came about, blank where a record is one as it stands."""

    moment: str
    when: str
    codes: tuple[str, ...]

    @classmethod
    def of(cls, words: str) -> "Contact":
        moment, _, condition = words.partition(" if ")
        when, _, codes = condition.partition(":")
        return cls(moment, when, tuple(codes.split()))


class Awaited(NamedTuple):
    """``approved_by_id if budget of heads``: a signature that stands on desks while it waits, where that field is filled and not
    nought; of a register's several, commas are between. What heads sign stands with those above only where no head can."""

    signature: str
    when: str
    posts: str

    @classmethod
    def each(cls, words: str) -> "list[Awaited]":
        return [cls._of(part) for part in words.split(",") if part.strip()]

    @classmethod
    def _of(cls, words: str) -> "Awaited":
        plain, _, posts = words.partition(" of ")
        signature, _, when = plain.partition(" if ")
        return cls(signature.strip(), when.strip(), posts.strip())


class Born(NamedTuple):
    """``birthday of name``: the field of somebody's birthday, and the one that says whose."""

    day: str
    whose: str

    @classmethod
    def of(cls, words: str) -> "Born":
        day, _, whose = words.partition(" of ")
        return cls(day, whose)
