"""tools/python/vanban.py, on records that the program makes: python_test.py PROGRAM SOURCE_DIR"""

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

try:
    import jsonschema
except ImportError:
    jsonschema = None

PROGRAM, SOURCE = sys.argv[1:3]
sys.path.insert(0, str(Path(SOURCE) / "tools/python"))
sys.dont_write_bytecode = True
import vanban  # noqa: E402


class OfABatch(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        where = Path(cls.folder.name)
        cls.out = where / "OUT"
        plan = (Path(SOURCE) / "samples/ke-hoach-so.pdf").read_bytes()
        for name in ("plan.pdf", "box/other.pdf"):
            (where / "scans" / name).parent.mkdir(parents=True, exist_ok=True)
            # A comment behind the end makes another file of the same pages.
            (where / "scans" / name).write_bytes(plan + b"% " + name.encode() + b"\n")
        subprocess.run([PROGRAM, "batch", "scans", "-o", "OUT", "-q", "--records", "all.jsonl"],
                       cwd=where, check=True)
        cls.records = list(vanban.iter_batch(cls.out))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_records_come_by_their_paths(self):
        self.assertEqual([record.path for record in self.records], ["box/other.pdf", "plan.pdf"])
        lines = list(vanban.iter_lines(self.out.parent / "all.jsonl"))
        self.assertEqual(lines, self.records)

    def test_a_record_says_whether_to_look(self):
        record = self.records[0]
        self.assertIs(record.needs_review, record.json["needs_review"])
        self.assertFalse(any(check.accepted for check in record.checks))
        seen = vanban.Record.of({**record.json, "needs_review": True,
                                 "checks": [{**record.json["checks"][0], "accepted": True}]})
        self.assertTrue(seen.needs_review and seen.checks[0].accepted)

    def test_fields_have_value_and_confidence(self):
        document = self.records[0].document
        self.assertEqual(document.code.value, f"{document.number.value}/{document.symbol.value}")
        self.assertTrue(document.code.sure())
        self.assertEqual(document.signer, document.signers[0])
        self.assertFalse(document.secrecy)
        self.assertIn(document.secrecy.reason, ("absent", "not_applicable"))
        self.assertEqual(len(document.number.bbox), 4)

    def test_rows_of_a_table_are_as_many_texts(self):
        (table,) = self.records[0].tables
        self.assertEqual(table.rows()[0], ["TT", "Nội dung", "Thời gian", "Đơn vị chủ trì"])
        self.assertEqual(table.rows(), table.json["grid"])

    def test_pages_have_text_and_references_codes(self):
        record = self.records[0]
        self.assertEqual(len(record.text), record.last_page)
        self.assertTrue(all(reference.code for reference in record.references))

    def test_figures_have_numbers(self):
        for figure in self.records[0].indicators():
            self.assertTrue(figure.quote)
            self.assertNotEqual((figure.value, figure.percent), (None, None))


class OfTheSchema(unittest.TestCase):
    @unittest.skipIf(jsonschema is None, "python3-jsonschema is not installed")
    def test_examples_are_what_they_are_examples_of(self):
        schema = json.loads((Path(SOURCE) / "schemas/record-1.schema.json").read_text(encoding="utf-8"))

        def look_at(node, place):
            if isinstance(node, dict):
                for example in node.get("examples", []):
                    with self.subTest(place=place):
                        jsonschema.Draft7Validator(
                            {"allOf": [node], "definitions": schema["definitions"]}).validate(example)
                for key, value in node.items():
                    if key != "examples":
                        look_at(value, f"{place}/{key}")
            elif isinstance(node, list):
                for index, value in enumerate(node):
                    look_at(value, f"{place}/{index}")

        look_at(schema, "")


class OfJson(unittest.TestCase):
    def test_spans_are_filled(self):
        def cell(text, rows=1, columns=1):
            return {"text": text, "row_span": rows, "column_span": columns, "header": False,
                    "confidence": 0.9, "page": 1, "bbox": None}

        table = vanban.Table.of({"pages": [1], "columns": 3, "rows": [
            [cell("TT", rows=2), cell("Chung", columns=2)], [cell("Nam"), cell("Nữ")], []]})
        self.assertEqual(table.rows(), [["TT", "Chung", "Chung"], ["TT", "Nam", "Nữ"], ["", "", ""]])
        self.assertEqual([(cell.row, cell.column) for cell in table.cells()],
                         [(0, 0), (0, 1), (1, 1), (1, 2)])

    def test_a_null_has_its_reason_and_is_not_sure(self):
        null = vanban.Field.of({"value": None, "reason": "illegible"})
        self.assertFalse(null or null.sure())
        self.assertEqual(null.reason, "illegible")
        self.assertFalse(vanban.Field.of({"value": "1", "confidence": 0.95, "needs_review": True}).sure())

    def test_another_major_version_is_refused(self):
        with self.assertRaisesRegex(ValueError, "2.0.0"):
            vanban.Record.of({"schema_version": "2.0.0"})

    def test_what_is_kept_of_secret_files_is_no_record(self):
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder) / "records/secret.json"
            place.parent.mkdir()
            # As schemas/secret-1.schema.json has it.
            place.write_text(json.dumps({"schema_version": "1.0.0", "sha256": "0" * 64, "secrecy": {
                "value": "Mật", "page": 1, "bbox": [70, 60, 40, 12]}}))
            self.assertEqual(list(vanban.iter_batch(folder)), [])

    def test_a_folder_without_records_is_named(self):
        with tempfile.TemporaryDirectory() as folder, self.assertRaisesRegex(FileNotFoundError, folder):
            next(vanban.iter_batch(folder))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
