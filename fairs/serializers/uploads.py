"""The shapes of imported sheets."""

from rest_framework import serializers

from fairs import imports
from fairs.actions.uploads import rows_done
from fairs.import_rows import Cell, Fault, ShownRow
from fairs.inputs import whole_numbers
from fairs.models import Upload


class UploadSerializer(serializers.ModelSerializer[Upload]):
    """A sheet: how many rows are sound, faulty and skipped, what headings were understood, what became of it."""

    edition = serializers.SlugRelatedField("slug", read_only=True)
    counts = serializers.SerializerMethodField()
    headings = serializers.SerializerMethodField()
    ready = serializers.BooleanField(source="is_ready", read_only=True)
    asks = serializers.SerializerMethodField(
        help_text="whether somebody must say first which column is which; `headings.given` names them"
    )
    done = serializers.SerializerMethodField(help_text="rows a running import has come to")
    verbs = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Upload
        fields = [
            "id", "edition", "kind", "filename", "created_at", "state", "version", "ready", "asks", "counts",
            "headings", "done", "result", "verbs",
        ]  # fmt: skip

    def get_counts(self, upload: Upload) -> dict[str, int]:
        return {name: upload.findings.get(name, 0) for name in ("rows", "sound", "faulty", "skipped")}

    def get_headings(self, upload: Upload) -> dict[str, list[str]]:
        return {name: upload.findings.get(name, []) for name in ("found", "unknown", "missing", "repeated", "given")}

    def get_asks(self, upload: Upload) -> bool:
        return bool(upload.findings.get("asks"))

    def get_done(self, upload: Upload) -> int:
        return rows_done(upload) if upload.state == Upload.State.IMPORTING else 0


class NewUploadSerializer(serializers.Serializer[None]):
    """A sheet to import, sent as multipart/form-data."""

    edition = serializers.SlugField()
    kind = serializers.CharField(max_length=20)
    file = serializers.FileField(allow_empty_file=True, max_length=500)

    def validate_kind(self, value: str) -> str:
        if imports.kind(value) is None:
            raise serializers.ValidationError(", ".join(kind.key for kind in imports.kinds()))
        return value


class ColumnsSerializer(serializers.Serializer[None]):
    """Which column of a bank's statement is which, by their places from 0."""

    columns = serializers.DictField(
        child=serializers.IntegerField(min_value=0),
        help_text='such as {"booked_on": 0, "credit": 3, "text": 5}; others are transaction, debit, amount, balance, '
        "payer and currency",
    )


class CorrectionsSerializer(serializers.Serializer[None]):
    """Other texts for cells by row and column, rows to leave out or take in again, how numbers are written."""

    corrections = serializers.DictField(
        child=serializers.DictField(child=serializers.CharField(allow_blank=True, max_length=5000)),
        default=dict,
        help_text='by the number of the row, such as {"5": {"tax_code": ""}}',
    )
    skip = serializers.ListField(child=serializers.IntegerField(min_value=1), default=list, max_length=25_000)
    keep = serializers.ListField(child=serializers.IntegerField(min_value=1), default=list, max_length=25_000)
    notation = serializers.ChoiceField(["", "vi", "en"], allow_null=True, default=None)

    def validate_corrections(self, value: dict[str, dict[str, str]]) -> dict[int, dict[str, str]]:
        if len(whole_numbers(value)) < len(value):
            raise serializers.ValidationError("Rows are named by their numbers.")
        return {int(number): texts for number, texts in value.items()}


class FaultSerializer(serializers.Serializer[Fault]):
    """A reason against a row, with texts that would settle it."""

    column = serializers.CharField()
    code = serializers.CharField()
    message = serializers.CharField()
    offers = serializers.ListField(child=serializers.CharField())


class UploadRowSerializer(serializers.Serializer[ShownRow]):
    """A row of the sheet with what stands against it."""

    number = serializers.IntegerField()
    skipped = serializers.BooleanField()
    texts = serializers.SerializerMethodField()
    faults = FaultSerializer(many=True)

    def get_texts(self, row: ShownRow) -> dict[str, str]:
        cells: list[Cell] = row.cells
        return {cell.column.name: cell.text for cell in cells}
