"""Handing one letter to the mail server (SMTP, RFC 5321); what went wrong comes back in words."""

import smtplib
import ssl
from email.message import EmailMessage

from lna.config import Settings
from lna.core.outbox import Letter

TIMEOUT = 30


class NotSent(Exception):
    """The server did not take the letter; `for_good` when trying again cannot help."""

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        super().__init__(reason)
        self.for_good = for_good


def message_of(letter: Letter, settings: Settings) -> EmailMessage:
    """The letter as a MIME message; its Message-ID never changes between tries."""
    message = EmailMessage()
    message["From"] = f"{settings.site_name.replace('&', 'and')} <{settings.mail_from}>"
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = letter.posted_at
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body, cte="base64")
    message["Content-Language"] = letter.language
    for part in letter.attachments:
        kind, _, rest = part["mimetype"].partition("/")
        subtype, *parameters = rest.split(";")
        message.add_attachment(
            part["content"].encode(),
            maintype=kind,
            subtype=subtype,
            filename=part["filename"],
            params=dict(each.strip().split("=", 1) for each in parameters),
        )
    return message


def send(letter: Letter, settings: Settings) -> None:
    """Give the letter to the configured server, or raise `NotSent` with the reason."""
    try:
        with _connection(settings) as server:
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password)
            server.send_message(message_of(letter, settings))
    except smtplib.SMTPRecipientsRefused as refused:
        code, reason = next(iter(refused.recipients.values()))
        raise NotSent(_words(code, reason), for_good=code >= 500) from refused
    except smtplib.SMTPResponseException as answer:
        raise NotSent(_words(answer.smtp_code, answer.smtp_error)) from answer
    except (smtplib.SMTPException, OSError, ValueError) as error:  # of what cannot be encoded
        raise NotSent(f"{type(error).__name__}: {error}") from error


def _connection(settings: Settings) -> smtplib.SMTP:
    address = (settings.smtp_host, settings.smtp_port)
    if settings.smtp_security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(*address, timeout=TIMEOUT, context=context)
    server = smtplib.SMTP(*address, timeout=TIMEOUT)
    if settings.smtp_security == "starttls":
        server.starttls(context=ssl.create_default_context())
    return server


def _words(code: int, reason: bytes | str) -> str:
    text = reason.decode(errors="replace") if isinstance(reason, bytes) else reason
    return f"{code} {text}"
