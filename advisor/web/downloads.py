"""Private downloads. The view that calls this has already checked who asks."""

import re
import unicodedata
from typing import IO, Any, TypeVar

from django.core.files.base import File
from django.http import FileResponse
from django.http.response import HttpResponseBase

Response = TypeVar("Response", bound=HttpResponseBase)


def attachment(file: "File[Any] | IO[bytes]", name: str, content_type: str) -> FileResponse:
    """Stream `file` as a download that no cache keeps, no browser guesses about and no page can run."""
    return private(FileResponse(file, as_attachment=True, filename=safe_name(name), content_type=content_type))


def private(response: Response) -> Response:
    """The same answer, with the headers of a private download."""
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def safe_name(name: str) -> str:
    """A file name without paths, control characters or anything a shell or header could trip over."""
    plain = unicodedata.normalize("NFC", name)
    plain = re.sub(r"[^\w.\- ]+", "-", plain)  # \w keeps letters of every language
    plain = re.sub(r"\s+", " ", plain).strip(" .-")
    return plain[:120] or "download"
