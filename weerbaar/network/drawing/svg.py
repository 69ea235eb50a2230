"""The elements that drawings are made of.

A mark is a group that assistive technology reads as one image: its title is its name,
its description says more. It can be focused, so that who uses a keyboard sees the title
of a mark as somebody with a mouse does.
"""

from xml.etree.ElementTree import Element, SubElement, tostring

from django.utils.safestring import SafeString, mark_safe

# Colours where no stylesheet comes along: in the yearly report. Contrast of text is
# at least 4.5, of bars and edges at least 3 to white paper.
PAPER = """
text{font-family:"Fira Sans";font-size:13px;fill:#1c1f23}
.wb-number,.wb-province__number{font-weight:700}
.wb-bar{fill:#17476f}
.wb-stripes path{stroke:#17476f;stroke-width:2}
.wb-stripes--thin path{stroke:#c3c8ce}
.wb-stripes rect{fill:#fff}
.wb-bar--striped{stroke:#17476f}
.wb-foot{stroke:#5d6670}
.wb-row{fill:none}
.wb-province path{stroke:#333a42;stroke-width:.75}
.wb-province--0 path{fill:#fff}
.wb-province--1 path{fill:#e6eff6}
.wb-province--1 text{stroke:#e6eff6;stroke-width:2}
.wb-province--2 path{fill:#cfe0ed}
.wb-province--2 text{stroke:#cfe0ed;stroke-width:2}
.wb-province--3 path{fill:#a9c6de}
.wb-province--3 text{stroke:#a9c6de;stroke-width:2}
.wb-province--4 path{fill:#2a6496}
.wb-province--4 text{fill:#fff;stroke:#2a6496;stroke-width:2}
.wb-province text{font-size:10px;text-anchor:middle;paint-order:stroke}
.wb-province .wb-province__number{font-size:11px}
"""


def drawing(width: str, height: int, *, title: str, about: str, kind: str) -> Element:
    """An empty drawing with its name and description.

    It is a group and no image: what stands in an image is not reached one by one.
    """
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": f"wb-drawing wb-drawing--{kind}",
            "role": "group",
            "width": width,
            "height": str(height),
        },
    )
    SubElement(root, "title").text = title
    if about:
        SubElement(root, "desc").text = about
    return root


def mark(root: Element, *, title: str, about: str, kind: str) -> Element:
    """A mark of the drawing; what is drawn in it is not read by itself."""
    group = SubElement(
        root, "g", {"class": f"wb-mark {kind}", "role": "img", "tabindex": "0"}
    )
    SubElement(group, "title").text = title
    if about:
        SubElement(group, "desc").text = about
    return group


def text(parent: Element, words: str, **place: str) -> Element:
    """Words at a place; `kind` is their class, `dx` a distance to the right of `x`.

    The title of the mark says the same, and is what is read aloud.
    """
    kind = place.pop("kind", "")
    more = {"aria-hidden": "true"} | ({"class": kind} if kind else {})
    element = SubElement(parent, "text", place | more)
    element.text = words
    return element


def stripes(root: Element, name: str, kind: str = "") -> str:
    """A pattern beside the colours, which are the stylesheet's; gives its address.

    `name` is unique on the page.
    """
    size = {"width": "6", "height": "6", "patternUnits": "userSpaceOnUse"}
    kinds = f"wb-stripes {kind}".strip()
    pattern = SubElement(root, "pattern", {"id": name, "class": kinds} | size)
    SubElement(pattern, "rect", {"width": "6", "height": "6"})
    SubElement(pattern, "path", {"d": "M-1 7 7 -1M-1 1 1 -1M5 7 7 5"})
    return f"url(#{name})"


def markup(root: Element, style: str = "") -> SafeString:
    """The drawing as it stands in a page, or with a style of its own on paper.

    All words went through the tree, which escapes them.
    """
    if style:
        element = Element("style")
        element.text = style
        root.insert(0, element)
    return mark_safe(tostring(root, encoding="unicode"))  # noqa: S308
