"""What would have to be true for the main plan to keep the promise, looked for one input at a time."""

from __future__ import annotations

from advisor.engine.business import Business
from advisor.engine.flips import turning_points
from advisor.engine.grid import Flags
from advisor.engine.promise import PROMISED, paid_over_horizon
from advisor.engine.savings import Moved, Scale
from advisor.engine.setup import Setup
from advisor.engine.types import Flip

KEPT, BROKEN = "promise", "short"


def requirements(setup: Setup, business: Business) -> tuple[Flip, ...]:
    """The nearest value of each input from which the central saving reaches the promise; none where it does today."""
    paid = paid_over_horizon(business)

    def kept(scale: Scale) -> Flags:
        outcome = Moved(business, scale).outcome((setup,))
        reached: Flags = outcome.saving[0] >= PROMISED * paid * scale.get("current_spend", 1.0)
        return reached

    return tuple(flip for flip in turning_points(business, kept, KEPT, BROKEN) if flip.becomes == KEPT) if paid else ()
