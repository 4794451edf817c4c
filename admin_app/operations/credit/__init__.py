"""Credit: what customers may owe and owe, how a shipment may go out, collection plans, bad debts (R-CRED-01 … 03)."""
