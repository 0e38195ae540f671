"""Importing sheets by program."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fairs.actions import uploads
from fairs.models import Person, Upload
from tests import world
from tests.fairs.uploads.handing_in import GOOD, HEAD, csv, xlsx

pytestmark = pytest.mark.django_db


class TestApi:
    def client(self, edition, role="booth_desk"):
        from rest_framework.test import APIClient

        client = APIClient()
        client.force_authenticate(world.officer(edition, role))
        return client

    def upload(self, client, edition, data, **fields):
        given = {"edition": edition.slug, "kind": "exhibitors", "file": SimpleUploadedFile("a.csv", data)}
        return client.post("/api/v1/uploads/", given | fields, format="multipart", HTTP_ACCEPT_LANGUAGE="en")

    def test_the_whole_way(self, edition):
        client = self.client(edition)
        answer = self.upload(client, edition, csv(*GOOD, "Sai;999;Hà Nội;A;;1"))
        assert answer.status_code == 201
        made = answer.json()
        assert made["counts"] == {"rows": 4, "sound": 3, "faulty": 1, "skipped": 0}
        url = f"/api/v1/uploads/{made['id']}/"
        [row] = client.get(f"{url}rows/?only=faulty", HTTP_ACCEPT_LANGUAGE="en").json()["results"]
        assert (row["number"], row["texts"]["tax_code"]) == (5, "999")
        assert row["faults"][0]["code"] == "not_a_tax_code"
        assert "10 digits" in row["faults"][0]["message"]
        refused = client.post(f"{url}commit/")
        assert (refused.status_code, refused.json()["code"]) == (409, "not_ready")
        changed = client.patch(url, {"corrections": {"5": {"tax_code": ""}}, "skip": [3]}, format="json").json()
        assert (changed["ready"], changed["counts"]["skipped"]) == (True, 1)
        done = client.post(f"{url}commit/").json()
        assert (done["state"], done["result"]) == ("imported", {"new": 3, "changed": 0, "same": 0, "skipped": 1})
        assert client.get("/api/v1/uploads/?state=imported").json()["count"] == 1

    def test_bad_requests_are_answered_in_one_shape(self, edition):
        client = self.client(edition)
        answer = self.upload(client, edition, b"")
        assert (answer.status_code, answer.json()["code"]) == (400, "empty_file")
        assert answer.json()["fields"]["file"]
        assert self.upload(client, edition, csv(*GOOD), kind="nothing").status_code == 400
        assert self.upload(self.client(edition, "gate"), edition, csv(*GOOD)).status_code == 403
        draft = world.edition(published=False)
        assert self.upload(client, draft, csv(*GOOD)).status_code == 404
        draft.slug = "no-such-fair"
        assert self.upload(client, draft, csv(*GOOD)).status_code == 404
        made = self.upload(client, edition, csv(*GOOD)).json()
        assert (
            client.patch(f"/api/v1/uploads/{made['id']}/", {"corrections": {"x": {}}}, format="json").status_code == 400
        )
        assert self.client(edition, "importer_desk").get(f"/api/v1/uploads/{made['id']}/").status_code == 404

    @pytest.mark.parametrize("number", [1, 3])
    def test_lists_ask_as_many_questions_whatever_their_length(self, edition, number, django_assert_num_queries):
        client = self.client(edition)
        for _one in range(number):
            made = self.upload(client, edition, csv(*GOOD))
        with django_assert_num_queries(2):
            client.get("/api/v1/uploads/")
        with django_assert_num_queries(9):
            client.get(f"/api/v1/uploads/{made.json()['id']}/rows/")

    def test_what_no_database_keeps_is_left_out(self, edition):
        client = self.client(edition)
        data = xlsx(HEAD.split(";"), ["Gốm A", None, "Hà Nội", "A", None, 1])
        url = f"/api/v1/uploads/{self.upload(client, edition, data).json()['id']}/"
        uploads.correct_upload(Upload.objects.get(), corrections={2: {"contact": "A\0B"}}, by=Upload.objects.get().by)
        assert client.post(f"{url}commit/").json()["result"]["new"] == 1
        assert Person.objects.filter(full_name="AB").exists()

    def test_many_rows_wait_for_the_worker_and_can_be_stopped(self, edition):
        client = self.client(edition)
        rows = (f"Cơ sở {n};;Hà Nội;Người {n};;1" for n in range(30))
        url = f"/api/v1/uploads/{self.upload(client, edition, csv(*rows)).json()['id']}/"
        assert client.post(f"{url}commit/").json()["state"] == "importing"
        assert client.post(f"{url}stop/").json()["state"] == "previewed"
        assert client.post(f"{url}drop/").json()["state"] == "dropped"
