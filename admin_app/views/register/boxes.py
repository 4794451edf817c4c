"""The boxes of a form by kind of field: what stands in them, and what is read back from them."""

from typing import Any

from werkzeug.datastructures import MultiDict

from ...fields import Face, Reading

TYPES = {
    "text": "text", "long": "longtext", "day": "day", "moment": "moment", "int": "number", "decimal": "number",
    "percentage": "number", "amount": "money", "phone": "phone", "identity_number": "text", "yesno": "yesno",
    "choice": "choice", "choices": "choices", "link": "link", "attachment": "file", "number": "readonly", "rows": "rows",
}  # fmt: skip


def value_text(face: Face, value: Any, reading: Reading) -> str:
    """A value as its box takes it."""
    if value is None:
        return ""
    if face.kind.name == "yesno":
        return "yes" if value else "no"
    if face.kind.name in ("choice", "choices"):
        return "、".join(value) if isinstance(value, tuple) else value
    return "" if face.to else face.kind.text(value, reading)


def typed_text(form: MultiDict[str, str], key: str, face: Face) -> str | None:
    """The text sent for *face* under *key*, None for none: of a link its id, or what stands in its box without scripts."""
    if face.kind.name == "choices":
        return "、".join(form.getlist(key))
    if face.to and f"{key}__text" in form:
        box, chosen = form[f"{key}__text"], form.get(key, "")
        return chosen if chosen and box.strip() else box
    if key not in form:
        return None
    time_of_day = form.get(f"{key}__time", "").strip()
    return f"{form[key]} {time_of_day}" if time_of_day and form[key].strip() else form[key]


def options(face: Face, reading: Reading, text: str) -> dict[str, Any]:
    """The options of a choice whose box holds *text*; a retired one only where it is chosen already."""
    codes = face.codes or ""
    chosen, retired = text.split("、") if text else [], reading.retired(codes)
    offered = [{"value": code, "label": label} for code, label in reading.options(codes).items()
               if code not in retired or code in chosen]  # fmt: skip
    return {"options": offered, "values": chosen}
