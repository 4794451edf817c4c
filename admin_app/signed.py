"""What a register may say of its signatures, of what comes after what on its form, and of how long it is kept.

Checked once, when the class is declared; a fault is one sentence that names class and field.
"""

from typing import Any

from .class_words import Awaited
from .fields import DeclarationError
from .permissions import Role


def check_signatures(cls: Any) -> None:
    """A signature given on the form says who gives it: roles that there are, or a field that names an employee."""
    closing = cls.faces.get(cls.closes_with)
    if cls.closes_with and (closing is None or not closing.signature):
        raise DeclarationError(f"{cls.__name__}: closes_with names {cls.closes_with}, which is no signature")
    for face in cls.faces.values():
        where = f"{cls.__name__}.{face.name}"
        if bool(face.signed_with) != bool(face.roles or face.by) or face.even_by and face.signed_with != "approve":
            raise DeclarationError(
                f"{where}: say with signed_with what a signature takes, with roles or by who gives it; even_by judges"
            )
        if unknown := set(face.roles.split()) - set(Role):
            raise DeclarationError(f"{where}: there is no role {', '.join(sorted(unknown))}")
        if face.by and (face.by not in cls.faces or cls.faces[face.by].to != "employee"):
            raise DeclarationError(f"{where}: it is signed by {face.by}, which names no employee")
        if face.by and face.by not in cls.parties_see:  # the refusal tells everybody who sees the record of it
            raise DeclarationError(f"{where}: it is signed by {face.by}, which parties don't see")
        others = {one.name for one in cls.faces.values() if one.signature} - {face.name}
        if unknown := set(face.even_by.split()) - {"author"} - others:
            raise DeclarationError(f"{where}: even_by is author or another signature, not {', '.join(sorted(unknown))}")


def check_awaited(cls: Any) -> None:
    """What stands on desks are signatures that posts give."""
    for one in Awaited.each(cls.awaited):
        if one.signature not in cls.faces or not cls.faces[one.signature].roles:
            raise DeclarationError(f"{cls.__name__}: awaited names {one.signature}, which is no signature of a role")
        if one.when and one.when not in cls.faces:
            raise DeclarationError(f"{cls.__name__}: awaited names {one.when}, which is no field of it")
        if one.posts not in ("", "heads"):
            raise DeclarationError(f"{cls.__name__}: awaited is of heads, not of {one.posts}")


def check_order(cls: Any) -> None:
    """What comes after something comes after other fields of the form, and never, step by step, after itself."""
    for face in cls.faces.values():
        if face.once_closed and not (cls.steps_by and face.to):
            raise DeclarationError(f"{cls.__name__}.{face.name}: once_closed is of links; steps_by names the rule")
        where, before = f"{cls.__name__}.{face.name}", face.after.split()
        if before and not cls.steps_by:
            raise DeclarationError(f"{where}: steps_by names the rule that puts it after {face.after}")
        if before and (face.required or face.default is not None or face.kind.name == "rows"):
            raise DeclarationError(f"{where}: what comes after {face.after} can't be filled from the start")
        if unknown := set(before) - cls.faces.keys():
            raise DeclarationError(f"{where}: it comes after {', '.join(sorted(unknown))}, which the register hasn't")
        # the refusal tells whoever fills it in that the others are blank
        if hidden := [name for name in before if name not in cls.parties_see or cls.faces[name].level is not None]:
            raise DeclarationError(f"{where}: it comes after {', '.join(hidden)}, which parties don't see")
        if face.name in _all_before(cls, before):
            raise DeclarationError(f"{where}: it comes after itself")


def _all_before(cls: Any, names: list[str]) -> set[str]:
    found: set[str] = set()
    while names := [name for name in names if name not in found]:
        found.update(names)
        names = [earlier for name in names for earlier in cls.faces[name].after.split() if earlier in cls.faces]
    return found


def check_kept(cls: Any) -> None:
    """What a record is kept from is a day or moment of it."""
    face = cls.faces.get(cls.kept_from)
    if cls.kept_from and (face is None or face.kind.name not in ("day", "moment")):
        raise DeclarationError(f"{cls.__name__}: kept_from names {cls.kept_from}, which is no day and no moment of it")
