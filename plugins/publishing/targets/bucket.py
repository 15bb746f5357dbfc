"""Access S3 through boto3, and turn its errors into messages for authors."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
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
from msgspec import Struct

from plugins.publishing.targets.served_objects import ServedObject
from plugins.publishing.targets.target import TargetError

_MAX_THREADS = 8
#: The message for each error code of S3.
_ERROR_MESSAGES = {
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
_NOT_FOUND = {"NoSuchKey", "404"}
#: Another process wrote the same object in the meantime.
_CONFLICT = {"PreconditionFailed", "ConditionalRequestConflict", "412", "409"}

_Item = TypeVar("_Item")


class BucketObject(Struct, frozen=True):
    """An object of a bucket.

    Attributes:
        key: its key below the prefix.
        size: its size in bytes.
        when: the time of its last change, in seconds since 1970.
    """

    key: str
    size: int
    when: float


class Bucket:
    """A bucket, or the part of it below a prefix. boto3 finds the credentials, region and endpoint.

    Every method raises ``TargetError`` if S3 refuses or cannot be reached. No message holds a secret.

    Args:
        name: the bucket.
        prefix: the prefix of all keys, "" or a path with a slash at the end.
    """

    def __init__(self, name: str, prefix: str) -> None:
        self._name = name
        self._prefix = prefix
        with self._converting_errors():
            self._client = boto3.Session().client(
                "s3",
                config=Config(
                    connect_timeout=15,
                    read_timeout=60,
                    max_pool_connections=_MAX_THREADS,
                    retries={"mode": "standard", "max_attempts": 4},
                    # Services other than Amazon's do not support the newer checksums. All of them verify the signature,
                    # which then covers the SHA-256 of the bytes.
                    request_checksum_calculation="when_required",
                    response_checksum_validation="when_required",
                    s3={"payload_signing_enabled": True},
                ),
            )

    def listing(self, below: str = "", most: int | None = None) -> list[BucketObject]:
        """Return the objects whose keys begin with ``below``, at most ``most`` of them."""
        with self._converting_errors():
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._name,
                Prefix=self._prefix + below,
                PaginationConfig={"MaxItems": most},
            )
            return [
                BucketObject(entry["Key"].removeprefix(self._prefix), entry["Size"], entry["LastModified"].timestamp())
                for page in pages
                for entry in page.get("Contents", ())
            ]

    def get(self, key: str) -> tuple[bytes, str] | None:
        """Return the bytes and the ETag of an object, or None if it does not exist."""
        with self._converting_errors():
            try:
                answer = self._client.get_object(Bucket=self._name, Key=self._prefix + key)
                # Ceph does not match an If-Match with quotes.
                return answer["Body"].read(), answer["ETag"].strip('"')
            except ClientError as error:
                if _code(error) in _NOT_FOUND:
                    return None
                raise

    def put(self, key: str, data: bytes) -> None:
        """Write an object."""
        with self._converting_errors():
            self._client.put_object(Bucket=self._name, Key=self._prefix + key, Body=data)

    def put_if_version(self, key: str, data: bytes, version: str) -> bool:
        """Write an object if its ETag is ``version``, or if it does not exist for "". Return whether it was written."""
        condition = {"IfMatch": version} if version else {"IfNoneMatch": "*"}
        with self._converting_errors():
            try:
                self._client.put_object(Bucket=self._name, Key=self._prefix + key, Body=data, **condition)
            except ClientError as error:
                if _code(error) in _CONFLICT:
                    return False
                raise
        return True

    def show(self, source: str, key: str, shown: ServedObject) -> None:
        """Copy the object ``source`` to ``key`` inside S3, with the headers of ``shown``."""
        location = {"WebsiteRedirectLocation": shown.location} if shown.location else {}
        with self._converting_errors():
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
        """Return whether ``show`` made the object at ``key``."""
        with self._converting_errors():
            return "sha256" in self._client.head_object(Bucket=self._name, Key=self._prefix + key)["Metadata"]

    def delete(self, key: str) -> None:
        """Delete an object if it exists."""
        with self._converting_errors():
            self._client.delete_object(Bucket=self._name, Key=self._prefix + key)

    @contextlib.contextmanager
    def _converting_errors(self) -> Iterator[None]:
        try:
            yield
        except ClientError as error:
            words = _ERROR_MESSAGES.get(_code(error), f"S3 refused {error.operation_name} ({_code(error)}). Try again")
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


def for_each(items: Iterable[_Item], work: Callable[[_Item], None], after: Callable[[], None]) -> None:
    """Call ``work`` for each item in a thread pool, and ``after`` each time one is finished."""
    pool = ThreadPoolExecutor(_MAX_THREADS)
    try:
        for _ in pool.map(work, items):
            after()
    finally:
        pool.shutdown(cancel_futures=True)


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))
