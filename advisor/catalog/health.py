"""Whether there is a catalog to advise from: one sentence when not, for /healthz (settings.HEALTH_CHECKS)."""

from advisor.catalog.services import current_version


def published() -> str | None:
    """A version has been published."""
    return None if current_version() else "No catalog has been published yet."
