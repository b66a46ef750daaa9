"""Making a desk, signing in, letting users in."""

from contextlib import closing
from pathlib import Path

import pytest

from app.core.errors import Invalid, UserError
from app.models.office import store, vault
from app.models.office.store import set_setting, setting
from app.services.office import desk as desks
from app.services.office.desk import Desk
from app.services.records import history, records, search
from app.services.records.verify import verify
from tests.makers.office import person
from tests.services.conftest import PASSWORD, WEAK


def make(folder: Path, **changed: str) -> Desk:
    wanted = {"office": "15", "user": "Kanda", "password": PASSWORD} | changed
    return desks.create(folder, **wanted, cost=WEAK)[0]


def open_(folder: Path, user: str = "Kanda", password: str = PASSWORD) -> Desk:
    return desks.open_desk(folder, user=user, password=password)


def code(error: pytest.ExceptionInfo[UserError]) -> str:
    return error.value.code


def test_the_first_user_is_the_head_and_the_office_has_its_name(tmp_path: Path) -> None:
    with closing(make(tmp_path / "desk")) as desk:
        user = records.get(desk.store, "user", desk.store.user)
        office = search.page(desk.store, "office", search.rows(desk.store, "office"))[0]

        assert user.data == {"name": "Kanda", "full_name": "Kanda", "role": "head"}
        assert user.created_by == user.id
        assert office.data["name"] == "สำนักงานจัดหางานจังหวัดอ่างทอง"
        assert verify(desk.store).ok


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"office": "99"}, "office"), ({"user": " "}, "user"), ({"password": "สั้น"}, "password")],
)
def test_a_desk_is_not_made_from_half_the_answers(
    tmp_path: Path, changed: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        make(tmp_path / "desk", **changed)

    assert [problem.field for problem in refused.value.problems] == [field]
    assert not (tmp_path / "desk").exists()


def test_a_folder_holds_one_desk(tmp_path: Path) -> None:
    make(tmp_path / "desk").close()

    with pytest.raises(UserError) as error:
        make(tmp_path / "desk")

    assert code(error) == "exists"
    open_(tmp_path / "desk").close()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(UserError) as error:
        make(tmp_path / "file" / "desk")

    assert code(error) == "no_folder"


@pytest.mark.parametrize("name", [f"{vault.FILE}.part", store.MAIN + "-wal", store.DRAFTS])
def test_a_desk_that_could_not_be_made_leaves_the_folder_as_it_was(
    tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "desk"
    (folder / name).mkdir(parents=True)  # what stands in the way

    with pytest.raises(UserError):
        make(folder)

    assert [path.name for path in folder.iterdir()] == [name]
    (folder / name).rmdir()
    make(folder).close()


def test_a_desk_whose_first_user_cannot_be_kept_is_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    too_cheap = vault.Cost(1, 1)  # Argon2id refuses to work with so little

    with pytest.raises(ValueError, match="memory"):
        desks.create(
            tmp_path / "desk", office="15", user="Kanda", password=PASSWORD, cost=too_cheap
        )

    assert list((tmp_path / "desk").iterdir()) == []


@pytest.mark.parametrize("name", ["Kanda", "kanda", " KANDA "])
def test_signing_in_does_not_mind_capitals_or_blanks(tmp_path: Path, name: str) -> None:
    make(tmp_path / "desk").close()

    with closing(open_(tmp_path / "desk", name)) as desk:
        entered = person(desk)

        assert desk.user == "Kanda"
        assert records.get(desk.store, "person", entered).created_by == desk.store.user
        assert history.history(desk.store, "person", entered)
        assert verify(desk.store).ok


@pytest.mark.parametrize(("user", "password"), [("Kanda", "ผิด"), ("Somchai", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_are_told_alike(
    tmp_path: Path, user: str, password: str
) -> None:
    make(tmp_path / "desk").close()

    with pytest.raises(UserError) as error:
        open_(tmp_path / "desk", user, password)

    assert code(error) == "wrong_password"


def test_without_a_name_whoever_has_the_password_signs_in(tmp_path: Path) -> None:
    make(tmp_path / "desk").close()

    with closing(open_(tmp_path / "desk", "")) as desk:
        assert desk.user == "Kanda"


def test_nobody_signs_in_where_there_is_no_desk(tmp_path: Path) -> None:
    with pytest.raises(UserError) as error:
        open_(tmp_path)
    assert code(error) == "no_database"


def test_a_second_user_signs_in_by_a_password_of_their_own(tmp_path: Path) -> None:
    with closing(make(tmp_path / "desk")) as desk:
        desks.let_in(
            desk, user="สมศรี", password="อีกรหัสหนึ่ง", full_name="สมศรี ใจดี", role="clerk", cost=WEAK
        )

    with closing(open_(tmp_path / "desk", "สมศรี", "อีกรหัสหนึ่ง")) as desk:
        user = records.get(desk.store, "user", desk.store.user)
        assert user.title == "สมศรี ใจดี" and user.data["role"] == "clerk"
    open_(tmp_path / "desk").close()


def test_a_second_user_of_the_same_name_does_not_take_over_the_door(tmp_path: Path) -> None:
    with closing(make(tmp_path / "desk")) as desk, pytest.raises(Invalid) as refused:
        desks.let_in(desk, user="kanda", password="อีกรหัสหนึ่ง", role="clerk", cost=WEAK)

    assert refused.value.code == "user_exists"
    open_(tmp_path / "desk").close()


def test_a_user_who_was_taken_out_of_use_does_not_sign_in(tmp_path: Path) -> None:
    with closing(make(tmp_path / "desk")) as desk:
        desks.let_in(desk, user="สมศรี", password="อีกรหัสหนึ่ง", role="clerk", cost=WEAK)
        row = search.page(
            desk.store, "user", search.rows(desk.store, "user", equal={"role": "clerk"})
        )
        records.void(desk.store, "user", row[0].id, "ย้ายสำนักงาน")

    with pytest.raises(UserError) as error:
        open_(tmp_path / "desk", "สมศรี", "อีกรหัสหนึ่ง")

    assert code(error) == "no_user"
    open_(tmp_path / "desk").close()


def test_rows_are_computed_anew_at_the_first_sign_in_after_an_upgrade(tmp_path: Path) -> None:
    with closing(make(tmp_path / "desk")) as desk:
        entered = person(desk)
        desk.store.write(lambda connection: set_setting(connection, "rebuild_rows", True))

    with closing(open_(tmp_path / "desk")) as desk:
        assert records.get(desk.store, "person", entered).data["first_th"] == "สมาชิก1"
        with desk.store.read() as connection:
            assert setting(connection, "rebuild_rows") is None
        assert verify(desk.store).ok


def test_an_office_that_is_not_known_is_named_by_its_code() -> None:
    assert desks.office_name("99") == "99"
