"""The ways out of the house: what is set up for each, and how what an office pastes is read (R-NOTE-01).

Robots of chat groups are known by the key in their address; the address itself is the maker's, so nobody can send elsewhere.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..fields.contacts import EMAIL
from ..permissions import Level
from ..texts import Text, say
from ..verdicts import ALLOWED, Verdict, refuse
from .book import rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One box of a channel. *pattern*: what fits, its group 1 is what is kept; *choices*: value -> label."""

    name: str
    label: Text
    pattern: str = r"(\S.{0,199})"
    secret: bool = False
    required: bool = True
    help: Text | None = None
    choices: Mapping[str, Text] | None = None
    default: str = ""
    #: what is kept of a secret is good for these alone: anywhere else it would be given away
    bound_to: tuple[str, ...] = ()

    def read(self, typed: str) -> str | None:
        """What is kept of *typed*; None where it doesn't fit."""
        found = re.fullmatch(self.pattern, typed.strip())
        return found[1] if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelKind:
    """A kind of channel; *personal*: to each person by themselves, else to one group."""

    name: str
    title: Text
    settings: tuple[Setting, ...]
    help: Text
    personal: bool = False


ADDRESS = rf"({EMAIL})"
#: up to 65535
_PORT = r"([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
_HOST = r"([A-Za-z0-9](?:[A-Za-z0-9.\-]{0,250}[A-Za-z0-9])?)"
_WEBHOOK_HELP = say("粘贴机器人的 Webhook 地址")
_SIGNED = say("机器人安全设置选了“加签”才填")

MAIL = ChannelKind(
    name="mail", title=say("邮件"), personal=True, help=say("发到员工登记的电子邮箱，每人一封；没有登记邮箱的只在我的待办提醒。"),
    settings=(
        Setting(name="host", label=say("SMTP 服务器"), pattern=_HOST),
        Setting(name="port", label=say("端口"), pattern=_PORT, default="465"),
        Setting(
            name="security", label=say("加密"), pattern="(tls|starttls|none)", default="tls",
            choices={"tls": say("SSL/TLS"), "starttls": say("STARTTLS"), "none": say("不加密（只限内网）")},
        ),
        Setting(name="sender", label=say("发件地址"), pattern=ADDRESS),
        Setting(name="username", label=say("账号"), required=False, help=say("服务器不要求登录的不填")),
        Setting(name="password", label=say("密码或授权码"), secret=True, required=False,
                bound_to=("host", "port", "security", "username")),
    ),
)  # fmt: skip
WECOM = ChannelKind(
    name="wecom", title=say("企业微信群"),
    help=say(
        "群机器人。只发编号和应还时间，{confidential}、{top}的不发。",
        confidential=Level.CONFIDENTIAL.label, top=Level.TOP_SECRET.label,
    ),
    settings=(
        Setting(
            name="key", label=say("Webhook 地址"), secret=True, help=_WEBHOOK_HELP,
            pattern=r"(?:https://qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=)?([0-9A-Za-z\-]{8,80})",
        ),
    ),
)  # fmt: skip
DINGTALK = ChannelKind(
    name="dingtalk", title=say("钉钉群"), help=WECOM.help,
    settings=(
        Setting(
            name="token", label=say("Webhook 地址"), secret=True, help=_WEBHOOK_HELP,
            pattern=r"(?:https://oapi\.dingtalk\.com/robot/send\?access_token=)?([0-9A-Za-z]{16,100})",
        ),
        Setting(name="secret", label=say("加签密钥"), secret=True, required=False, help=_SIGNED),
    ),
)  # fmt: skip
FEISHU = ChannelKind(
    name="feishu", title=say("飞书群"), help=WECOM.help,
    settings=(
        Setting(
            name="token", label=say("Webhook 地址"), secret=True, help=_WEBHOOK_HELP,
            pattern=r"(?:https://open\.feishu\.cn/open-apis/bot/v2/hook/)?([0-9A-Za-z\-]{8,80})",
        ),
        Setting(name="secret", label=say("签名密钥"), secret=True, required=False, help=say("机器人开启“签名校验”才填")),
    ),
)  # fmt: skip

KINDS = {one.name: one for one in (MAIL, WECOM, DINGTALK, FEISHU)}


@rule("R-NOTE-01", "启用的消息渠道须填写完整，群机器人只认官方地址。")
def may_be_set_up(setting: Setting, typed: str, *, kept: bool, enabled: bool, moved: bool = False) -> Verdict:
    """Whether a box may be left so. Refused "out_of_range".

    *kept*: something is kept there that a blank leaves alone; *moved*: it was good for a server or account that is
    another one now.
    """
    if typed.strip():
        fits = setting.read(typed) is not None
        return ALLOWED if fits else refuse("R-NOTE-01", "out_of_range", say("格式不对，请核对"))
    if kept and moved:
        return refuse("R-NOTE-01", "out_of_range", say("服务器、端口、加密或账号已改，请重新填写"))
    if kept or not (setting.required and enabled):
        return ALLOWED
    return refuse("R-NOTE-01", "out_of_range", say("启用前须填写"))
