"""Logs schemathesis in to the interface for care software, and keeps it on this machine.

A log-out ends the log-in of its access token, which then must not be that of the other cases.
"""

import os

import requests
import schemathesis
import schemathesis_hooks  # noqa: F401  (no other host than the one under test)

URL = os.environ["TEKIGO_URL"]
FOLDER = os.environ["TEKIGO_SERVE_DIR"]
HEADER = os.environ["TEKIGO_AUTHORIZATION"]


def fresh():
    answer = requests.post(
        f"{URL}/tokens",
        data=os.environ["TEKIGO_LOGIN"].encode(),
        verify=f"{FOLDER}/ca.pem",
        cert=(f"{FOLDER}/office.pem", f"{FOLDER}/office-key.pem"),
        timeout=10,
    )
    answer.raise_for_status()
    return f"Bearer {answer.json()['accessToken']}"


@schemathesis.hook
def before_call(_context, case, kwargs):
    headers = kwargs.get("headers") or {}
    if case.method == "DELETE" and headers.get("Authorization") == HEADER:
        kwargs["headers"] = {**headers, "Authorization": fresh()}
