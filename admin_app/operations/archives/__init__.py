"""The archive room at work: files opened, requests signed step by step, items lent and taken back."""
