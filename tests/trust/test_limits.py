"""What one request can cost: bytes, fields, files, and what grows when it is unpacked."""

import io
import stat
import time
from dataclasses import replace

import pytest

from lna import create_app
from lna.accounts.models import Role
from lna.core import backup
from lna.core.db import db
from tests.factories import make_user

FORM = "application/x-www-form-urlencoded"
DTD = '<?xml version="1.0"?><!DOCTYPE x [{}]><xml><records><record>&a;</record></records></xml>'
BOMB = '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {n} "&{m};&{m};">' for n, m in zip("bcde", "abcd", strict=True)
)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"a&" * 999_000, 413),
        (b"email=x&" * 2_900, 422),
        (b"a" * (2 * 1024 * 1024 + 1), 413),
        (b"%00" * 600_000, 422),
    ],
)
def test_a_large_form_costs_little(client, body, status):
    begun = time.process_time()
    answer = client.post("/sign-in", data=body, content_type=FORM)
    assert answer.status_code == status
    assert len(answer.data) < 4_000_000
    assert time.process_time() - begun < 2


def test_a_long_address_costs_little(client):
    for path in ("/activities", "/library", "/partners"):
        begun = time.process_time()
        answer = client.get(f"{path}?{'country=x&' * 20_000}")
        assert answer.status_code == 400
        assert len(answer.data) < 20_000
        assert time.process_time() - begun < 1


def test_more_parts_than_a_page_has_are_refused(client):
    parts = {f"field{number}": "x" for number in range(300)}
    answer = client.post("/sign-in", data=parts, content_type="multipart/form-data")
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "content",
    [
        DTD.format('<!ENTITY a SYSTEM "file:///etc/passwd">').encode(),
        DTD.format(BOMB).encode(),
        DTD.format('<!ENTITY % a SYSTEM "http://127.0.0.1:1/x"> %a;').encode(),
        b"<xml>" + b"<a>" * 100_000,
        b"<xml><records><record><titles><title>" + b"a" * 300_000,
        b"<?xml version='1.0' encoding='utf-7'?><xml/>",
        "<xml/>".encode("utf-16"),
        b"title,doc_type\n" + b"a" * 300_000 + b",report\n",
        b'title,doc_type\n"never closed',
        b"title,doc_type\n\x00,report\n",
        b"PK\x03\x04" + bytes(1000),
        b"\x1f\x8b" + bytes(1000),
        b"",
    ],
)
def test_no_file_to_import_is_a_bomb(signed_in, content):
    editor = signed_in(make_user(Role.EDITOR))
    begun = time.process_time()
    sent = {
        "file": (io.BytesIO(content), "../../x\u202e\x00.xml"),
        "source": "mlrf",
        "language": "en",
        "annotations": "published",
    }
    answer = editor.post("/library/imports/new", data=sent)
    assert answer.status_code == 422
    assert "root:" not in answer.text
    assert time.process_time() - begun < 3


def test_a_backup_is_for_its_owner_alone(app, tmp_path):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("made by pg_dump")
    file = tmp_path / "backup.tar"
    file.touch(0o644)
    backup.write(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_folder_made_for_data_is_for_its_owner_alone(settings, tmp_path):
    create_app(replace(settings, data_dir=tmp_path / "var"), TESTING=True)
    assert stat.S_IMODE((tmp_path / "var").stat().st_mode) == 0o700
