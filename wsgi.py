"""What a WSGI server loads: ``wsgi:app``."""

from admin_app import create_app

app = create_app()
