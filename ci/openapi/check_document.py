"""Checks a served OpenAPI document: valid 3.1, and the one the golden snapshot shows."""

import difflib
import json
import sys

from openapi_spec_validator import OpenAPIV31SpecValidator


def snapshot(path):
    """The JSON below the header of a snapshot file."""
    with open(path, encoding="utf-8") as file:
        _, _, body = file.read().split("---\n", 2)
    return json.loads(body)


def main(served_path, snapshot_path):
    with open(served_path, encoding="utf-8") as file:
        served = json.load(file)
    errors = list(OpenAPIV31SpecValidator(served).iter_errors())
    for error in errors:
        print(f"not valid: {'/'.join(map(str, error.path))}: {error.message}")
    # The digest follows every comment of the profile; the snapshot leaves it out.
    golden = snapshot(snapshot_path)
    served["info"]["x-digest"] = golden["info"]["x-digest"]
    lines = [
        json.dumps(document, ensure_ascii=False, indent=2).splitlines(keepends=True)
        for document in (golden, served)
    ]
    difference = list(difflib.unified_diff(*lines, "snapshot", "served"))
    sys.stdout.writelines(difference[:80])
    if errors or difference:
        sys.exit("the OpenAPI document is not valid, or the snapshot is stale")
    print(f"OpenAPI {served['openapi']}: valid, {len(served['paths'])} paths, as in the snapshot")


if __name__ == "__main__":
    main(*sys.argv[1:])
