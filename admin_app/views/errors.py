"""Answers that are no page: what, which rule, what to do; never a trace (R-SIGN-05)."""

import logging
import secrets
from types import SimpleNamespace
from typing import Any

from flask import Flask, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from ..database import db
from ..guard import noting, trail
from ..guard.busy import is_busy
from ..guard.session import OVERTAKEN
from ..storage import StoreUnavailable
from ..texts import word
from ..verdicts import Refused
from . import no_files
from .input import came_from
from .words import words

log = logging.getLogger("strongroom")

#: status -> title, what happened, what to do
_NOT_THERE = (word("没有这个页面"), word("地址不存在，或者您无权查看。"), None)
_SENTENCES = {
    400: (word("请求有误"), word("提交的内容不完整或有误，没有保存。"), word("请返回检查后再试。")),
    401: (word("请先登录"), word("登录已失效，没有保存。"), word("请重新登录；表单里填过的内容，登录后可以恢复。")),
    404: _NOT_THERE,
    405: _NOT_THERE,
    413: (word("文件太大"), word("上传的文件超过了上限，没有保存。"), word("请拆分后再上传。")),
    503: (
        word("暂时不能使用"),
        word("操作记录写不进去，为保密起见没有显示内容。"),
        word("请稍后再试，仍不行请联系管理员。"),
    ),
}
_OTHERWISE = (word("出错了"), word("请求无法完成。"), None)


def add_handlers(app: Flask) -> None:
    """Let *app* answer errors in words."""
    app.register_error_handler(CSRFError, stale_token)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Refused, refused)
    app.register_error_handler(OperationalError, unanswered)
    app.register_error_handler(StoreUnavailable, files_out_of_reach)
    app.register_error_handler(Exception, unexpected)


def http_error(error: HTTPException) -> Any:
    if error.code in (301, 302, 303, 307, 308):
        return error.get_response()
    title, reason, next_step = map(words, _SENTENCES.get(error.code or 500, _OTHERWISE))
    login_url = url_for("sign_in.login", next=came_from()) if error.code == 401 else None
    return _page(error.code or 500, title, reason, next=next_step or None, login_url=login_url), error.code


def stale_token(error: CSRFError) -> Any:
    """A missing or stale token: 400, and what was typed is shown so that it can be copied (R-SIGN-05)."""
    page = SimpleNamespace(
        title=_("页面已过期"), code=400, rule="R-SIGN-05", reference=None, back_url=request.referrer, typed=_typed(),
        login_url=None, reason=_("页面打开太久，没有保存。填写的内容列在下面，没有丢失。"), next=_("核对后请点“再次提交”。"),
    )  # fmt: skip
    return render_template("error.html", page=page), 400


def _typed() -> list[tuple[str, str]]:
    """What was typed, so that it can be copied; passwords aside."""
    return [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name != "csrf_token" and "password" not in name
    ]


def unanswered(error: OperationalError) -> Any:
    """Somebody else writes for longer than one waits, a big ledger on SQLite: 503, and what was typed is shown."""
    db.session.rollback()
    if not is_busy(error):
        return unexpected(error)
    page = SimpleNamespace(
        title=_("请稍候"), code=503, rule=None, reference=None, back_url=request.referrer, typed=_typed() or None,
        login_url=None, reason=_("正在写入一大批数据，轮到您之前等得太久，这一次没有保存。"), next=_("请过一两分钟再试。"),
    )  # fmt: skip
    return render_template("error.html", page=page), 503, {"Retry-After": "60"}


def files_out_of_reach(error: StoreUnavailable) -> Any:
    """The place of stored files is out of reach: 503, why in the log under the reference, and what was typed is shown."""
    db.session.rollback()
    page = SimpleNamespace(
        title=_("文件暂时存取不了"), code=503, rule=None, back_url=request.referrer, typed=_typed() or None, login_url=None,
        **no_files.told(error),
    )  # fmt: skip
    return render_template("error.html", page=page), 503, {"Retry-After": "60"}


def refused(error: Refused) -> Any:
    """A rule said no: the reason, its rule and code, on screen and in the trail (R-SIGN-06).

    Where somebody else only was faster, what was typed is shown to be sent again (R-LIST-04).
    """
    verdict = error.verdict
    db.session.rollback()
    with noting(db.session):
        trail.note(db.session, "refused", rule=verdict.rule, code=verdict.code, path=request.path)
    page = SimpleNamespace(
        title=_("不能这样办理"), reason=words(verdict.reason), rule=verdict.rule, code=verdict.code,
        next=None, reference=None, back_url=request.referrer, typed=_typed() if verdict == OVERTAKEN else None,
    )  # fmt: skip
    return render_template("refused.html", page=page), verdict.status


def unexpected(error: Exception) -> Any:
    """Our fault: a reference number for support; the log has the trace, without what was typed."""
    reference = secrets.token_hex(4).upper()
    log.error("unexpected", exc_info=error, extra={"reference": reference, "endpoint": request.endpoint})
    db.session.rollback()
    return _page(500, _("出错了"), _("程序出了问题，刚才的内容没有保存。"), reference=reference), 500


def _page(
    code: int, title: str, reason: str, next: str | None = None, reference: str | None = None, login_url: str | None = None
) -> str:  # fmt: skip
    page = SimpleNamespace(
        title=title, code=code, reason=reason, rule=None, next=next, reference=reference, back_url=None, typed=None,
        login_url=login_url,
    )  # fmt: skip
    return render_template("error.html", page=page)
