"""What an entry of the trail says in words: names of fields, rules, rights and powers from its detail, no contents."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ..models import all_registers
from ..permissions import Action, Level, Role, Scope
from ..rules.channels import KINDS
from ..rules.codes import CODES
from ..rules.titles import shipped
from ..texts import SEMICOLON, Text, say, several, word
from ..working.trail import TrailEntry
from .audit import names_of
from .setting_words import label_of, value_text
from .titles import TITLES
from .today import zone_of

#: every event that is noted, in words
EVENTS: Mapping[str, Text] = {
    "added": say("新增"),
    "changed": say("修改"),
    "voided": say("作废"),
    "restored": say("恢复"),
    "viewed": say("查看"),
    "donts_read": say("确认“三不准”"),
    "revealed": say("揭示"),
    "imported": say("导入"),
    "import_undone": say("撤销导入"),
    "import_dropped": say("放弃导入"),
    "exported": say("导出"),
    "export_fetched": say("下载导出文件"),
    "file_opened": say("打开附件"),
    "refused": say("拒绝办理"),
    "submitted": say("提交申请"),
    "approved": say("签批"),
    "refused_step": say("不批准"),
    "question_asked": say("追问申请人"),
    "question_answered": say("回答追问"),
    "nudged": say("催办签批"),
    "withdrawn": say("撤回申请"),
    "issued": say("借出"),
    "returned": say("归还"),
    "destroyed": say("销毁"),
    "moved": say("移位"),
    "merged": say("合并"),
    "merge_undone": say("撤销合并"),
    "reserved": say("预约借阅"),
    "reservation_told": say("通知预约人"),
    "reservation_ended": say("预约结束"),
    "urged": say("催还"),
    "stand_in_named": say("指定代理人"),
    "stand_in_ended": say("代理结束"),
    "signed": say("签字"),
    "signed_in": say("登录"),
    "sign_in_failed": say("登录失败"),
    "signed_out": say("退出登录"),
    "password_check_failed": say("密码验证失败"),
    "password_set": say("修改密码"),
    "password_changed": say("密码已改，其他登录退出"),
    "password_reset": say("重置密码"),
    "account_opened": say("开通账号"),
    "account_disabled": say("停用账号"),
    "account_enabled": say("启用账号"),
    "powers_changed": say("岗位或密级权限已变，登录退出"),
    "viewing_begun": say("开始以他人身份查看"),
    "viewing_ended": say("结束以他人身份查看"),
    "role_given": say("设置岗位"),
    "role_taken": say("收回岗位"),
    "clearance_lowered": say("降低密级权限"),
    "power_asked": say("申请岗位或密级权限"),
    "power_withdrawn": say("撤回岗位或密级申请"),
    "power_granted": say("批准岗位或密级权限"),
    "power_refused": say("不批准岗位或密级权限"),
    "lowering_proposed": say("申请降密"),
    "lowering_withdrawn": say("撤回降密申请"),
    "lowering_granted": say("批准降密"),
    "lowering_refused": say("不批准降密"),
    "lowering_lapsed": say("降密申请失效"),
    "right_changed": say("更改权限表"),
    "setting_changed": say("更改设置"),
    "setting_withdrawn": say("撤回设置更改"),
    "channel_changed": say("更改消息渠道"),
    "channel_tried": say("发测试消息"),
    "code_list_changed": say("更改选项表"),
    "list_kept": say("存视图"),
    "list_dropped": say("删除视图"),
    "files_swept": say("清除没有记录的文件"),
    "files_unreferenced": say("没有记录的文件过多，未清除"),
    "left": say("办理离职"),
    "set_up": say("初始设置"),
}

#: how looking on as somebody else came to its end
ENDS: Mapping[str, Text] = {
    "ended": say("本人结束"), "time": say("已满时限"), "lapsed": say("账号、岗位或密级有变"), "session": say("登录已结束"),
}  # fmt: skip


def event_text(event: str) -> Text:
    """An event in words; one without any by its name."""
    return EVENTS.get(event) or say("{event}", event=event)


def said(session: Session, entry: TrailEntry) -> list[Text]:
    """What *entry* tells besides its columns, a phrase each; a key of its detail that isn't known here stays untold."""
    detail = json.loads(entry.detail)
    if entry.event in _WHOLE:
        return [_WHOLE[entry.event](detail)]
    if "account" in detail:
        name = names_of(session, {detail["account"]}).get(detail["account"], "")
        return [say("账号：{name}", name=name)]
    whom = detail.get("viewing_as")
    seen_as = [say("以 {name} 的身份", name=names_of(session, {whom}).get(whom, f"№{whom}"))] if whom else []
    if "clock" in detail:
        at = datetime.fromisoformat(detail["clock"]).astimezone(zone_of(session))
        seen_as.append(say("系统时间被调回，当时为 {at}", at=f"{at:%Y-%m-%d %H:%M}"))
    return seen_as + [
        phrase(detail[key], entry) for key, phrase in _PHRASES.items() if detail.get(key) not in (None, "", [])
    ]


def _fields(names: list[str], entry: TrailEntry) -> Text:
    register = all_registers().get(entry.table_name or "")
    faces = register.faces if register else {}
    own = {"level": say("密级"), "voided_at": say("作废时间"), "void_reason": say("作废原因")}
    labels = [faces[name].label if name in faces else own.get(name, name) for name in names]
    return say("栏目：{names}", names=several(labels))


def _right(detail: Mapping[str, Any]) -> Text:
    register = all_registers().get(detail["table"])
    return say(
        "{role} · {table} · {action}：{old} → {new}",
        role=Role(detail["role"]).title,
        table=register.declaration.title if register else detail["table"],
        action=Action(detail["action"]).label,
        old=_scope(detail["old"]),
        new=_scope(detail["new"]),
    )


def _scope(number: int | None) -> Any:
    return word("无") if number is None else Scope(number).label


def _setting(detail: Mapping[str, Any]) -> Text:
    """A change with the day it holds from, or one taken back before that day."""
    name = detail["setting"]
    if name == TITLES:
        changes = _titles_changed(detail.get("old") or shipped(), detail.get("new") or {})
        return say("{name}：{changes}", name=label_of(name), changes=several(changes, SEMICOLON))
    old, new = (value_text(name, detail.get(key)) for key in ("old", "new"))
    what = say("{name}：{old} → {new}", name=label_of(name), old=old, new=new)
    if "new" not in detail:
        what = say("{name}：{old}", name=label_of(name), old=old)
    return say("{what}（{day} 起）", what=what, day=detail["valid_from"])


def _titles_changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Text]:
    """The job titles whose roles differ."""
    changed = sorted(key for key in {*old, *new} if old.get(key) != new.get(key))
    return [
        say("{name}：{old} → {new}", name=key, old=_listed(old.get(key)), new=_listed(new.get(key))) for key in changed
    ]


def _listed(roles: Any) -> Any:
    return several(Role(role).title for role in roles) if roles else "—"


def _option(detail: Mapping[str, Any]) -> Text:
    state = word("停用", "state") if detail["retired"] else word("在用")
    return say(
        "{codes}：{old} → {new}（{state}）",
        codes=detail["codes"],
        old=detail["old"] or "—",
        new=detail["new"],
        state=state,
    )


def _kept_list(detail: Mapping[str, Any]) -> Text:
    """Of which register, and who shares it; its name is its owner's."""
    register = all_registers().get(detail["table"])
    return say(
        "{table}（{who}）",
        table=register.declaration.title if register else detail["table"],
        who=Role(detail["role"]).title if detail["role"] else word("自用"),
    )


def _channel(detail: Mapping[str, Any]) -> Text:
    """Which one, and whether it was put into use; of what was set there only that it was."""
    title = KINDS[detail["channel"]].title
    if "enabled" not in detail:
        return say("渠道：{name}", name=title)
    state = word("已启用") if detail["enabled"] else word("已停用")
    return say("渠道：{name}（{state}）", name=title, state=state)


_WHOLE: Mapping[str, Callable[[Mapping[str, Any]], Text]] = {
    "right_changed": _right, "setting_changed": _setting, "setting_withdrawn": _setting,
    "channel_changed": _channel, "channel_tried": _channel, "code_list_changed": _option, "list_kept": _kept_list,
    "list_dropped": _kept_list,
}  # fmt: skip
_PHRASES: Mapping[str, Callable[[Any, TrailEntry], Text]] = {
    "copy": lambda copy, entry: say("副本 {copy}", copy=copy),
    "fields": _fields,
    "rule": lambda rule, entry: say("依据 {rule}", rule=rule),
    "code": lambda code, entry: say("{meaning}", meaning=CODES.get(code, code)),
    "role": lambda role, entry: say("岗位：{role}", role=Role(role).title),
    "clearance": lambda level, entry: say("密级权限：{level}", level=Level(level).label),
    "why": lambda why, entry: ENDS[why],
    "files": lambda files, entry: say("{n} 个文件", n=files),
    "ids": lambda ids, entry: say("{n} 条", n=len(ids)),
    "field": lambda name, entry: _fields([name], entry),
    "digest": lambda digest, entry: say("所批摘要 {digest}", digest=digest[:16]),
}
