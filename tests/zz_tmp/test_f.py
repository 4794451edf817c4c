from sqlalchemy import select
from admin_app.models import register_named
from admin_app.working.codes import CodeEntry
def test_multi(world, make, client_of):
    with world.open() as s: codes = s.scalars(select(CodeEntry.code).where(CodeEntry.codes=="grade").order_by(CodeEntry.position)).all()[:4]
    for c in codes: make("customer", store_id=1, name=f"顾客级{c}", grade=c)
    t = client_of("info_officer").get("/admin/customer/?f-grade-op=in&" + "&".join(f"f-grade={c}" for c in codes)).text
    print(codes, "found", [c for c in codes if f"顾客级{c}" in t])
    t = client_of("info_officer").get("/admin/customer/?f-grade-op=not_in&" + "&".join(f"f-grade={c}" for c in codes)).text
    print("not_in found", [c for c in codes if f"顾客级{c}" in t])
