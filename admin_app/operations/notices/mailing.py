"""One letter to a mail server, step by step, so that it is known whether it has left (R-NOTE-01).

Libraries for mail load on first use: a process that sends nothing never has them.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from .messages import UNKNOWN, Message, NotSent

#: seconds for each answer
_PATIENCE = 10


def mail(values: Mapping[str, str], message: Message) -> None:
    """Hand *message* to the server that *values* name; raises NotSent."""
    import smtplib
    import ssl

    letter = _letter(values, message)
    try:
        server = _connected(values)
        try:
            _hand_over(server, values["sender"], message.to or "", letter)
        finally:
            _leave(server)
    except smtplib.SMTPResponseException as error:
        raise NotSent("refused", _said(error.smtp_code, error.smtp_error)) from None
    except ssl.SSLError as error:
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
        server = smtplib.SMTP_SSL(host, port, timeout=_PATIENCE, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(host, port, timeout=_PATIENCE)
    try:
        if values["security"] == "starttls":
            _encrypt(server)
        if values.get("username"):
            _log_in(server, values)
        server.ehlo_or_helo_if_needed()
    except BaseException:
        server.close()
        raise
    return server


def _encrypt(server: Any) -> None:
    import smtplib
    import ssl

    try:
        server.starttls(context=ssl.create_default_context())
    except smtplib.SMTPNotSupportedError as error:
        raise NotSent("tls", str(error)) from None


def _log_in(server: Any, values: Mapping[str, str]) -> None:
    import smtplib

    try:
        server.login(values["username"], values.get("password", ""))
    except smtplib.SMTPAuthenticationError as error:
        raise NotSent("login", _said(error.smtp_code, error.smtp_error)) from None
    except (smtplib.SMTPNotSupportedError, UnicodeError) as error:
        raise NotSent("login", type(error).__name__) from None


def _hand_over(server: Any, sender: str, to: str, letter: bytes) -> None:
    _answered(server.mail(sender), "refused", 250)
    _answered(server.rcpt(to), "recipient", 250, 251)
    _answered(server.docmd("DATA"), "refused", 354)
    try:
        server.send(letter + b".\r\n")
        answer = server.getreply()
    except Exception as error:
        raise NotSent(UNKNOWN, type(error).__name__) from None
    _answered(answer, "refused", 250)


def _answered(answer: tuple[int, bytes], failing: str, *good: int) -> None:
    if answer[0] not in good:
        raise NotSent(failing, _said(*answer))


def _leave(server: Any) -> None:
    """What was accepted was accepted, however the server parts."""
    import smtplib

    with suppress(OSError, smtplib.SMTPException):
        server.quit()
    server.close()


def _letter(values: Mapping[str, str], message: Message) -> bytes:
    from email.message import EmailMessage
    from email.policy import SMTP
    from email.utils import formatdate, make_msgid

    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = values["sender"], message.to, message.subject
    letter["Date"], letter["Message-ID"] = formatdate(), make_msgid(domain=values["sender"].rpartition("@")[2])
    letter["Auto-Submitted"] = "auto-generated"
    # not every server takes eight bits; and no line of it begins with a full stop, which would end the letter
    letter.set_content(message.body, cte="base64")
    return letter.as_bytes(policy=SMTP)


def _said(code: int, text: bytes | str) -> str:
    return f"{code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}"
