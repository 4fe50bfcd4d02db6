"""An e-mail (MIME) -> the text of its documents: the attachments, or the mail itself."""

from __future__ import annotations

import binascii
import re
from binascii import a2b_uu
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import EmailPolicy
from itertools import count
from typing import Any, cast

from notecheck.errors import DocumentError, InputError
from notecheck.read.binary import binary_kind
from notecheck.read.coded import Concept, known_type
from notecheck.read.documents.document_text import DocumentText, ReadsDocument, joined_text
from notecheck.read.remarks import picture, remark, unreadable

_DEPTH = 5
_MOST_PARTS = 200
_NO_FORMS = ("text/calendar", "text/x-amp-html", "text/watch-html")  # of what the mail says
# A file as mails had it before MIME, which some systems still write into their text.
_UUENCODED = re.compile(
    rb"^begin [0-7]{3,4} [^\r\n]+\r?\n((?:[!-`][ -`]*\r?\n)*?)[` ]?\r?\n?end[ \t]*$", re.MULTILINE
)
_CONTROL = ("application/pgp", "application/pkcs7", "application/x-pkcs7")


class _Lenient(EmailPolicy):
    """A header that ends the library's parser with a fault is taken as it is written."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        try:
            return super().header_fetch_parse(name, value)
        except (RecursionError, IndexError):  # comments in comments; parameters cut off
            return " ".join(value.splitlines())


def mail_text(data: bytes, read: ReadsDocument) -> DocumentText:
    """The mail's own text and the documents attached to it, as one text.

    `read` reads its parts; one that cannot be read is a remark. Raises InputError for an encrypted
    mail, and where nothing can be read.
    """
    if data.startswith(b"From "):
        data = data.split(b"\n", 1)[-1]
        if b"\n\nFrom " in data.replace(b"\r\n", b"\n"):
            raise DocumentError("this is a mailbox of several e-mails: give one a file")
    try:
        message = cast(EmailMessage, message_from_bytes(data, policy=_Lenient()))
    except RecursionError:
        raise DocumentError("the e-mail is nested too deeply: give the report as a file") from None
    parts = list(_parts(message, 0, count(1), read))
    found = joined_text(parts) if parts else DocumentText("")
    if not found.text.strip():
        why = found.remarks[0].why if found.remarks else "it is empty"
        raise DocumentError(f"the e-mail has no text that can be read: {why}")
    subject = known_type([Concept(titles=(str(message.get("Subject", "")),))])
    return found.known_as(subject)


def _parts(
    message: EmailMessage, depth: int, numbers: Iterator[int], read: ReadsDocument
) -> Iterator[DocumentText]:
    """The texts of a mail's parts; `numbers` counts what is attached, within it too."""
    if depth > _DEPTH:
        yield DocumentText("", remarks=(unreadable("e-mail", "it is nested too deeply"),))
        return
    if message.get_content_type() == "multipart/encrypted":
        yield DocumentText("", remarks=(remark("e-mail", "encrypted", "it is encrypted"),))
    elif message.get_content_type() == "multipart/alternative":
        yield from _alternative(message, depth, numbers, read)
    elif message.is_multipart():
        for number, part in enumerate(message.iter_parts()):
            if number >= _MOST_PARTS:
                break
            yield from _parts(cast(EmailMessage, part), depth + 1, numbers, read)
    else:
        yield from _one(message, numbers, read)


def _alternative(
    message: EmailMessage, depth: int, numbers: Iterator[int], read: ReadsDocument
) -> Iterator[DocumentText]:
    """The same in several forms: those that can be read, as text that was sent twice.

    The form for old readers may say no more than that there is another one.
    """
    forms = [
        joined_text(
            list(_parts(cast(EmailMessage, part), depth + 1, numbers, read)) or [DocumentText("")]
        )
        for part in message.iter_parts()
        if part.get_content_type() not in _NO_FORMS
    ]
    yield joined_text(forms, least=0) if forms else DocumentText("")


def _one(part: EmailMessage, numbers: Iterator[int], read: ReadsDocument) -> Iterator[DocumentText]:
    kind = part.get_content_type()
    is_attached = part.get_filename() or part.get_content_disposition() == "attachment"
    # Its number tells it from others of its type; its file's name may be the patient's.
    name = f"e-mail attachment {next(numbers)}, {kind}" if is_attached else f"e-mail part {kind}"
    if kind.startswith(_CONTROL):
        yield DocumentText("", remarks=(remark(name, "encrypted", "it is signed or encrypted"),))
        return
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError):
        data = None
    if not isinstance(data, bytes):
        yield DocumentText("", remarks=(unreadable(name, "its encoding cannot be read"),))
        return
    files = _UUENCODED.findall(data) if kind == "text/plain" else []
    if files:
        data = _UUENCODED.sub(b"", data)
    if data.strip():
        charset, is_html = part.get_content_charset(), kind == "text/html"
        yield _read(data, name, lambda own: read(own, charset=charset, is_html=is_html), part)
    for lines in files:
        inside = f"e-mail attachment {next(numbers)}, uuencoded"
        try:
            held = b"".join(map(a2b_uu, lines.splitlines()))
        except binascii.Error:
            yield DocumentText("", remarks=(unreadable(inside, "its encoding cannot be read"),))
        else:
            yield _read(held, inside, read, part)


def _read(
    data: bytes, name: str, read: Callable[[bytes], DocumentText], part: EmailMessage
) -> DocumentText:
    shown = binary_kind(data)
    try:
        return read(data)
    except InputError as error:
        kind = part.get_content_type()
        is_picture = kind.startswith("image/") or bool(shown and shown.endswith("image"))
        if is_picture and _is_decoration(part):
            return DocumentText("")
        told = picture(name) if is_picture else unreadable(name, error.message)
        return DocumentText("", remarks=(told,))


def _is_decoration(part: EmailMessage) -> bool:
    """Whether a picture stands in the mail's own text, as the logo of a signature does."""
    return part.get_content_disposition() == "inline" or part["Content-ID"] is not None
