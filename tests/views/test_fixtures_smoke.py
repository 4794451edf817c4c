from admin_app.models import all_registers
import pytest
from tests.fixtures.web import post
from tests.fixtures.records import make_record, values_of, texts_of
import time

def test_smoke(world, session, as_person, client_of, make):
    t=time.time()
    c = client_of("general_manager")
    r = c.get("/admin/visitor/")
    assert r.status_code == 200
    m = make("visitor", store_id=1)
    assert m.public_id in c.get("/admin/visitor/").text
    c.get("/admin/visitor/details/?id="+m.public_id)
    print(time.time()-t)

def test_all(world):
    for everything in (False, True):
        for r in all_registers():
            with world.writing() as s:
                make_record(s, r, everything=everything)
