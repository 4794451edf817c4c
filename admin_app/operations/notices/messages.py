"""A message, and why one didn't go (R-NOTE-01)."""

from collections.abc import Sequence
from dataclasses import dataclass

from ...texts import Text, say

#: why a message didn't go
REASONS: dict[str, Text] = {
    "unreachable": say("连接不上"),
    "timeout": say("对方没有回应"),
    "login": say("账号或密码不对"),
    "recipient": say("收件地址被拒收"),
    "tls": say("加密连接失败，证书或加密方式不符"),
    "refused": say("对方拒收"),
    "interrupted": say("发送中断，是否送达不明"),
}
#: whoever meets one of these meets it with every message
OF_THE_CHANNEL = frozenset({"unreachable", "timeout", "login", "tls"})
#: it has perhaps gone: trying again could bring it twice
UNKNOWN = "interrupted"
#: WeCom takes 2048 bytes of text, the others more; subject and last line have the rest
_GROUP_BYTES = 1700


class NotSent(Exception):
    """Why, by code, and what the other side said."""

    def __init__(self, code: str, detail: str = ""):
        super().__init__(code)
        self.code, self.detail = code, detail


@dataclass(frozen=True, slots=True)
class Message:
    """What goes out: to an address, or to the channel's one group."""

    subject: str
    body: str
    to: str | None = None


def fitting_a_group(lines: Sequence[str]) -> list[str]:
    """The first of *lines* that a robot takes in one message; where that isn't all, a last one says how many there are."""
    fitting, left = [], _GROUP_BYTES
    for line in lines:
        left -= len(f"{line}\n".encode())
        if left < 0:
            return [*fitting, str(say("等 {n} 条", n=len(lines)))]
        fitting.append(line)
    return fitting
