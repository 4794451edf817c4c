"""Sending one message through a channel of any kind (R-NOTE-01)."""

from collections.abc import Callable, Mapping

from ...rules.channels import DINGTALK, FEISHU, MAIL, WECOM
from .group_robots import dingtalk, feishu, wecom
from .mailing import mail
from .messages import Message, NotSent

Send = Callable[[str, Mapping[str, str], Message], None]

_SENDERS = {MAIL.name: mail, WECOM.name: wecom, DINGTALK.name: dingtalk, FEISHU.name: feishu}


def send(kind: str, values: Mapping[str, str], message: Message) -> None:
    """Send *message* through a channel of that *kind* with its settings; raises NotSent, whose detail holds no secret."""
    try:
        _SENDERS[kind](values, message)
    except NotSent as failed:
        raise NotSent(failed.code, _without_secrets(failed.detail, values)) from None
    except Exception as error:
        # whatever an office typed: a fault of one message or channel is no fault of the others
        raise NotSent("refused", type(error).__name__) from None


def _without_secrets(detail: str, values: Mapping[str, str]) -> str:
    for name in ("password", "key", "token", "secret"):
        if values.get(name):
            detail = detail.replace(values[name], "***")
    return " ".join(detail.split())[:200]
