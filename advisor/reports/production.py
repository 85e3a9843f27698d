"""What a worker does with one row: claim it, render it, publish it or give it back.

Every step is one UPDATE that still matches the claim, so a second delivery, a late finisher or a crash between two
steps changes nothing. Only the sweeper tries again.
"""

from __future__ import annotations

import hashlib
import logging
import uuid
from datetime import timedelta

from billiard.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import close_old_connections, connection, models
from django.utils import timezone

from advisor.assessments.models import Result
from advisor.assessments.presentation.scenarios import scenario_of
from advisor.catalog.services import engine_catalog
from advisor.reports.content import History
from advisor.reports.files import StorageDown, delete, store
from advisor.reports.models import MAX_ATTEMPTS, STORAGE_PATIENCE, FailureReason, Report, State
from advisor.reports.rendering import RenderError, render_pdf

logger = logging.getLogger(__name__)

REASONS = {"timeout": FailureReason.TIMEOUT, "killed": FailureReason.STOPPED}


def produce(report_id: int) -> bool:
    """Make the report of a row, or give it back; False where it is not ours."""
    report = claim(report_id)
    if report is None:
        return False
    try:
        publish(report, render(report))
    except SoftTimeLimitExceeded:
        give_back(report, FailureReason.TIMEOUT)
    except RenderError as error:
        logger.error("report %s, attempt %s: %s", report.number, report.attempt, error)
        give_back(report, REASONS.get(error.reason, FailureReason.BROKEN))
    except StorageDown as error:
        logger.error("report %s waits for the storage: %s", report.number, error)
        wait_for_storage(report)
    except OSError as error:  # no room for the job's own folder, no process to be had
        logger.error("report %s, attempt %s: %s", report.number, report.attempt, error)
        give_back(report, FailureReason.STORAGE)
    except Exception:
        logger.exception("report %s, attempt %s", report.number, report.attempt)
        give_back(report, FailureReason.BROKEN)
    return True


def claim(report_id: int) -> Report | None:
    """Take the row for one lease. None when it is done, taken, or gone."""
    now = timezone.now()
    claim_id = uuid.uuid4()
    taken = (
        Report.objects.filter(id=report_id)
        .claimable(now)
        .update(
            state=State.RENDERING,
            attempt=models.F("attempt") + 1,
            claim_id=claim_id,
            lease_until=now + timedelta(seconds=settings.REPORT_LEASE_SECONDS),
        )
    )
    if taken == 0:
        return None
    claimed = Report.objects.select_related("result__catalog_version", "brand").filter(id=report_id, claim_id=claim_id)
    return claimed.defer("result__catalog_version__document").first()  # over a megabyte, and read once per process


def render(report: Report) -> bytes:
    """The PDF of a claimed row, from the stored result alone; the time on it is the row's, not the clock's."""
    result, before = report.result, Result.objects.before(report.result)
    return render_pdf(
        result.recommendation,
        answers=result.answers,
        catalog=engine_catalog(result.catalog_version),
        language=report.language,
        paper=report.paper,
        timestamp=report.requested_at,
        number=report.number,
        catalog_version=str(result.catalog_version.number),
        options=report.options,
        history=_history(before, result, report.language) if before is not None else None,
    )


def _history(before: Result, result: Result, language: str) -> History:
    return scenario_of(before, language=language), scenario_of(result, language=language)


def publish(report: Report, pdf: bytes) -> bool:
    """Store the file under a fresh name, then mark the row ready if the claim still holds."""
    name = store(pdf)
    published = _write(
        report,
        **ended(State.READY),
        file=name,
        sha256=hashlib.sha256(pdf).hexdigest(),
        size=len(pdf),
        failure_reason="",
    )
    if not published:
        delete(name)
        logger.warning("report %s: finished after its claim was lost or it was canceled", report.number)
    return published


def give_back(report: Report, reason: FailureReason) -> None:
    """Put the row back in the queue for the sweeper, or fail it after the last attempt."""
    if report.attempt < MAX_ATTEMPTS:
        _write(report, state=State.QUEUED, claim_id=None, lease_until=None, failure_reason=reason)
    else:
        _write(report, **failed(reason))


def wait_for_storage(report: Report) -> None:
    """Put the row back without counting the attempt, because nothing is wrong with it; not for ever, though."""
    if timezone.now() - report.requested_at > STORAGE_PATIENCE:
        _write(report, **failed(FailureReason.STORAGE))
        return
    _write(
        report,
        state=State.QUEUED,
        attempt=models.F("attempt") - 1,
        claim_id=None,
        lease_until=None,
        failure_reason=FailureReason.STORAGE,
    )


def failed(reason: FailureReason) -> dict[str, object]:
    """The columns of a row that failed for good."""
    return ended(State.FAILED) | {"failure_reason": reason}


def ended(state: State) -> dict[str, object]:
    """The columns of a row on which nobody works any more."""
    return {"state": state, "claim_id": None, "lease_until": None, "finished_at": timezone.now()}


def _write(report: Report, **columns: object) -> bool:
    """Change the row if the claim still holds; on a fresh connection where the old one was cut meanwhile."""
    if not connection.in_atomic_block:
        close_old_connections()
    held = Report.objects.filter(id=report.id, state=State.RENDERING, claim_id=report.claim_id)
    return bool(held.update(**columns))
