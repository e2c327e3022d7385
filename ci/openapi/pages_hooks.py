"""Logs schemathesis in to a page-set, and gives each form the token of its page.

Without them every case would end at the log-in or at the token, and nothing behind would be tried. A
case that was generated without a token, or with an empty one, keeps it that way. Who can log in is read
from what `tekigo serve` printed.
"""

import os
import re
from pathlib import Path

import requests
import schemathesis

BASE = os.environ["TEKIGO_PAGES"]
PRINTED = Path(os.environ["TEKIGO_SERVE_LOG"]).read_text(encoding="utf-8")
TOKEN = re.compile(r'name="csrf" value="([0-9a-f]{64})"')


class Browser:
    """A session of its own, with the token of its forms."""

    def __init__(self):
        self.http = requests.Session()
        self.http.trust_env = False
        self.token = self.token_of("/login")

    def page(self, path):
        return self.http.get(BASE + path, timeout=10).text

    def token_of(self, path):
        return TOKEN.search(self.page(path)).group(1)

    def send(self, path, fields):
        form = {"csrf": self.token, **fields}
        answer = self.http.post(BASE + path, data=form, timeout=10, allow_redirects=False)
        if answer.status_code not in (200, 303):
            raise RuntimeError(f"{path} is refused: {answer.status_code}\n{answer.text}")
        return self

    def log_in(self, fields):
        self.send("/login", fields)
        self.token = self.token_of("/password" if self.must_change_password() else "/")
        return self

    def must_change_password(self):
        return "/password" in self.http.get(BASE + "/", timeout=10).url

    @property
    def cookies(self):
        return self.http.cookies.get_dict()


def printed(pattern):
    found = re.search(pattern, PRINTED, re.MULTILINE)
    if not found:
        raise RuntimeError(f"tekigo serve did not print {pattern}:\n{PRINTED}")
    return found.groups()


def password_of_all():
    return printed(r"パスワードはどれも (\S+)）")[0]


def pmh():
    (login_id,) = printed(r"PMHの画面（ブラウザーで開く。ログインID (\d+)）")
    (password,) = printed(r"http://\S+/  パスワード (\S+)$")
    return {"login_id": login_id, "password": password}


def portal():
    """The town, with a password of its own; offices register themselves."""
    login_id, first = printed(r"ログインID (\S+)  初期パスワード ([^（\s]+)")
    password = "Schemathesis-2026"
    change = {"current": first, "new": password, "again": password}
    Browser().log_in({"login_id": login_id, "password": first}).send("/password", change)
    return {"login_id": login_id, "password": password}


def portal_office():
    number, password = "1371300011", "Usagi-no-mimi-2026"
    user = {"number": number, "name": "うさぎ訪問介護", "address": "usagi@office.example"}
    Browser().send("/register", {**user, "new": password})
    return {"login_id": number, "password": password}


def careweb():
    certificate, user = printed(r"クライアント証明書の名義 (\S+)、ログインID (\S+)")
    login = {"certificate": certificate, "user": user, "password": password_of_all()}
    # Somebody has a page only where the office has identified them, and data where it is responsible.
    insurer, insured, kana, birth = printed(
        r"保険者番号 (\d+)、被保険者番号 (\d+)、カナ氏名 (\S+　\S+)、生年月日 ([0-9-]+)、性別 女"
    )
    person = {"insurer": insurer, "insured": insured, "kana": kana, "birth": birth, "sex": "2"}
    staff = Browser().log_in(login).send("/register", person)
    staff.send(f"/users/{insurer}/{insured}", {"action": "become"})
    return login


def mynaportal():
    """Whose data the document names as an example."""
    options = Browser().page("/login")
    return {"card": re.search(r'<option value="(\w+)"[^>]*>月見 花', options).group(1)}


def medical():
    institution, certificate = printed(r"医療機関コード (\d+)、証明書の名義 (\S+)")
    return {"institution": institution, "certificate": certificate}


def board():
    insurer, member = printed(r"認定審査会: .*保険者番号 (\d+)、ログインID（委員の番号） (\S+)")
    return {"insurer": insurer, "member": member, "password": password_of_all()}


# Which log-in tries the pages whose path begins so; the first that fits.
LOG_INS = {
    "pmh": {"/": pmh},
    "portal": {"/subsidy/": portal_office, "/": portal},
    "careweb": {"/": careweb},
    "mynaportal": {"/": mynaportal},
    "medical": {"/": medical},
    "board": {"/": board},
}[os.environ["TEKIGO_PAGE_SET"]]
log_ins = {beginning: log_in() for beginning, log_in in LOG_INS.items()}
staff = {beginning: Browser().log_in(fields) for beginning, fields in log_ins.items()}


def browser_for(path):
    if path == "/login":
        return Browser()
    beginning = next(beginning for beginning in staff if path.startswith(beginning))
    # A log-out ends the session, which then must not be that of the other cases.
    return Browser().log_in(log_ins[beginning]) if path == "/logout" else staff[beginning]


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
