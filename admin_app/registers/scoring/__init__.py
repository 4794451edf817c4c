"""Monthly scores, deductions, rewards and penalties."""

TITLE = "考核与奖惩"
ORDER = 70
