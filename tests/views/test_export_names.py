"""An export says how many rows it holds: before it is made, in its name, in its first line."""

import re
from urllib.parse import unquote

import pytest

pytestmark = pytest.mark.rule("R-CONF-12")


def test_an_export_tells_its_rows_on_screen_in_its_name_and_in_the_file(client_of, make):
    for name in ("王建国", "王小明", "沈若兰"):
        make("visitor", store_id=1, name=name)
    client, address = client_of("store_manager"), "/admin/visitor/export/csv/?q=王"
    assert re.search(r'<p class="thing">CSV　2 条</p>', client.get(address).text)
    for kind in ("csv", "xlsx"):
        answer = client.get(f"{address.replace('csv', kind)}&reason=核对")
        name = unquote(answer.headers["Content-Disposition"].rpartition("''")[2])
        assert re.fullmatch(rf"日来店顾客登记表-\d{{8}}-2条\.{kind}", name)
    assert "共 2 条" in client.get(f"{address}&reason=核对").text.splitlines()[0]
