"""Sending one message through a channel, and why it didn't go (R-NOTE-01).

Group robots answer 200 even to a wrong key: what counts is the code in their answer.
"""

import base64
import hmac
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ...rules.channels import DINGTALK, FEISHU, MAIL, WECOM
from ...texts import Text, say

#: seconds
_PATIENCE = 10
#: where the makers' robots are; the key goes behind
HOSTS = {
    WECOM.name: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=",
    DINGTALK.name: "https://oapi.dingtalk.com/robot/send?access_token=",
    FEISHU.name: "https://open.feishu.cn/open-apis/bot/v2/hook/",
}
#: why a message didn't go
REASONS: dict[str, Text] = {
    "unreachable": say("连接不上"),
    "timeout": say("对方没有回应"),
    "login": say("账号或密码不对"),
    "recipient": say("收件地址被拒收"),
    "tls": say("加密连接失败，证书或加密方式不符"),
    "refused": say("对方拒收"),
    "interrupted": say("发送时程序中断，是否送达不明"),
}
#: whoever meets one of these meets it with every message
OF_THE_CHANNEL = frozenset({"unreachable", "timeout", "login", "tls"})


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


Send = Callable[[str, Mapping[str, str], Message], None]


def send(kind: str, values: Mapping[str, str], message: Message) -> None:
    """Send *message* through a channel of that *kind* with its settings; raises NotSent, whose detail holds no secret."""
    try:
        _SENDERS[kind](values, message)
    except NotSent as failed:
        raise NotSent(failed.code, _without_secrets(failed.detail, values)) from None


def _without_secrets(detail: str, values: Mapping[str, str]) -> str:
    for name in ("password", "key", "token", "secret"):
        if values.get(name):
            detail = detail.replace(values[name], "***")
    return " ".join(detail.split())[:200]


def _mail(values: Mapping[str, str], message: Message) -> None:
    import smtplib  # here, with what it brings: a process that sends nothing never loads it
    import ssl

    try:
        with _connected(values) as server:
            if values.get("username"):
                server.login(values["username"], values.get("password", ""))
            server.send_message(_letter(values, message))
    except smtplib.SMTPAuthenticationError as error:
        raise NotSent("login", _said(error)) from None
    except smtplib.SMTPRecipientsRefused as error:
        raise NotSent("recipient", "; ".join(str(code) for code, _text in error.recipients.values())) from None
    except smtplib.SMTPResponseException as error:
        raise NotSent("refused", _said(error)) from None
    except (ssl.SSLError, smtplib.SMTPNotSupportedError) as error:
        raise NotSent("tls", str(error)) from None
    except TimeoutError:
        raise NotSent("timeout") from None
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent("unreachable", error.strerror or str(error)) from None


def _connected(values: Mapping[str, str]) -> Any:
    import smtplib
    import ssl

    host, port = values["host"], int(values["port"])
    if values["security"] == "tls":
        return smtplib.SMTP_SSL(host, port, timeout=_PATIENCE, context=ssl.create_default_context())
    server = smtplib.SMTP(host, port, timeout=_PATIENCE)
    if values["security"] == "starttls":
        server.starttls(context=ssl.create_default_context())
    return server


def _letter(values: Mapping[str, str], message: Message) -> Any:
    from email.message import EmailMessage
    from email.utils import formatdate, make_msgid

    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = values["sender"], message.to, message.subject
    letter["Date"], letter["Message-ID"] = formatdate(), make_msgid(domain=values["sender"].rpartition("@")[2])
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message.body, cte="base64")  # not every server takes eight bits
    return letter


def _said(error: Any) -> str:
    text = error.smtp_error.decode("utf-8", "replace") if isinstance(error.smtp_error, bytes) else str(error.smtp_error)
    return f"{error.smtp_code} {text}"


def _wecom(values: Mapping[str, str], message: Message) -> None:
    _post(
        HOSTS[WECOM.name] + values["key"],
        {"msgtype": "text", "text": {"content": _whole(message)}},
        "errcode",
        "errmsg",
    )


def _dingtalk(values: Mapping[str, str], message: Message) -> None:
    url = HOSTS[DINGTALK.name] + values["token"]
    if secret := values.get("secret"):
        from urllib.parse import quote

        stamp = str(int(time.time() * 1000))
        sign = _signed(secret.encode(), f"{stamp}\n{secret}".encode())
        url += f"&timestamp={stamp}&sign={quote(sign, safe='')}"
    _post(url, {"msgtype": "text", "text": {"content": _whole(message)}}, "errcode", "errmsg")


def _feishu(values: Mapping[str, str], message: Message) -> None:
    payload: dict[str, Any] = {"msg_type": "text", "content": {"text": _whole(message)}}
    if secret := values.get("secret"):
        stamp = str(int(time.time()))
        payload |= {"timestamp": stamp, "sign": _signed(f"{stamp}\n{secret}".encode(), b"")}
    _post(HOSTS[FEISHU.name] + values["token"], payload, "code", "msg")


def _whole(message: Message) -> str:
    return f"{message.subject}\n{message.body}"


def _signed(key: bytes, content: bytes) -> str:
    return base64.b64encode(hmac.digest(key, content, "sha256")).decode()


def _post(url: str, payload: Mapping[str, Any], code: str, reason: str) -> None:
    """POST *payload*; *code* and *reason* are where the robot's answer says whether it took it."""
    from urllib.error import HTTPError, URLError
    from urllib.request import Request, urlopen

    request = Request(url, json.dumps(payload).encode(), {"Content-Type": "application/json"})
    try:
        with urlopen(request, timeout=_PATIENCE) as answer:
            said = json.loads(answer.read(10_000))
            if said[code] != 0:
                raise NotSent("refused", f"{said[code]} {said.get(reason, '')}")
    except HTTPError as error:
        raise NotSent("refused", str(error.code)) from None
    except TimeoutError:
        raise NotSent("timeout") from None
    except URLError as error:
        raise NotSent(
            "timeout" if isinstance(error.reason, TimeoutError) else "unreachable", str(error.reason)
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotSent("refused", type(error).__name__) from None


_SENDERS = {MAIL.name: _mail, WECOM.name: _wecom, DINGTALK.name: _dingtalk, FEISHU.name: _feishu}
