"""A server on this machine that speaks S3 over HTTP, with one empty bucket."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import boto3
from moto.server import ThreadedMotoServer

BUCKET = "reports-of-a-test"


@contextmanager
def s3_server(port: int = 0) -> Iterator[dict[str, str]]:
    """The environment of programs that keep their files there."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    host, used = server.get_host_and_port()
    settings = addressed(f"http://{host}:{used}")
    client = boto3.client(
        "s3",
        endpoint_url=settings["S3_ENDPOINT"],
        region_name="us-east-1",
        aws_access_key_id=settings["S3_ACCESS_KEY"],
        aws_secret_access_key=settings["S3_SECRET_KEY"],
    )
    try:
        client.create_bucket(Bucket=BUCKET)
        yield settings
    finally:
        client.close()
        server.stop()


def addressed(endpoint: str) -> dict[str, str]:
    return {
        "S3_BUCKET": BUCKET,
        "S3_ENDPOINT": endpoint,
        "S3_ACCESS_KEY": "test",
        "S3_SECRET_KEY": "test",
    }
