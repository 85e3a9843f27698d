"""A hub on this machine that speaks the protocol of the public one: records, pages of files, HEAD with etag, errors.

The shapes of its answers (names, types, headers, status codes) are those the public hub gave in 2026; the figures are
those of the test.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

SHA = "1d4bf0f2ff6012fd82039f2fa52739d0dd7c60c0"
PAGE = 3  # files a page, so that every repository has several


@dataclass
class Repo:
    """``config`` None: no such file. ``safetensors``: parameters by type. ``files``: further files with their sizes."""

    config: Any = None
    safetensors: dict[str, int] | None = None
    files: dict[str, int] = field(default_factory=dict)
    license: str | None = "apache-2.0"
    license_name: str | None = None
    gated: bool = False
    private: bool = False
    card: bool = True

    @property
    def config_bytes(self) -> bytes:
        return self.config if isinstance(self.config, bytes) else json.dumps(self.config).encode()

    @property
    def all_files(self) -> dict[str, int]:
        own = {".gitattributes": 1519, "README.md": 8000, "generation_config.json": 200, "tokenizer.json": 7_000_000}
        return own | self.files | ({} if self.config is None else {"config.json": len(self.config_bytes)})


class Hub:
    """``repos`` are what it holds; ``seen`` what it was asked. ``answers``: path -> (status, headers, body) instead."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.repos: dict[str, Repo] = {}
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.seen: list[tuple[str, str, dict[str, str]]] = []

    def answer(self, method: str, target: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        self.seen.append((method, target, headers))
        parts = urlsplit(target)
        if parts.path in self.answers:
            return self.answers[parts.path]
        is_api = parts.path.startswith("/api/models/")
        names = parts.path.removeprefix("/api/models/").lstrip("/").split("/")
        name, rest = "/".join(names[:2]), names[2:]
        repo = self.repos.get(name)
        if repo is None or (repo.private and headers.get("authorization") != "Bearer secret"):
            return self._error(401, "RepoNotFound", "Invalid username or password.")
        if is_api and (not rest or rest[0] == "revision"):
            return self._json(self._record(name, repo))
        if is_api and rest[0] == "tree":
            return self._tree(name, repo, parse_qs(parts.query))
        if rest[0] == "resolve":
            return self._resolve(name, repo, "/".join(rest[2:]))
        return self._error(404, "", "Not found")

    def _record(self, name: str, repo: Repo) -> dict[str, Any]:
        card = {"license": repo.license, "library_name": "transformers"}
        card |= {"license_name": repo.license_name} if repo.license_name else {}
        record = {
            "_id": "66e6d0f1", "id": name, "modelId": name, "author": name.partition("/")[0], "sha": SHA,
            "lastModified": "2026-08-21T09:10:11.000Z",
            "createdAt": "2026-08-20T00:00:00.000Z",
            "private": repo.private, "disabled": False, "gated": "manual" if repo.gated else False,
            "downloads": 6821761, "likes": 12,
            "pipeline_tag": "text-generation", "library_name": "transformers",
            "tags": ["transformers", "safetensors", *([f"license:{repo.license}"] if repo.license else [])],
            "siblings": [{"rfilename": path} for path in repo.all_files],
        }  # fmt: skip
        record |= {"cardData": {key: value for key, value in card.items() if value}} if repo.card else {}
        if repo.safetensors:
            record["safetensors"] = {"parameters": repo.safetensors, "total": sum(repo.safetensors.values())}
        return record

    def _tree(self, name: str, repo: Repo, query: dict[str, list[str]]) -> tuple[int, dict[str, str], bytes]:
        start = int(query.get("cursor", ["0"])[0])
        entries = [
            {"type": "file", "oid": hashlib.sha1(path.encode()).hexdigest(), "size": size, "path": path}  # noqa: S324
            | ({"lfs": {"oid": "0" * 64, "size": size, "pointerSize": 135}} if size > 1_000_000 else {})
            for path, size in sorted(repo.all_files.items())
        ]
        headers = {}
        if start + PAGE < len(entries):
            following = f"{self.url}/api/models/{name}/tree/{SHA}?recursive=true&cursor={start + PAGE}"
            headers["Link"] = f'<{following}>; rel="next"'
        return self._json(entries[start : start + PAGE], headers)

    def _resolve(self, name: str, repo: Repo, path: str) -> tuple[int, dict[str, str], bytes]:
        """Small files are answered by another address of the hub itself, to which a relative redirect leads."""
        if repo.gated:
            return self._error(403, "GatedRepo", f"Access to model {name} is restricted.")
        if path not in repo.all_files:
            return self._error(404, "EntryNotFound", "Entry not found")
        body = repo.config_bytes
        cached = f"/api/resolve-cache/models/{name}/{SHA}/{path}"
        etag = f'"{hashlib.sha1(body).hexdigest()}"'  # noqa: S324
        headers = {"X-Repo-Commit": SHA, "ETag": etag, "X-Linked-Size": str(len(body)), "X-Linked-ETag": etag}
        self.answers[cached] = (200, {"Content-Type": "text/plain; charset=utf-8", "ETag": etag}, body)
        return 307, headers | {"Location": cached, "Content-Type": "text/plain"}, b""

    def _json(self, body: Any, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
        return 200, {"Content-Type": "application/json; charset=utf-8"} | (headers or {}), json.dumps(body).encode()

    def _error(self, status: int, code: str, message: str) -> tuple[int, dict[str, str], bytes]:
        headers = {"Content-Type": "application/json", "X-Error-Message": message}
        headers |= {"X-Error-Code": code} if code else {}
        return status, headers, json.dumps({"error": message}).encode()


@contextmanager
def local_hub() -> Iterator[Hub]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = hub.answer(
                self.command, self.path, {name.lower(): value for name, value in self.headers.items()}
            )
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        do_HEAD = do_GET

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    hub = Hub(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield hub
    server.shutdown()
    server.server_close()
