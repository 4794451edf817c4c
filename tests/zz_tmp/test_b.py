import json, re
from sqlalchemy import select, update, text
from admin_app.models import register_named, all_registers
from admin_app.guard import writing, act_as
from admin_app.guard.stamps import operating
from admin_app.operations import records
from admin_app.working.trail import TrailEntry, TrailValue
from admin_app.working.codes import CodeEntry
from admin_app.guard.stamped import renew
from tests.fixtures.web import post
from tests.fixtures.company import PERSON_IDS
from tests.fixtures.records import make_record, texts_of
import pytest
from datetime import datetime, UTC, timedelta

def form_of(world, table, id_):
    R = register_named(table)
    with world.open() as s:
        rec = s.get_one(R, id_)
        values = {f.name: getattr(rec, f.name) for f in R.faces.values() if f.kind.name != "rows"}
        t = texts_of(s, R, values)
        t["version"] = str(rec.version); t["level"] = str(rec.level)
        return t

def errs(r):
    m = re.findall(r'<section class="faults".*?</section>', r.text, re.S)
    return re.sub(r"<[^>]+>|\s+", " ", m[0])[:200] if m else ""

def trail_n(world):
    with world.open() as s: return [(e.event, e.table_name, e.detail) for e in s.scalars(select(TrailEntry).order_by(TrailEntry.seq))]

def test_hidden_link(world, make, client_of):
    hidden = make("customer", store_id=2, name="隐藏的人")
    c = make("customer", store_id=1, introduced_by_id=hidden.id, name="甲")
    cl = client_of("clerk")
    page = cl.get(f"/admin/customer/edit/?id={c.public_id}").text
    m = re.search(r'name="introduced_by_id__text" value="([^"]*)"', page), re.search(r'<input type="hidden" name="introduced_by_id" value="([^"]*)"', page)
    print("form shows", [x and x[1] for x in m])
    f = form_of(world, "customer", c.id); f.pop("identity_number", None)
    f["introduced_by_id"] = m[1][1]; f["introduced_by_id__text"] = m[0][1]; f["remark"] = "edited"
    r = post(cl, f"/admin/customer/edit/?id={c.public_id}", f)
    print("hidden link save:", r.status_code, errs(r))

def test_depending(world, make, client_of):
    for top in (False, True):
        c = make("customer", store_id=1, name="甲")
        if top: make("archive_file", customer_id=c.id, level=4)
        t = client_of("info_supervisor").get(f"/admin/customer/delete/?id={c.public_id}").text
        print("depending with top secret file" if top else "without", re.sub(r"<[^>]+>|\s+", " ", (re.findall(r"与它相关的.*?</ul>", t, re.S) or [""])[0]))
        t = client_of("info_supervisor").get(f"/admin/customer/details/?id={c.public_id}").text
        print("   tab on details:", "客户档案（案卷）" in t.split("<main")[-1])

def test_unnoted(world, make, client_of):
    c = make("customer", store_id=1, name="甲")
    h = make("contact_person", customer_id=c.id, name="联系人乙", phone="13800001111")
    n = len(trail_n(world))
    cl = client_of("customer_manager")
    t = client_of("info_officer").get(f"/admin/customer/details/?id={c.public_id}").text
    print("tab shows level-2 contact:", "联系人乙" in t, "phone:", "13800001111" in t, "trail +", trail_n(world)[n:])
    n = len(trail_n(world))
    j = client_of("info_officer").get("/admin/customer/ajax/lookup/?name=introduced_by_id&query=").json
    j = client_of("info_officer").get("/admin/archive_item/ajax/lookup/?name=file_id&query=").json
    print("lookup", j, "trail +", len(trail_n(world))-n)
    f = form_of(world, "contact_person", h.id); f["age"] = "x"
    r = post(client_of("info_officer"), f"/admin/contact_person/edit/?id={h.public_id}", f)
    print("edit POST with fault shows record:", r.status_code, "联系人乙" in r.text, "trail +", len(trail_n(world))-n)

def test_lines_clash(world, make, client_of):
    d = make("designer", store_id=1)
    f = form_of(world, "designer", d.id)
    a, b = client_of("store_manager"), client_of("store_manager")
    fa = {**f, "jobs-0-company": "A的公司", "jobs-0-id": "", "jobs-0-post": "", "jobs-0-city": ""}
    fb = {**f, "jobs-0-company": "B的公司", "jobs-0-id": "", "jobs-0-post": "", "jobs-0-city": ""}
    print("A saves", post(a, f"/admin/designer/edit/?id={d.public_id}", fa).status_code)
    r = post(b, f"/admin/designer/edit/?id={d.public_id}", fb)
    print("B saves", r.status_code, "A's line shown to B:", "A的公司" in r.text)
    v = re.search(r'name="version" value="(\d+)"', r.text)[1]
    r = post(b, f"/admin/designer/edit/?id={d.public_id}", {**fb, "version": v})
    with world.open() as s:
        print("B again", r.status_code, [j.company for j in s.get_one(register_named("designer"), d.id).jobs])
    # name change then a line change
    d = make("designer", store_id=1, school="原校")
    f = form_of(world, "designer", d.id)
    post(a, f"/admin/designer/edit/?id={d.public_id}", {**f, "school": "A改的校"})
    f2 = form_of(world, "designer", d.id)
    post(a, f"/admin/designer/edit/?id={d.public_id}", {**f2, "jobs-0-company": "X"})
    r = post(b, f"/admin/designer/edit/?id={d.public_id}", {**f, "manner": "B"})
    print("B:", r.status_code, "clash row school shown:", "clash-school" in r.text)
    v = re.search(r'name="version" value="(\d+)"', r.text)[1]
    r = post(b, f"/admin/designer/edit/?id={d.public_id}", {**f, "manner": "B", "version": v})
    with world.open() as s:
        print("   school now", s.get_one(register_named("designer"), d.id).school)
    h = a.get(f"/admin/designer/details/?id={d.public_id}").text
    print("   history shows lines:", "工作简历" in h.split("修改")[1] if "修改" in h else h[-300:])

def test_check_violation(world, make, client_of):
    e = make("estate", name="花园")
    for table, values in (("visitor", {"came_at":"2026-03-02 10:00","left_at":"2026-03-02 09:00","name":"甲","phone":"13800001111","source":None,"received_by":"乙"}), ("estate", {"name":"花园"})):
        cl = client_of("info_officer")
        if table == "visitor":
            with world.open() as s:
                values["source"] = s.scalars(select(CodeEntry.code).where(CodeEntry.codes=="source")).first()
        try:
            r = post(cl, f"/admin/{table}/new/", values); print(table, r.status_code, errs(r))
        except AssertionError as x: print(table, x, "<-", type(x.__cause__).__name__)

def test_retired(world, make, client_of):
    c = make("customer", store_id=1, name="甲", everything=True)
    f = form_of(world, "customer", c.id)
    with world.writing() as s:
        s.execute(update(CodeEntry).where(CodeEntry.codes=="grade", CodeEntry.code==f["grade"]).values(retired=True)); renew(s, "codes")
    cl = client_of("info_officer")
    r = post(cl, f"/admin/customer/edit/?id={c.public_id}", {**f, "remark": "x"})
    print("retired code edit", r.status_code, errs(r))
    t = cl.get(f"/admin/customer/?f-grade={f['grade']}&f-grade-op=in").text
    print("filter by retired:", re.findall(r"已停用[^<]*", t)[:2])

def test_bad_ints(world, make, client_of):
    c = make("customer", store_id=1, name="甲")
    d = make("designer", store_id=1)
    f = form_of(world, "customer", c.id)
    cl = client_of("info_officer")
    for what, call in {
        "version=abc": lambda: post(cl, f"/admin/customer/edit/?id={c.public_id}", {**f, "version": "abc"}),
        "level=²": lambda: post(cl, f"/admin/customer/edit/?id={c.public_id}", {**f, "level": "²"}),
        "last_days=²": lambda: cl.get("/admin/customer/?f-registered_at-op=last_days&f-registered_at=²"),
        "jobs-²": lambda: post(client_of("store_manager"), f"/admin/designer/edit/?id={d.public_id}", {**form_of(world,"designer",d.id), "jobs-²-company": "x"}),
        "between far": lambda: cl.get("/admin/customer/?f-registered_at-op=between&f-registered_at=1900-01-01&f-registered_at=2200-12-31"),
        "NUL q": lambda: cl.get("/admin/customer/?q=%00"),
        "NUL id": lambda: cl.get("/admin/customer/details/?id=%00"),
        "NUL filter": lambda: cl.get("/admin/employee/?f-post-op=contains&f-post=%00"),
        "NUL reason": lambda: post(cl, f"/admin/customer/delete/?id={c.public_id}", {"confirmed":"yes","reason":"a\0b"}),
        "NUL login": lambda: post(cl, "/login", {"username": "a\0", "password": "x"}),
        "long login name": lambda: post(cl, "/login", {"username": "a"*5000, "password": "x"}),
    }.items():
        try: print(world.kind, what, call().status_code)
        except AssertionError as x: print(world.kind, what, str(x)[:60], "<-", type(x.__cause__).__name__)

def test_moments(world, make, client_of):
    from zoneinfo import ZoneInfo
    Z = ZoneInfo("Asia/Shanghai")
    for h, m, sec in ((9,0,0),(14,5,30),(23,59,0)):
        make("customer", store_id=1, name=f"t{h}", registered_at=datetime(2026,3,2,h,m,sec,tzinfo=Z))
    make("customer", store_id=1, name="nextday", registered_at=datetime(2026,3,3,10,0,tzinfo=Z))
    cl = client_of("info_officer")
    for q in ("f-registered_at-op=equals&f-registered_at=2026-03-02", "f-registered_at-op=equals&f-registered_at=2026-03-02 14:05",
              "f-registered_at-op=between&f-registered_at=2026-03-02&f-registered_at=2026-03-02 10点00分",
              "f-registered_at-op=between&f-registered_at=2026-03-02&f-registered_at=2026-03-02 10：00",
              "f-registered_at-op=between&f-registered_at=2026-03-02&f-registered_at=2026-03-02 14:05",
              "f-registered_at-op=between&f-registered_at=2026-03-02&f-registered_at=2026-03-02"):
        t = cl.get("/admin/customer/?"+q).text
        print(q, "->", [n for n in ("t9","t14","t23","nextday") if f">{n}<" in t])

def test_many_lines(world, make, client_of):
    d = make("designer", store_id=1)
    J = register_named("designer").__mapper__.relationships["jobs"].mapper.class_
    with world.writing() as s:
        rec = s.get_one(register_named("designer"), d.id)
        rec.jobs = [J(company=f"c{i}", position=i) for i in range(210)]
    f = form_of(world, "designer", d.id)
    with world.open() as s:
        for i, j in enumerate(s.get_one(register_named("designer"), d.id).jobs):
            f[f"jobs-{i}-id"] = str(j.id); f[f"jobs-{i}-company"] = j.company
    r = post(client_of("store_manager"), f"/admin/designer/edit/?id={d.public_id}", {**f, "manner": "x"})
    with world.open() as s: print("lines left", r.status_code, len(s.get_one(register_named("designer"), d.id).jobs))

def test_catalogue(world, make, client_of):
    fl = make("archive_file", level=4, title="绝密题名", held=True, held_reason="r")
    with world.writing() as s:
        rec = s.get_one(register_named("archive_file"), fl.id); rec.title = "绝密题名二"
        rec.archive_type_id = make_record(s, "archive_type", name="型二").id
    with world.writing() as s:
        records_ = s.get_one(register_named("archive_file"), fl.id)
        records_.voided_at = datetime.now(UTC); records_.void_reason = "因张三举报李四作废"
    t = client_of("archive_keeper").get(f"/admin/archive_file/details/?id={fl.public_id}").text
    print("catalogue: title", "绝密题名" in t, "void reason", "因张三举报" in t)
    h = re.findall(r'<ol class="history".*?</ol>', t, re.S)
    print(re.sub(r"<[^>]+>|\s+", " ", h[0])[:300] if h else re.sub(r"<[^>]+>|\s+"," ", t)[-700:])
    c = make("customer", store_id=1, owner_id=PERSON_IDS["customer_manager"])
    with world.writing("info_officer") as s:
        rec = s.scalars(select(register_named("customer")).where(register_named("customer").id==c.id)).one()
        records.change(s, rec, {"owner_id": PERSON_IDS["customer_manager2"], "level": 2})
    t = client_of("info_officer").get(f"/admin/customer/details/?id={c.public_id}").text
    print("history of a link and level:", re.sub(r"<[^>]+>|\s+", " ", (re.findall(r'<ol class="history".*?</ol>', t, re.S) or [t[-800:]])[0])[:300])

def test_like_case(world, make, client_of):
    make("customer", store_id=1, name="Smith")
    t = client_of("info_officer").get("/admin/customer/?q=smith").text
    print(world.kind, "search smith finds Smith:", ">Smith<" in t)
    t = client_of("info_officer").get("/admin/customer/?q=-").text
    print(world.kind, "search - finds:", ">Smith<" in t)

def test_queries(world, make, client_of, app):
    from sqlalchemy import event
    n = [0]
    def on(*a): n[0] += 1
    event.listen(world.engine, "before_cursor_execute", on)
    c = make("customer", store_id=1, owner_id=PERSON_IDS["designer"], designer_id=PERSON_IDS["designer"])
    with world.open() as s: pid = s.get_one(register_named("employee"), PERSON_IDS["designer"]).public_id; st = s.get_one(register_named("store"), 1).public_id
    cl = client_of("general_manager")
    cl.get("/")
    for url in (f"/admin/employee/details/?id={pid}", f"/admin/store/details/?id={st}", f"/admin/customer/details/?id={c.public_id}", "/admin/customer/"):
        n[0] = 0; cl.get(url); print(world.kind, url.split("?")[0], n[0], "queries")
    event.remove(world.engine, "before_cursor_execute", on)
