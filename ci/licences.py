"""Checks the licence of every package that a build may take in, from `cargo metadata`."""

import json
import re
import sys

# Permissive licences; for a choice (OR) one of them is enough, for a sum (AND) all are needed.
ALLOWED = {
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "BlueOak-1.0.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
}

# Packages under the MPL-2.0, which asks for the source of the package's own files, unchanged here and
# in the registry, and of nothing around them.
MPL = {
    "cssparser": "finds fields in pages, with scraper",
    "cssparser-macros": "with cssparser",
    "dtoa-short": "with cssparser",
    "selectors": "finds fields in pages, with scraper",
    "webdriver": "speaks to chromedriver, with fantoccini",
}

# Packages that may not come in by the back door, with the reason.
DENIED = {
    "aws-lc-rs": "TLS is ring's; a second crypto library doubles the build",
    "aws-lc-sys": "TLS is ring's; needs cmake and minutes of C",
    "native-tls": "TLS is rustls's: the machine's library decides nothing",
    "openssl": "TLS is rustls's: the machine's library decides nothing",
    "openssl-sys": "TLS is rustls's: the machine's library decides nothing",
}


def is_allowed(expression):
    """Whether an SPDX expression (AND binds before OR; the old `A/B` means OR) can be met."""
    tokens = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR "))

    def either():
        met = both()
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            met = both() or met
        return met

    def both():
        met = one()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            met = one() and met
        return met

    def one():
        token = tokens.pop(0)
        if token == "(":
            met = either()
            tokens.pop(0)
            return met
        if tokens and tokens[0] == "WITH":
            tokens.pop(0)
            token += f" WITH {tokens.pop(0)}"
        return token in ALLOWED

    return either()


def main(metadata_path):
    with open(metadata_path, encoding="utf-8") as file:
        packages = json.load(file)["packages"]
    faults = []
    for package in packages:
        name = f"{package['name']} {package['version']}"
        licence = package["license"]
        if package["name"] in DENIED:
            faults.append(f"{name}: denied ({DENIED[package['name']]})")
        if not licence:
            faults.append(f"{name}: names no licence")
        elif licence == "MPL-2.0" and package["name"] in MPL:
            continue
        elif not is_allowed(licence):
            faults.append(f"{name}: licence {licence} is not on the list")
    if faults:
        sys.exit("\n".join(faults))
    print(f"{len(packages)} packages: licences on the list, none denied")


if __name__ == "__main__":
    main(*sys.argv[1:])
