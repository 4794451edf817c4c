"""The generated documents say what the program does."""

from admin_app import documents


def test_the_generated_documents_are_current() -> None:
    assert documents.outdated() == [], "run make docs"
