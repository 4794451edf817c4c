"""Service requests, repairs, returns and parts."""

TITLE = "售后服务"
ORDER = 50
