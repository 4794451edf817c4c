"""What a WSGI server loads: ``wsgi:app``."""

import os

from admin_app import create_app

os.umask(0o077)  # what the program writes is its own

app = create_app()
