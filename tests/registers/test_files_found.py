"""Columns that hold keys of stored files are found by what they declare, so that no file of theirs is ever swept."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped

from admin_app.fields import Attachment, ShortText, field
from admin_app.guard.references import file_columns
from admin_app.models import Base, Lines, build_register

#: keys of another store (exports), which clears up by itself
APART = {"export_run.stored"}


def found() -> dict[str, str]:
    return {str(column): table for column, table in file_columns().items()}


def test_every_attachment_of_every_register_is_found_under_its_table(registers):
    declared = {
        f"{table}.{face.name}": table
        for table, register in registers.items()
        for face in register.faces.values()
        if type(face.kind).__name__ == "AttachmentKind"
    }
    assert declared["archive_item.scan"] == "archive_item"
    assert declared.items() <= found().items()


def test_files_of_ledgers_and_of_settings_are_found():
    assert {"import_batch.stored", "import_batch.refused_stored", "setting.value"} <= found().keys()


def test_a_column_that_sounds_like_a_key_is_found_or_named_here():
    sounding = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.c
        if isinstance(column.type, String | Text) and ("stored" in column.name or column.name.endswith("file_key"))
    }
    assert sounding - found().keys() == APART


def test_an_attachment_of_a_register_built_from_data_is_found_at_once(forgotten):
    build_register({
        "class": "LaterLocker", "area": "visits", "title": "后加的柜", "key": "name", "list": "name", "level": 1,
        "fields": [{"name": "name", "type": "ShortText", "label": "名称", "required": True},
                   {"name": "picture", "type": "Attachment", "label": "照片"}],
    })  # fmt: skip
    assert found()["later_locker.picture"] == "later_locker"


def test_an_attachment_of_a_line_is_found_under_its_record(forgotten):
    class LaterLine(Lines, of="archive_item"):
        """A line with a picture."""

        name: Mapped[ShortText] = field("名称")
        picture: Mapped[Attachment | None] = field("照片")

    assert found()["later_line.picture"] == "archive_item"
