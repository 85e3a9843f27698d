"""``manage.py catalog links``: do the addresses that sources name still answer?"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from advisor.catalog import links
from advisor.catalog.models import LinkCheck

HELP = "looks at source addresses that are due, and lists the dead ones; status 1 when there are any"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--most", type=int, default=100, help="addresses to look at in this run (100)")
    parser.add_argument("--seconds", type=float, default=600, help="begin no further address after this long (600)")
    parser.add_argument("--list", action="store_true", help="look at none, only list what is known")


def run(options: dict[str, Any], write: Callable[[str], object]) -> int:
    links.look_through()
    if not options["list"]:
        from advisor.catalog import link_checking  # with the libraries that read from the network

        for row in link_checking.check_due(seconds=options["seconds"], most=options["most"]):
            write(f"{row.get_answer_display()}: {row.address} ({row.detail})")
    dead = list(LinkCheck.objects.dead())
    failing = LinkCheck.objects.filter(failed_days__gt=0).count() - len(dead)
    waiting = LinkCheck.objects.filter(checked_at__isnull=True).count()
    write(
        f"{LinkCheck.objects.count()} addresses: {len(dead)} dead, {failing} failing but not yet called dead, "
        f"{waiting} never looked at"
    )
    for row in dead:
        write(f"dead since {row.failed_since}, {row.facts} facts: {row.address} ({row.detail})")
    return 1 if dead else 0
