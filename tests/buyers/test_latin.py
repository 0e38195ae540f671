"""Names in other scripts: known as such, and written in Latin letters where a script tells how they sound."""

import pytest

from buyers.latin import is_latin, suggestion


@pytest.mark.parametrize("name", ["Trần Văn Lực", "Łukasz Żak", "O’Neill", "Ana-María Ñúñez", "Keiko Morita 2"])
def test_latin_names_are_known_whatever_their_accents(name):
    assert is_latin(name)


@pytest.mark.parametrize("name", ["森田 恵子", "もりた", "김민준", "Иванов", "Παπάς", "محمد", "Keiko 森田", "123", ""])
def test_a_single_letter_of_another_script_is_enough(name):
    assert not is_latin(name)


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("もりた けいこ", "Morita Keiko"),
        ("しょうた きっぺい", "Shouta Kippei"),
        ("スズキ イチロー", "Suzuki Ichiro"),
        ("Иванов Пётр", "Ivanov Petr"),
        ("Щербина Юлия", "Shcherbina Yuliya"),
        ("Γιώργος Παπαδόπουλος", "Giorgos Papadopoulos"),
        ("김 민준", "Gim Minjun"),
        ("森田 恵子", ""),
        ("محمد", ""),
        ("", ""),
    ],
)
def test_a_proposal_is_made_only_where_the_script_tells_the_sound(name, latin):
    assert suggestion(name) == latin
