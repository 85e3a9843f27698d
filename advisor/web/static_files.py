"""Static files on one's own machine come as small as in production, where collecting them compresses them."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from django.conf import settings
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

# What pages of the site load; the admin's own files are many and only editors see them.
LOADED_BY_PAGES = ("/static/css/", "/static/js/", "/static/django_htmx/htmx-2.min")


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]  # WhiteNoise has no types
    """WhiteNoise, with a compressed copy beside each file that was not collected."""

    def get_static_file(self, path: str, url: str, stat_cache: Any = None) -> StaticFile:
        if not self.use_finders or not url.startswith(LOADED_BY_PAGES):
            return super().get_static_file(path, url, stat_cache)
        headers = Headers([])
        self.add_mime_headers(headers, path, url)
        self.add_cache_headers(headers, path, url)
        return StaticFile(path, headers.items(), encodings={"gzip": str(compressed(Path(path)))})


def compressed(path: Path) -> Path:
    """A compressed copy in the folder for what this machine keeps; made once for each content."""
    content = path.read_bytes()
    copy: Path = settings.VAR_DIR / "static" / f"{hashlib.sha256(content).hexdigest()[:24]}.gz"
    if not copy.exists():
        copy.parent.mkdir(parents=True, exist_ok=True)
        new = copy.with_suffix(".new")
        new.write_bytes(gzip.compress(content, mtime=0))
        new.replace(copy)  # another process may be making the same copy
    return copy
