"""One message to the robot of a chat group (R-NOTE-01).

Robots answer 200 even to a wrong key: what counts is the code in their answer. Once a message has left and no answer
that can be read comes back, nobody knows whether the group has it.
"""

import base64
import hmac
import json
import time
from collections.abc import Mapping
from typing import Any

from ...rules.channels import DINGTALK, FEISHU, WECOM
from .messages import UNKNOWN, Message, NotSent

#: seconds
_PATIENCE = 10
#: where the makers' robots are; the key goes behind
HOSTS = {
    WECOM.name: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=",
    DINGTALK.name: "https://oapi.dingtalk.com/robot/send?access_token=",
    FEISHU.name: "https://open.feishu.cn/open-apis/bot/v2/hook/",
}


def wecom(values: Mapping[str, str], message: Message) -> None:
    """Raises NotSent, as the others do."""
    url = HOSTS[WECOM.name] + values["key"]
    _post(url, {"msgtype": "text", "text": {"content": _whole(message)}}, "errcode", "errmsg")


def dingtalk(values: Mapping[str, str], message: Message) -> None:
    """A secret signs the address."""
    url = HOSTS[DINGTALK.name] + values["token"]
    if secret := values.get("secret"):
        from urllib.parse import quote

        stamp = str(int(time.time() * 1000))
        sign = _signed(secret.encode(), f"{stamp}\n{secret}".encode())
        url += f"&timestamp={stamp}&sign={quote(sign, safe='')}"
    _post(url, {"msgtype": "text", "text": {"content": _whole(message)}}, "errcode", "errmsg")


def feishu(values: Mapping[str, str], message: Message) -> None:
    """A secret signs the payload."""
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
    said = _answer(url, json.dumps(payload).encode())
    if not isinstance(said, dict) or code not in said:
        raise NotSent(UNKNOWN)
    if said[code] != 0:
        raise NotSent("refused", f"{said[code]} {said.get(reason, '')}")


def _answer(url: str, content: bytes) -> Any:
    from ssl import SSLError
    from urllib.error import HTTPError, URLError
    from urllib.request import Request, urlopen

    try:
        with urlopen(Request(url, content, {"Content-Type": "application/json"}), timeout=_PATIENCE) as answer:
            return json.loads(answer.read(10_000))
    except HTTPError as error:
        # a gateway's trouble says nothing of the robot behind it
        raise NotSent(UNKNOWN if error.code >= 500 else "refused", str(error.code)) from None
    except URLError as error:
        # urllib wraps what fails until all has left, and nothing after
        codes = ((TimeoutError, "timeout"), (SSLError, "tls"))
        found = next((code for kind, code in codes if isinstance(error.reason, kind)), "unreachable")
        raise NotSent(found, str(error.reason)) from None
    except Exception as error:
        raise NotSent(UNKNOWN, type(error).__name__) from None
