"""The clock must run forward, since overdue is a fact of the clock (R-LOAN-09).

The trail asks it at each commit (``guard.trail``), so it is decided below the rules, beside the clock itself.
"""

from ..clock import may_write as runs_forward
from .book import rule

may_write = rule("R-LOAN-09", "系统时间比最近一条记录早一分钟以上时，停止写入，直到赶上为止。")(runs_forward)
