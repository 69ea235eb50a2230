"""Sealed files in an S3-compatible store, with the settings of an installation."""

import hashlib
import os
import subprocess
import sys
from uuid import uuid4

import pytest
from botocore.config import Config

from tests.bucket import BUCKET, bucket
from weerbaar.vault import storage
from weerbaar.vault.core import Secret
from weerbaar.vault.storage import NewFile, StorageAway

ASK = (
    "from django.conf import settings as s; import json; print(s.STORAGES['evidence'])"
)


@pytest.fixture
def store(settings):
    """The storage as the settings make it of a bucket."""
    with bucket() as found:
        made = options(found.address)
        settings.STORAGES = {**settings.STORAGES, "evidence": made}
        yield found


def options(address):
    """What settings.py makes of the environment."""
    env = {
        **os.environ,
        "EVIDENCE_BUCKET": BUCKET,
        "EVIDENCE_ENDPOINT": address,
        "EVIDENCE_ACCESS_KEY": "sleutel",
        "EVIDENCE_SECRET_KEY": "geheim",
    }
    code = (
        "from django.conf import settings as s\n"
        "o = s.STORAGES['evidence']['OPTIONS']\n"
        "print({k: v for k, v in o.items() if k != 'client_config'})\n"
        "c = o['client_config']\n"
        "print({n: getattr(c, n) for n in c.OPTION_DEFAULTS if getattr(c, n)})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    plain, config = map(eval, done.stdout.splitlines())
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {**plain, "client_config": Config(**config)},
    }


def test_large_file_goes_to_the_store_in_parts_and_comes_back(store):
    secret, name = Secret.new(), uuid4()
    data = os.urandom(12_000_000)
    file = NewFile(name, secret)
    for start in range(0, len(data), 700_000):
        file.write(data[start : start + 700_000])
    file.finish()

    assert list(store.objects) == [str(name)]
    assert len(store.objects[str(name)]) == file.writer.stored
    assert data[:64] not in store.objects[str(name)]
    with storage.read(name, secret, size=len(data)) as reader:
        reader.seek(7_000_000)
        assert reader.read(100) == data[7_000_000:7_000_100]
        reader.seek(0)
        assert hashlib.sha256(reader.read()).digest() == hashlib.sha256(data).digest()
    storage.remove(name)
    storage.remove(name)
    assert store.objects == {}
    with pytest.raises(StorageAway):
        storage.read(name, secret, size=len(data))


def test_store_that_does_not_answer_is_told(settings):
    settings.STORAGES = {**settings.STORAGES, "evidence": options("http://127.0.0.1:9")}

    with pytest.raises(StorageAway):
        file = NewFile(uuid4(), Secret.new())
        file.write(bytes(6_000_000))
        file.finish()
    with pytest.raises(StorageAway):
        storage.remove(uuid4())
