"""What people are told while the place of stored files is out of reach; why stands in the log, under the reference."""

import logging
import secrets

from flask import request
from flask_babel import gettext as _

from ..storage import StoreUnavailable

log = logging.getLogger("strongroom")


def told(error: StoreUnavailable) -> dict[str, str]:
    """``reason``, ``next`` and ``reference``: words for the page, and a number by which the log is searched."""
    reference = secrets.token_hex(4).upper()
    log.error("files out of reach: %s", error, extra={"reference": reference, "endpoint": request.endpoint})
    reason = (
        _("存放文件的地方暂时连不上，这一次没有保存。")
        if request.method == "POST"
        else _("存放文件的地方暂时连不上，这个文件现在打不开。")
    )
    return {"reason": reason, "next": _("请过一两分钟再试，仍不行请把编号告诉系统管理员。"), "reference": reference}


def box(error: StoreUnavailable) -> dict[str, str | None]:
    """The same above a form that is shown again, as parts/refusal.html shows it."""
    return {"title": None, "rule": None, "code": None, **told(error)}
