"""Test publishing to a bucket of S3. ``conftest.py`` explains the choice of the server."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from plugins.publishing.hosts.response_rules import BRIEF, FOREVER
from plugins.publishing.targets import bucket, lease
from plugins.publishing.targets.s3 import S3Target
from plugins.publishing.targets.target import TargetError
from tests.publishing.releases import FOR_HOSTS, release
from tests.publishing.targets.conftest import SECRET
from tests.publishing.targets.interrupting import Interrupted
from tests.publishing.targets.s3_objects import FIRST, SECOND, keys, publish


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record writes and deletions in order."""
    done: list[str] = []
    lock = threading.Lock()

    def noting(name: str, place: int) -> None:
        method = getattr(bucket.Bucket, name)

        def note(self: bucket.Bucket, *words: Any) -> Any:
            with lock:
                done.append(f"{name} {words[place]}")
            return method(self, *words)

        monkeypatch.setattr(bucket.Bucket, name, note)

    for name, place in (("put", 0), ("show", 1), ("delete", 0)):
        noting(name, place)
    return done


def test_how_files_are_answered(tmp_path: Path, s3_client: Any) -> None:
    """Each file has its type, caching and hash. The page at an alias redirects."""
    one = release(tmp_path, FIRST, redirects={"/old.html": "/a/", "/a": "/b/"})
    publish(one)
    head = s3_client.head_object(Bucket="site", Key="a/index.html")
    assert (head["ContentType"], head["CacheControl"]) == ("text/html; charset=utf-8", BRIEF)
    assert head["Metadata"] == {"sha256": one.inventory.items["a/index.html"].sha256}
    assert "WebsiteRedirectLocation" not in head
    assert s3_client.head_object(Bucket="site", Key="images/x-0123456789.png")["CacheControl"] == FOREVER
    assert s3_client.head_object(Bucket="site", Key="old.html")["WebsiteRedirectLocation"] == "/a/"


def test_what_stays_away(tmp_path: Path, s3_client: Any) -> None:
    """Compressed forms and files for other hosts are left out."""
    publish(release(tmp_path, FIRST))
    assert {key for key in keys(s3_client) if not key.startswith("_hosts/")} == FIRST.keys()
    assert not FOR_HOSTS.keys() & {*keys(s3_client)}


def test_the_order_of_a_switch(tmp_path: Path, s3_client: Any, steps: list[str]) -> None:
    """Files that pages load come first, then other documents, pages, deletions, and finally the pointer."""
    publish(release(tmp_path, FIRST))
    second = release(tmp_path, {path: data for path, data in SECOND.items() if path != "old.html"})
    target = S3Target("site")
    with target.locked():
        target.send(second)
        steps.clear()
        target.switch(second.inventory.id)
        assert steps == [
            "put _hosts/switching.json",
            "show images/y-0123456789.png",
            "show feed.xml",
            "show index.html",
            "delete old.html",
            "put _hosts/live.json",
            "delete _hosts/switching.json",
        ]


def test_only_where_a_redirect_leads_changes(tmp_path: Path, s3_client: Any) -> None:
    """A redirect with a new target is updated even if the bytes of its page are the same."""
    publish(release(tmp_path, FIRST, redirects={"/old.html": "/a/"}))
    publish(release(tmp_path, FIRST, redirects={"/old.html": "/b/"}))
    assert s3_client.head_object(Bucket="site", Key="old.html")["WebsiteRedirectLocation"] == "/b/"


def test_below_a_prefix(tmp_path: Path, s3_client: Any) -> None:
    """A site below a prefix does not touch objects beside it."""
    s3_client.put_object(Bucket="site", Key="other.html", Body=b"other")
    s3_client.put_object(Bucket="site", Key="us-too/other.html", Body=b"other")
    for pages in (FIRST, {**FIRST, "index.html": b"2"}, FIRST):
        publish(release(tmp_path, pages), S3Target("site", "us"))
    assert {key for key in keys(s3_client) if "_hosts/" not in key} == {
        "other.html", "us-too/other.html", *(f"us/{path}" for path in FIRST),
    }  # fmt: skip


def test_an_open_page_still_finds_its_picture(tmp_path: Path, s3_client: Any) -> None:
    """Fingerprinted files stay for one more switch."""
    picture = "images/y-0123456789.png"
    for number, pages in enumerate((SECOND, FIRST, {**FIRST, "index.html": b"3"})):
        publish(release(tmp_path, pages))
        assert (picture in keys(s3_client)) == (number < 2)


def test_a_file_that_somebody_took_away_is_put_back(tmp_path: Path, s3_client: Any) -> None:
    """A switch to the live release restores missing files."""
    one = release(tmp_path, FIRST)
    publish(one)
    s3_client.delete_object(Bucket="site", Key="a/index.html")
    publish(one)
    assert "a/index.html" in keys(s3_client)


def test_live_after_a_switch_that_was_killed(tmp_path: Path, s3_client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a switch that was killed, the live inventory has only the files that both releases share."""
    first, second = release(tmp_path, FIRST), release(tmp_path, SECOND)
    publish(first)

    def die(*words: object) -> None:
        raise Interrupted

    with monkeypatch.context() as patched:
        patched.setattr(bucket.Bucket, "show", die)
        with pytest.raises(Interrupted):
            publish(second)
    target = S3Target("site")
    with target.locked():
        live = target.live()
        assert live is not None
        assert live.id == ""
        assert live.items.keys() - FOR_HOSTS.keys() == {"a/index.html", "old.html", "images/x-0123456789.png"}
        target.tidy(0, lambda _: True)
        assert {one.id for one in target.kept()} == {first.inventory.id, second.inventory.id}
        target.switch(first.inventory.id)
        assert target.live() == first.inventory


def test_a_lock_of_the_dead(tmp_path: Path, s3_client: Any) -> None:
    """An expired lock is taken over, and a valid one keeps others away."""
    lock = {"token": "t", "who": "anna on desk (process 4)", "host": "desk", "process": 4, "since": 0}
    s3_client.put_object(Bucket="site", Key="_hosts/lock.json", Body=json.dumps({**lock, "until": time.time() + 60}))
    with pytest.raises(TargetError, match=r"anna on desk \(process 4\), since 1970-01-01 00:00 UTC, is publishing"):
        publish(release(tmp_path, FIRST))
    assert "_hosts/lock.json" in keys(s3_client)
    s3_client.put_object(Bucket="site", Key="_hosts/lock.json", Body=json.dumps({**lock, "until": time.time() - 1}))
    publish(release(tmp_path, FIRST))
    assert "_hosts/lock.json" not in keys(s3_client)


def test_two_at_the_same_moment(tmp_path: Path, s3_client: Any) -> None:
    """Of many threads that find no lock at the same time, one gets it."""
    start, end = threading.Barrier(6), threading.Barrier(6)
    got: list[bool] = []

    def try_it() -> None:
        target = S3Target("site")
        start.wait()
        try:
            with target.locked():
                got.append(True)
                end.wait()
        except TargetError:
            end.wait()

    threads = [threading.Thread(target=try_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [True]


def test_a_long_run_renews_its_lock(tmp_path: Path, s3_client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock is renewed during uploads. A run that has lost it stops."""
    monkeypatch.setattr(lease, "_LENGTH", 0)
    target = S3Target("site")
    with target.locked():
        before = json.loads(s3_client.get_object(Bucket="site", Key="_hosts/lock.json")["Body"].read())
        target.send(release(tmp_path, FIRST))
        after = json.loads(s3_client.get_object(Bucket="site", Key="_hosts/lock.json")["Body"].read())
        assert after["until"] > before["until"]
        s3_client.put_object(
            Bucket="site", Key="_hosts/lock.json", Body=json.dumps({**after, "token": "t", "who": "anna"}),
        )  # fmt: skip
        with pytest.raises(TargetError, match=r"anna, since .* is publishing there"):
            target.send(release(tmp_path, SECOND))


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"AWS_ACCESS_KEY_ID": None, "AWS_EC2_METADATA_DISABLED": "true"}, "no credentials"),
        ({"AWS_PROFILE": "nobody"}, "no credentials"),
        ({"AWS_ENDPOINT_URL_S3": "http://127.0.0.1:1"}, "cannot be reached"),
        ({"AWS_REGION": "not a region", "AWS_DEFAULT_REGION": "not a region", "AWS_ENDPOINT_URL_S3": ""}, "region"),
    ],
)
def test_what_the_environment_lacks(
    tmp_path: Path, s3_client: Any, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str | None], told: str
) -> None:
    """Without credentials or network, the message says what to set, and shows no secret."""
    for name, value in variables.items():
        monkeypatch.delenv(name, raising=False)
        if value is not None:
            monkeypatch.setenv(name, value)
    with pytest.raises(TargetError, match=told) as error:
        publish(release(tmp_path, FIRST))
    assert SECRET not in str(error.value)


def test_no_such_bucket(tmp_path: Path, s3_client: Any) -> None:
    """The message names a bucket that does not exist."""
    with pytest.raises(TargetError, match="s3://another: there is no such bucket"):
        publish(release(tmp_path, FIRST), S3Target("another"))


@pytest.mark.parametrize(
    ("code", "told"),
    [("AccessDenied", "access is denied"), ("SignatureDoesNotMatch", "does not fit"), ("SlowDown", r"\(SlowDown\)")],
)
def test_errors_of_s3(tmp_path: Path, s3_client: Any, monkeypatch: pytest.MonkeyPatch, code: str, told: str) -> None:
    """An error code of S3 becomes a message without S3's text about keys."""

    def refuse(self: object, operation: str, *_: object) -> None:
        raise ClientError({"Error": {"Code": code, "Message": f"not {SECRET}"}}, operation)

    monkeypatch.setattr("botocore.client.BaseClient._make_api_call", refuse)
    with pytest.raises(TargetError, match=told) as error:
        publish(release(tmp_path, FIRST))
    assert SECRET not in str(error.value)


def test_uploads_are_signed(tmp_path: Path, s3_client: Any) -> None:
    """Every upload is signed with the hash of its bytes, over HTTPS too."""
    signed: list[str] = []
    target = S3Target("site")
    client = target._bucket._client
    client.meta.events.register("before-send.s3.PutObject", lambda request, **_: signed.append(_hash(request)))
    one = release(tmp_path, {"index.html": b"1"})
    publish(one, target)
    assert one.inventory.items["index.html"].sha256 in signed
    assert client.meta.config.s3["payload_signing_enabled"]


def _hash(request: Any) -> str:
    value = request.headers["X-Amz-Content-SHA256"]
    return value.decode() if isinstance(value, bytes) else str(value)
