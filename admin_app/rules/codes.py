"""The stable codes of refusals with their meanings, one list for screen, trail and tests (R-SIGN-06)."""

from types import MappingProxyType

from ..texts import word

#: code -> what it tells the person refused; the docs list them in this order
CODES = MappingProxyType(
    {
        # who is asking
        "own_request": word("是本人的申请或与本人有关，须由他人办理"),
        "same_person": word("须由两人分别签字，本人已签过"),
        "no_signer": word("没有可以签字的人"),
        "not_signer": word("此步骤不由本人签字"),
        "not_applicant": word("只有申请人可以办理"),
        "role": word("所需岗位不符"),
        "no_right": word("没有这项权限"),
        "scope": word("不在权限的范围内"),
        "level": word("密级或权限级别不够"),
        "no_grant": word("没有获准的借阅或查阅"),
        "incompatible": word("两个岗位不能由一人兼任"),
        "last_holder": word("该岗位只剩一人，不能撤销"),
        "viewing_as": word("正在以他人身份查看，不能办理"),
        "oneself": word("只能以他人的身份查看"),
        "password_due": word("须重新输入密码"),
        "wrong_password": word("用户名或密码不正确"),
        "too_soon": word("尝试过于频繁，须稍候再试"),
        "donts": word("当天还没有确认保密“三不准”"),
        # what is asked
        "no_reason": word("须写明理由"),
        "incomplete": word("手续或内容不齐全"),
        "too_long": word("超过最长借期"),
        "time_order": word("时间先后不符"),
        "copies": word("份数不符"),
        "no_return_date": word("历史借阅须有归还日期"),
        "weak_password": word("密码过短或太常见"),
        "taken": word("名称已被占用"),
        "inconsistent": word("栏目之间不一致"),
        "no_type": word("没有对应的档案类型"),
        "no_register": word("没有这个登记表"),
        "unreadable": word("文件读不出来"),
        "two_columns": word("两列对应同一栏目"),
        "no_columns": word("没有任何一列有对应的栏目"),
        "refused_lines": word("有拒收的行，不能整份导入"),
        "out_of_range": word("数值超出允许的范围"),
        "past": word("只能从今天或以后改起"),
        "bad_picture": word("图片的格式或大小不符"),
        "state_secret": word("带有国家秘密标志，不得存入"),
        "no_permit": word("没有复制审批单"),
        # the state of things
        "place": word("存放或阅览地点不符"),
        "wrong_state": word("当前状态不能这样办理"),
        "not_signed": word("尚未签批完成"),
        "changed": word("签字后内容已变更"),
        "lapsed": word("批准已过期"),
        "on_loan": word("现在不可借，已借出"),
        "not_in": word("没有在库的文件"),
        "reserved": word("现在不可借，已为他人预留"),
        "overdue_elsewhere": word("借阅人有逾期未还"),
        "cooling_off": word("归还不久，还不能再借同一件"),
        "destroyed": word("已销毁"),
        "held": word("已封存"),
        "locked": word("已锁定，不能更改"),
        "fixed": word("一经登记不能更改"),
        "operation_only": word("只能通过办理步骤更改"),
        "suspended": word("停单中"),
        "struck_off": word("已除名"),
        "inactive": word("已停用"),
        "full": word("持单已满"),
        "plans_unsigned": word("连续几个方案没有签单"),
        "incidents": word("短期内多次违反店面纪律"),
        "clock": word("系统时间早于最近的记录"),
    }
)
