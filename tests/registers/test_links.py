"""What leads to a register: found once, and anew when a register is added."""

from admin_app.models import build_register, links_to


def test_every_link_is_found_from_where_it_leads(registers):
    for table in registers:
        expected = {
            (one.__tablename__, face.name)
            for one in registers.values()
            for face in one.faces.values()
            if face.to == table
        }
        assert {(register.__tablename__, face.name) for register, face in links_to(table)} == expected


def test_a_register_added_later_counts_at_once(registers, forgotten):
    before = len(links_to("customer"))
    build_register({
        "class": "LaterNote", "area": "visits", "title": "后加的", "key": "name", "list": "name", "level": 1,
        "fields": [{"name": "name", "type": "ShortText", "label": "名称", "required": True},
                   {"name": "customer_id", "label": "客户", "to": "customer"}],
    })  # fmt: skip
    assert [register.__name__ for register, _face in links_to("customer")].count("LaterNote") == 1
    assert len(links_to("customer")) == before + 1
