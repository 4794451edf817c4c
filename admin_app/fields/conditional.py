"""Fields that are required, or closed, by what another field of the same form holds.

``required_if="verdict: disputed"``, ``only_if="kind: letter_in letter_out"``: a choice and its codes; a yes or no by itself,
which means yes, or ``agrees: no``; of ``required_if`` any other field too, which then is filled. While the other field is
blank nobody knows, so it neither requires nor closes. A write is asked about what it touches: what an older record lacks
doesn't stand in the way of its other fields.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..texts import Text, say, several, word
from .choices import NO, YES
from .declare import DeclarationError
from .face import Face
from .kind import Fault, Reading

OR = word("或")
_YES_NO = {"yes": YES, "no": NO}
_CODED = ("yesno", "choice", "choices")


@dataclass(frozen=True, slots=True)
class Condition:
    """What the field *face* has to hold: one of the codes *among*, or anything where there are none."""

    face: Face
    among: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The condition as it is declared, whole."""
        return f"{self.face.name}: {' '.join(self.among)}" if self.among else self.face.name

    def holds(self, value: Any) -> bool:
        if not self.among:
            return value is not None
        return not set(self.among).isdisjoint(_codes(value))

    def excludes(self, value: Any) -> bool:
        """Whether *value* is known to be another than this."""
        return value is not None and not self.holds(value)

    def text(self, reading: Reading) -> Text:
        """The condition as an office says it, e.g. 状态为“已终止”."""
        if not self.among:
            return say("已填{field}", field=self.face.label)
        labels = (say("“{value}”", value=self._label(code, reading)) for code in self.among)
        return say("{field}为{values}", field=self.face.label, values=several(labels, between=OR))

    def _label(self, code: str, reading: Reading) -> str:
        if self.face.codes:
            return reading.options(self.face.codes).get(code, code)
        return reading.word(_YES_NO[code])


def _codes(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    return value if isinstance(value, tuple) else (value,)


@dataclass(frozen=True, slots=True)
class Conditional:
    """A field with the conditions on which it is filled."""

    face: Face
    only_if: Condition | None
    required_if: Condition | None

    @property
    def faces(self) -> tuple[Face, ...]:
        """The field and those it hangs on."""
        return (self.face, *(condition.face for condition in (self.only_if, self.required_if) if condition))

    @property
    def rule(self) -> str:
        """The rule that wants it so, where the field stands under one."""
        return self.face.place if self.face.place.startswith("R-") else ""

    def fault(self, values: Mapping[str, Any], reading: Reading) -> Fault | None:
        """What is wrong with the field among *values*."""
        wanted, only = self.required_if, self.only_if
        if values.get(self.face.name) is None:
            if wanted and wanted.holds(values.get(wanted.face.name)):
                return Fault("missing", self._ruled(say("{condition}时必填", condition=wanted.text(reading))))
        elif only and only.excludes(values.get(only.face.name)):
            return Fault("closed", self._ruled(say("{condition}时才填，请清空", condition=only.text(reading))))
        return None

    def _ruled(self, reason: Text) -> Text:
        return say("{reason}（依据 {rule}）", reason=reason, rule=self.rule) if self.rule else reason

    def help(self, reading: Reading) -> Iterator[Text]:
        """What the form says of it beforehand."""
        if self.only_if and self.only_if != self.required_if:
            yield say("{condition}时才填", condition=self.only_if.text(reading))
        if self.required_if and self.only_if != self.required_if:
            yield say("{condition}时必填", condition=self.required_if.text(reading))
        elif self.required_if:
            yield say("{condition}时必填，其他情况不填", condition=self.required_if.text(reading))


Conditionals = Mapping[str, Conditional]


def conditional_faults(
    conditionals: Conditionals, values: Mapping[str, Any], changed: Container[str], reading: Reading
) -> dict[str, Fault]:
    """Field -> what is wrong with it among *values*, of the fields that a write of those *changed* touches."""
    touched = (one for one in conditionals.values() if any(face.name in changed for face in one.faces))
    return {one.face.name: fault for one in touched if (fault := one.fault(values, reading)) is not None}


def conditionals_of(owner: str, faces: Mapping[str, Face]) -> dict[str, Conditional]:
    """Those among *faces*; raises DeclarationError, naming class *owner* and fault."""
    return {
        face.name: Conditional(
            face, _condition(owner, face, "only_if", faces), _condition(owner, face, "required_if", faces)
        )
        for face in faces.values()
        if face.only_if or face.required_if
    }


def _condition(owner: str, face: Face, option: str, faces: Mapping[str, Face]) -> Condition | None:
    declared = getattr(face, option)
    if not declared:
        return None
    name, _, codes = declared.partition(":")
    other = faces.get(name)
    yes_no = other is not None and other.kind.name == "yesno"
    among = tuple(codes.split()) or (("yes",) if yes_no else ())
    if fault := _fault(face, option, other, among):
        raise DeclarationError(f"{owner}: {option} of {face.name} {fault} ({declared})")
    return Condition(other, among)


def _fault(face: Face, option: str, other: Face | None, among: tuple[str, ...]) -> str:
    """What is wrong with a condition of *face* on *other*, in words that follow its name."""
    if other is None or other is face:
        return "names no other field of the register"
    if not _is_plain(face) or face.required or face.default is not None or face.kind.name == "attachment":
        return "is for what people may leave blank in plain sight"
    if not _is_plain(other):
        return "hangs on what people don't fill in plain sight"
    if bool(among) != (other.kind.name in _CODED):
        return "wants codes of a choice, and of nothing else"
    if other.kind.name == "yesno" and not {*among} <= {*_YES_NO}:
        return "wants yes or no"
    return "wants a choice, or a yes or no" if option == "only_if" and not among else ""


def _is_plain(face: Face) -> bool:
    """Filled by people, and read by whoever reads the record: else a refusal would tell what isn't shown."""
    return not (face.computed or face.inherited or face.series or face.secret or face.kind.name == "rows")
