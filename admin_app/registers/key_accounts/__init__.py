"""Key accounts and retail outlets."""

TITLE = "大客户与网点"
ORDER = 24
