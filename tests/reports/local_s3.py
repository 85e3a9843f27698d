"""A server on this machine that speaks S3 over HTTP, with one empty bucket."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import boto3
from moto.server import ThreadedMotoServer

BUCKET = "reports-of-a-test"


@contextmanager
def s3_server(port: int = 0) -> Iterator[dict[str, str]]:
    """The environment of programs that keep their files with moto, whose answers are those of Amazon's S3."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    host, used = server.get_host_and_port()
    try:
        yield with_bucket(addressed(f"http://{host}:{used}"))
    finally:
        server.stop()


def with_bucket(settings: dict[str, str]) -> dict[str, str]:
    """The same, once the bucket is there."""
    client = boto3.client(
        "s3",
        endpoint_url=settings["S3_ENDPOINT"],
        region_name="us-east-1",
        aws_access_key_id=settings["S3_ACCESS_KEY"],
        aws_secret_access_key=settings["S3_SECRET_KEY"],
    )
    client.create_bucket(Bucket=BUCKET)
    client.close()
    return settings


def addressed(endpoint: str, login: tuple[str, str] = ("test", "test")) -> dict[str, str]:
    return {
        "S3_BUCKET": BUCKET,
        "S3_ENDPOINT": endpoint,
        "S3_ACCESS_KEY": login[0],
        "S3_SECRET_KEY": login[1],
    }
