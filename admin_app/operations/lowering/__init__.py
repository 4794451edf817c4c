"""To lower the level of a record: proposed, approved by somebody else, carried out at once (R-CONF-05)."""
