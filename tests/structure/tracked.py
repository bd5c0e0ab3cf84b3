"""What may not stand in any tracked file: registry hosts, other people's fonts and crests, secrets."""

import re

# Written so that this file does not find itself.
WORDS = [
    (r"registry\.(npmjs|yarnpkg)" + r"\.|deb\.deb" + r"ian\.org|snapshot\.deb" + r"ian\.org|"
     r"security\.deb" + r"ian\.org", "a package registry's host"),
    (r"(?<![\w.])/wo" + r"rk/(main|wt-|shared|brief|\.)", "a path of one machine"),
    (r"-----BEGIN (RSA |EC |OPENSSH )?PRIV" + r"ATE KEY-----", "a private key"),
    (r"AKIA[0-9A-Z]{16}|ghp_[0-9A-Za-z]{36}", "a token"),
]
ASSETS = [
    (r"@font-face|\.woff2?\b", "a font: GDS Transport may not be shipped"),
    (r"GDS Tran" + r"sport", "GDS Transport is for gov.uk alone"),
    (r"govuk-cr" + r"est|govuk-logo" + r"type-(crown|tudor)", "the royal crest and the crown"),
]
NOT_TEXT = (".png", ".jpg", ".ico", ".pdf", ".zip", ".gz", ".xlsx", ".db")
# Prose and comments may say what we do not use; what is served may not use it.
SERVED = re.compile(r"(src|assets)/.*\.(c|h|css|scss|js|svg|html)$")
COMMENT = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.S)

PLANTED = {
    "package-lock.json": '{"resolved": "https://registry.npmjs' + '.org/x"}\n',
    "src/html/app.css": '@font-face{font-family:"x"}\n',
    "docs/a.md": "see /wo" + "rk/shared/x\n",
    "assets/fine.scss": "// no GDS Tran" + "sport here\na{color:red}\n",
    "docs/fine.md": "We do not ship GDS Tran" + "sport.\n",
}
FINDS = ["package-lock.json:1", "src/html/app.css:1", "docs/a.md:1"]


def check(tree):
    found = []
    for path in tree.paths():
        if path.endswith(NOT_TEXT):
            continue
        rules = WORDS + (ASSETS if SERVED.match(path) else [])
        if path.endswith((".woff", ".woff2", ".ttf")):
            found.append((path, 1, "a font file"))
        text = tree.text(path)
        if SERVED.match(path):
            text = COMMENT.sub(lambda m: "\n" * m[0].count("\n"), text)
        for pattern, why in rules:
            for m in re.finditer(pattern, text):
                found.append((path, text.count("\n", 0, m.start()) + 1, f"{why}: {m[0]}"))
    return found
