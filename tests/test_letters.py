"""Letters are found in the files that Django writes them into, also where two stand in one."""

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.filebased import EmailBackend

from tests.letters import letters_in, plain_words

pytestmark = pytest.mark.once


def write(folder, *codes):
    """Letters in one file: Django's name for it holds the second, and a key that it uses again once it is free."""
    into = EmailBackend(file_path=folder)
    for code in codes:
        letter = EmailMultiAlternatives("Mã của bạn", f"Mã:\n\n    {code}\n", to=["keiko@morita.example"])
        letter.attach_alternative(f"<p>{code}</p>", "text/html")
        into.send_messages([letter])


def test_each_letter_of_a_file_is_found_the_newest_first(tmp_path):
    write(tmp_path, "11111111", "22222222")
    assert len(list(tmp_path.iterdir())) == 1
    found = list(letters_in(tmp_path))
    assert [plain_words(one).split() for one in found] == [["Mã:", "22222222"], ["Mã:", "11111111"]]
    assert {(one["To"], one["Subject"]) for one in found} == {("keiko@morita.example", "Mã của bạn")}


def test_a_letter_that_is_still_being_written_is_not_read(tmp_path):
    write(tmp_path, "11111111", "22222222")
    [path] = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-10])
    assert [plain_words(one).split() for one in letters_in(tmp_path)] == [["Mã:", "11111111"]]


def test_without_letters_there_are_none(tmp_path):
    assert list(letters_in(tmp_path / "mail")) == []
