"""The ready logins of a demonstration."""

# Each with the role printed beside it; the invention gives exhibitors and importers these addresses.
LOGINS = [
    ("director", "director@cho-phien.example"),
    ("booth desk", "booths@cho-phien.example"),
    ("importer desk", "importers@cho-phien.example"),
    ("gate", "gate@cho-phien.example"),
    ("finance", "finance@cho-phien.example"),
    ("meeting desk", "meetings@cho-phien.example"),
    ("visa officer", "visa@cho-phien.example"),
    ("privacy officer", "privacy@cho-phien.example"),
    ("reviewer", "reviewer@cho-phien.example"),
    ("exhibitor", "exhibitor1@cho-phien.example"),
    ("exhibitor", "exhibitor2@cho-phien.example"),
    ("importer", "importer1@cho-phien.example"),
    ("importer", "importer2@cho-phien.example"),
]
