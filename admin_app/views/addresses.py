"""The addresses of a register's list and of its records' pages."""

from ..models import Register


def page_of(register: type[Register], public_id: str | None = None) -> str:
    """Where *register* opens, or where the record with that id in addresses does."""
    base = f"/admin/{register.__tablename__}/"
    return f"{base}details/?id={public_id}" if public_id else base
