"""What a company starts with: the code lists, and an invented company for demonstrations and tests."""
