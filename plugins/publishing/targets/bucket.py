"""Bucket: the few things that publishing asks of S3, through boto3, and its refusals in plain words."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    HTTPClientError,
    NoCredentialsError,
    PartialCredentialsError,
    ProfileNotFound,
)

from plugins.publishing.targets.target import TargetError

_AT_ONCE = 8
#: The codes of S3's refusals, and what is told of them.
_WORDS = {
    "NoSuchBucket": "there is no such bucket. Make it, or correct the address",
    "AccessDenied": "access is denied. Let these credentials list, read, write and delete there",
    "403": "access is denied. Let these credentials list, read, write and delete there",
    "InvalidAccessKeyId": "the access key is not known there. Correct the credentials",
    "SignatureDoesNotMatch": "the secret key does not fit the access key. Correct the credentials",
    "ExpiredToken": "the credentials have expired. Get new ones",
    "PermanentRedirect": "the bucket is in another region. Set AWS_REGION",
    "AuthorizationHeaderMalformed": "the bucket is in another region. Set AWS_REGION",
    "RequestTimeTooSkewed": "this computer's clock is wrong. Set it",
}
_ABSENT = {"NoSuchKey", "404"}
#: Somebody else wrote the same object before, or at the same moment.
_TAKEN = {"PreconditionFailed", "ConditionalRequestConflict", "412", "409"}

_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True)
class Held:
    """An object of a bucket.

    Attributes:
        key: its name.
        size: in bytes.
        when: the time at which it was written, in seconds since 1970.
    """

    key: str
    size: int
    when: float


@dataclass(frozen=True, slots=True)
class BucketAnswer:
    """What readers are answered at a path.

    Attributes:
        sha256: of the bytes.
        size: of the bytes.
        type: the Content-Type.
        caching: the Cache-Control.
        location: where a redirect leads; "" for a file that is no redirect.
    """

    sha256: str
    size: int
    type: str
    caching: str
    location: str


class Bucket:
    """A bucket, or what is below a prefix in it. Credentials, region and endpoint are found as boto3 finds them.

    Every method raises ``TargetError`` when S3 refuses or cannot be reached; no message holds a secret.

    Args:
        name: the bucket.
        prefix: begins all its keys: "" or a word with a slash at its end.
    """

    def __init__(self, name: str, prefix: str) -> None:
        self._name = name
        self._prefix = prefix
        with self._telling():
            self._client = boto3.Session().client(
                "s3",
                config=Config(
                    connect_timeout=15,
                    read_timeout=60,
                    max_pool_connections=_AT_ONCE,
                    retries={"mode": "standard", "max_attempts": 4},
                    # Others than Amazon do not know the newer checksums. That what arrives is what was sent, all of
                    # them prove by the signature, which then covers the SHA-256 of the bytes.
                    request_checksum_calculation="when_required",
                    response_checksum_validation="when_required",
                    s3={"payload_signing_enabled": True},
                ),
            )

    def listing(self, below: str = "", most: int | None = None) -> list[Held]:
        """Return the objects whose keys begin with ``below``: all, or the first ``most``."""
        with self._telling():
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._name,
                Prefix=self._prefix + below,
                PaginationConfig={"MaxItems": most},
            )
            return [
                Held(one["Key"].removeprefix(self._prefix), one["Size"], one["LastModified"].timestamp())
                for page in pages
                for one in page.get("Contents", ())
            ]

    def get(self, key: str) -> tuple[bytes, str] | None:
        """Return the bytes of an object and the name of this version of it; None when there is none."""
        with self._telling():
            try:
                answer = self._client.get_object(Bucket=self._name, Key=self._prefix + key)
                # Without quotes: Ceph takes an If-Match with them for another one.
                return answer["Body"].read(), answer["ETag"].strip('"')
            except ClientError as error:
                if _code(error) in _ABSENT:
                    return None
                raise

    def put(self, key: str, data: bytes) -> None:
        """Write an object."""
        with self._telling():
            self._client.put_object(Bucket=self._name, Key=self._prefix + key, Body=data)

    def put_instead(self, key: str, data: bytes, version: str) -> bool:
        """Write an object over this version of it, or, with "", where there is none; say whether it was written."""
        condition = {"IfMatch": version} if version else {"IfNoneMatch": "*"}
        with self._telling():
            try:
                self._client.put_object(Bucket=self._name, Key=self._prefix + key, Body=data, **condition)
            except ClientError as error:
                if _code(error) in _TAKEN:
                    return False
                raise
        return True

    def show(self, source: str, key: str, shown: BucketAnswer) -> None:
        """Copy the object ``source`` to ``key``, inside S3, so that it is answered as ``shown`` says."""
        location = {"WebsiteRedirectLocation": shown.location} if shown.location else {}
        with self._telling():
            self._client.copy_object(
                Bucket=self._name,
                Key=self._prefix + key,
                CopySource={"Bucket": self._name, "Key": self._prefix + source},
                MetadataDirective="REPLACE",
                ContentType=shown.type,
                CacheControl=shown.caching,
                Metadata={"sha256": shown.sha256},
                **location,
            )

    def is_shown(self, key: str) -> bool:
        """Tell whether ``show`` made the object ``key``."""
        with self._telling():
            return "sha256" in self._client.head_object(Bucket=self._name, Key=self._prefix + key)["Metadata"]

    def delete(self, key: str) -> None:
        """Delete an object; one that is not there is as good."""
        with self._telling():
            self._client.delete_object(Bucket=self._name, Key=self._prefix + key)

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except ClientError as error:
            words = _WORDS.get(_code(error), f"S3 refused {error.operation_name} ({_code(error)}). Try again")
            raise TargetError(f"s3://{self._name}: {words}.") from error
        except (NoCredentialsError, PartialCredentialsError, ProfileNotFound) as error:
            raise TargetError(
                f"s3://{self._name}: no credentials. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, "
                "or log in as boto3's documentation says.",
            ) from error
        except (EndpointConnectionError, ConnectTimeoutError, HTTPClientError) as error:
            raise TargetError(
                f"s3://{self._name}: S3 cannot be reached. See that the network works, and that AWS_ENDPOINT_URL_S3, "
                "if it is set, is right. Then try again.",
            ) from error
        except BotoCoreError as error:
            raise TargetError(
                f"s3://{self._name}: {type(error).__name__}: {error}. Correct that, and try again."
            ) from error


def each(things: Iterable[_Thing], work: Callable[[_Thing], None], after: Callable[[], None]) -> None:
    """Do ``work`` for each thing, several at once, and ``after`` when another one is done."""
    pool = ThreadPoolExecutor(_AT_ONCE)
    try:
        for _ in pool.map(work, things):
            after()
    finally:
        pool.shutdown(cancel_futures=True)


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))
