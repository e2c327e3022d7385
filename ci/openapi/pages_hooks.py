"""Logs schemathesis in to PMH's pages, and gives each form the token of its page.

Without them every case would end at the log-in or at the token, and nothing behind would be tried. A
case that was generated without a token, or with an empty one, keeps it that way.
"""

import os
import re

import requests
import schemathesis

BASE = os.environ["TEKIGO_PAGES"]
LOGIN = {"login_id": os.environ["TEKIGO_LOGIN_ID"], "password": os.environ["TEKIGO_PASSWORD"]}
TOKEN = re.compile(r'name="csrf" value="([0-9a-f]{64})"')


class Browser:
    """A session of its own, with the token of its forms."""

    def __init__(self):
        self.http = requests.Session()
        self.http.trust_env = False
        self.token = self.token_of("/login")

    def token_of(self, path):
        return TOKEN.search(self.http.get(BASE + path, timeout=10).text).group(1)

    def log_in(self):
        form = {"csrf": self.token, **LOGIN}
        answer = self.http.post(BASE + "/login", data=form, timeout=10, allow_redirects=False)
        if answer.status_code != 303:
            raise RuntimeError(f"cannot log in to the pages: {answer.status_code}\n{answer.text}")
        self.token = self.token_of("/")
        return self

    @property
    def cookies(self):
        return self.http.cookies.get_dict()


staff = Browser().log_in()


def browser_for(path):
    if path == "/login":
        return Browser()
    # A log-out ends the session, which then must not be that of the other cases.
    return Browser().log_in() if path == "/logout" else staff


@schemathesis.hook
def before_call(_context, case, kwargs):
    # What is documented is the answer of the form, not of the page that it leads to.
    kwargs["allow_redirects"] = False
    browser = browser_for(case.path)
    case.cookies = browser.cookies
    if isinstance(case.body, dict) and case.body.get("csrf"):
        # A browser sends the fields in the order of the form: the token first.
        fields = {name: value for name, value in case.body.items() if name != "csrf"}
        case.body = {"csrf": browser.token, **fields}
