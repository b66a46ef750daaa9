"""The picture of the rooms: who imports whom, drawn from the code."""

from devtools import rooms


def levels(edges):
    return {block.rooms: block.level for block in rooms.blocks(edges)}


def test_a_room_stands_above_those_that_it_imports():
    assert levels({"loans": {"people"}, "people": {"records"}, "records": set()}) == {
        ("records",): 0,
        ("people",): 1,
        ("loans",): 2,
    }


def test_rooms_that_import_each_other_are_one_block():
    edges = {"shell": {"pages"}, "pages": {"fields"}, "fields": {"shell"}, "paper": {"shell"}}

    assert levels(edges) == {("fields", "pages", "shell"): 0, ("paper",): 1}


def test_an_arrow_that_a_longer_way_implies_is_left_out():
    edges = {"loans": {"people", "records"}, "people": {"records"}, "records": set()}
    pairs = rooms.arrows(edges, rooms.blocks(edges))

    assert [(above.rooms, below.rooms) for above, below in pairs] == [
        (("loans",), ("people",)),
        (("people",), ("records",)),
    ]


def test_the_same_imports_give_the_same_picture():
    none = {layer: {} for layer in rooms.HOLDS}
    edges = {"loans": {"people", "records"}, "people": {"records"}, "records": set()}
    backwards = dict(reversed(edges.items()))
    picture = rooms.drawn(none | {"services": edges})

    assert picture == rooms.drawn(none | {"services": backwards})
    assert [room for room in edges if f">{room}<" not in picture] == []


def test_a_stale_picture_is_told(tmp_path, monkeypatch, capsys):
    picture = tmp_path / "rooms.svg"
    monkeypatch.setattr(rooms, "ROOT", tmp_path)
    monkeypatch.setattr(rooms, "PICTURE", picture)
    monkeypatch.setattr(rooms, "imports", lambda: {layer: {} for layer in rooms.HOLDS})

    assert rooms.main(["check"]) == 1
    assert "rooms.svg is stale" in capsys.readouterr().err
    assert rooms.main([]) == 0
    assert rooms.main(["check"]) == 0
    assert picture.read_text(encoding="utf-8").startswith("<svg")
