"""The judges of a page: how it looks, reads and is built (WEB-1, 2, 3, 5, 6).

axe and HTML_CodeSniffer find nothing; nothing scrolls sideways at 320 pixels, also with
the wider spacing of WCAG 1.4.12; nothing is inline; html-validate reads what the server
sent.
"""

import json
import subprocess
import tempfile
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page

from tests.packages import find_node

ROOT = Path(settings.ROOT)
AXE = ROOT / "node_modules/axe-core/axe.min.js"
SNIFFER = ROOT / "node_modules/html_codesniffer/build/HTMLCS.js"
VALIDATE = ROOT / "node_modules/html-validate/bin/html-validate.mjs"
RULES = Path(__file__).with_name("html-validate.json")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 800}

INLINE = """() => [...document.querySelectorAll('*')].flatMap(tag => [
  ...(tag.matches('style, script:not([src])') ? [`inline ${tag.localName}`] : []),
  ...[...tag.attributes].filter(a => a.name === 'style' || a.name.startsWith('on'))
     .map(a => `inline ${a.name} on ${tag.localName}`),
  ...(tag.tabIndex > 0 ? [`tabindex ${tag.tabIndex} on ${tag.localName}`] : []),
])"""
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
# A word that is cut off; what is hidden from sight on purpose is one pixel wide.
CUT_OFF = """() => [...document.querySelectorAll('main *, header *, footer *')].filter(
  tag => tag.clientWidth > 1 && getComputedStyle(tag).overflowX !== 'visible'
    && !tag.matches('[tabindex="0"], textarea, input, select')
    && (tag.scrollWidth > tag.clientWidth + 1
      || tag.scrollHeight > tag.clientHeight + 1)
).map(tag => `cut off: ${tag.localName}.${tag.className}`)"""


def axe(page: Page, *rules: str) -> list[str]:
    """What axe finds, with the place of each; all its rules, or only these."""
    page.evaluate(AXE.read_text("utf-8"))
    only = (
        {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    )
    found = page.evaluate(
        "only => axe.run(document, {runOnly: only, resultTypes: ['violations']})", only
    )
    return [
        f"{v['id']}: {n['target']} {n['failureSummary'][:120]}"
        for v in found["violations"]
        for n in v["nodes"][:3]
    ]


def sniffer(page: Page) -> list[str]:
    """What HTML_CodeSniffer counts as an error of WCAG 2 AA."""
    # This release stumbles over `autocomplete`; axe has judged that attribute by now.
    page.evaluate(
        "document.querySelectorAll('[autocomplete]')"
        ".forEach(field => field.removeAttribute('autocomplete'))"
    )
    page.evaluate(SNIFFER.read_text("utf-8"))
    found = page.evaluate(
        """() => new Promise(done => HTMLCS.process('WCAG2AA', document, () => done(
             HTMLCS.getMessages().filter(m => m.type === 1).map(
               m => m.code + ' ' + (m.element.outerHTML || '').slice(0, 120)))))"""
    )
    return list(found)


def sideways(page: Page) -> list[str]:
    """By how much the page is too wide for a small screen, also with more spacing."""
    width = page.viewport_size or WIDE
    page.set_viewport_size(NARROW)
    over = "document.documentElement.scrollWidth - window.innerWidth"
    wrong = [f"scrolls sideways by {px} px" for px in [page.evaluate(over)] if px > 0]
    page.evaluate(SPACED)
    wrong += [f"spaced: {px} px too wide" for px in [page.evaluate(over)] if px > 0]
    wrong += page.evaluate(CUT_OFF)
    page.evaluate("document.adoptedStyleSheets = []")
    page.set_viewport_size(width)
    return wrong


def judge(page: Page) -> list[str]:
    """Everything that is wrong with the page as it stands in the browser."""
    return page.evaluate(INLINE) + axe(page) + sniffer(page) + sideways(page)


def invalid(sources: dict[str, str]) -> dict[str, list[str]]:
    """What html-validate says about the pages as the server sent them (WEB-5)."""
    with tempfile.TemporaryDirectory() as folder:
        names = {f"{n}.html": name for n, name in enumerate(sources)}
        for file, name in names.items():
            Path(folder, file).write_text(sources[name], "utf-8")
        told = Path(folder, "told.json")
        options = ["--config", str(RULES), "--formatter", f"json={told}"]
        command = [str(find_node()), str(VALIDATE), *options, folder]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert told.exists(), done.stderr
        pages = json.loads(told.read_text("utf-8"))
    return {
        names[Path(page["filePath"]).name]: [
            f"{m['ruleId']}: {m['message']} ({m['selector']})" for m in page["messages"]
        ]
        for page in pages
        if page["messages"]
    }
