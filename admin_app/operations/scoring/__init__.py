"""The monthly score of customer managers: computed from the records, then step by step to the lock (R-SCOR-01 … 07)."""
