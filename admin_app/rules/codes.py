"""The stable codes of refusals with their meanings, one list for screen, trail and tests (R-SIGN-06)."""

from types import MappingProxyType

#: code -> what it tells the person refused; the docs list them in this order
CODES = MappingProxyType(
    {
        # who is asking
        "own_request": "是本人的申请或与本人有关，须由他人办理",
        "same_person": "须由两人分别签字，本人已签过",
        "no_signer": "没有可以签字的人",
        "not_signer": "此步骤不由本人签字",
        "not_applicant": "只有申请人可以办理",
        "role": "所需岗位不符",
        "no_right": "没有这项权限",
        "scope": "不在权限的范围内",
        "level": "密级或权限级别不够",
        "no_grant": "没有获准的借阅或查阅",
        "incompatible": "两个岗位不能由一人兼任",
        "last_holder": "该岗位只剩一人，不能撤销",
        "viewing_as": "正在以他人身份查看，不能办理",
        "oneself": "只能以他人的身份查看",
        "password_due": "须重新输入密码",
        "wrong_password": "用户名或密码不正确",
        "too_soon": "尝试过于频繁，须稍候再试",
        # what is asked
        "no_reason": "须写明理由",
        "incomplete": "手续或内容不齐全",
        "too_long": "超过最长借期",
        "time_order": "时间先后不符",
        "copies": "份数不符",
        "no_return_date": "历史借阅须有归还日期",
        "weak_password": "密码过短或太常见",
        "taken": "名称已被占用",
        "no_type": "没有对应的档案类型",
        "no_register": "没有这个登记表",
        "unreadable": "文件读不出来",
        "two_columns": "两列对应同一栏目",
        "no_columns": "没有任何一列有对应的栏目",
        "refused_lines": "有拒收的行，不能整份导入",
        "out_of_range": "数值超出允许的范围",
        "past": "只能从今天或以后改起",
        "bad_picture": "图片的格式或大小不符",
        "state_secret": "带有国家秘密标志，不得存入",
        "no_permit": "没有复制审批单",
        # the state of things
        "place": "存放或阅览地点不符",
        "wrong_state": "当前状态不能这样办理",
        "not_signed": "尚未签批完成",
        "changed": "签字后内容已变更",
        "lapsed": "批准已过期",
        "on_loan": "现在不可借，已借出",
        "not_in": "没有在库的文件",
        "reserved": "现在不可借，已为他人预留",
        "overdue_elsewhere": "借阅人有逾期未还",
        "cooling_off": "归还不久，还不能再借同一件",
        "destroyed": "已销毁",
        "held": "已封存",
        "locked": "已锁定，不能更改",
        "fixed": "一经登记不能更改",
        "operation_only": "只能通过办理步骤更改",
        "clock": "系统时间早于最近的记录",
    }
)
