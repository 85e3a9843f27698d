"""Tokens of private links: long and random, known only to their holder and hashed in the database."""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
from datetime import timedelta

LIFETIME = timedelta(days=60)
TOKEN_BYTES = 32  # 256 random bits
IN_AN_ADDRESS = re.compile(r"(/resume/|/shared/by/)[^/\s]+")


def new_token() -> str:
    """A fresh token, safe in an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> str:
    """What is stored. A plain hash is enough: the token is random, so there is nothing to guess from a list."""
    return hashlib.sha256(token.encode()).hexdigest()


class WithoutTokens(logging.Formatter):
    """Log lines that name the address of a private link, but not the link: who reads logs must not get in by them."""

    def format(self, record: logging.LogRecord) -> str:
        return IN_AN_ADDRESS.sub(r"\1…", super().format(record))
