"""The catalogue of the figures: DCAT-AP-NL 3.0 as JSON-LD, for data.overheid.nl.

Source: Geonovum, DCAT-AP-NL 3.0, which builds on DCAT-AP 3.0. Values of code lists are
those of the Publications Office of the European Union.
"""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext

from weerbaar.network.exports import LICENCE, SOURCE
from weerbaar.network.models import Release
from weerbaar.network.publishing import FORMATS, file_name
from weerbaar.network.publishing.csvw import LICENCES
from weerbaar.network.publishing.cube import Cube, cubes_of

EU = "http://publications.europa.eu/resource/authority"
MEDIA = "https://www.iana.org/assignments/media-types"
XSD = "http://www.w3.org/2001/XMLSchema"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
Node = dict[str, Any]


def as_catalogue(
    releases: Iterable[Release], *, site: str, contact: str, is_public: bool
) -> bytes:
    """Every table of the releases as a dataset with its files.

    `site` is where this installation stands, `contact` a mailto: or https: address.
    """
    shared = _shared(site)
    rights = _at(f"{EU}/access-right/{'PUBLIC' if is_public else 'RESTRICTED'}")
    datasets, files = [], []
    for release in releases:
        for cube in cubes_of(release):
            datasets.append(_dataset(release, cube, site, shared, rights))
            files += [_file(release, cube, kind, site) for kind in FORMATS]
    told = [
        _catalogue(site, shared, datasets),
        _service(site, shared, datasets) | {"dct:accessRights": rights},
        _agent(site),
        _contact(site, contact),
        *datasets,
        *files,
    ]
    return json.dumps(
        {"@context": CONTEXT, "@graph": told}, ensure_ascii=False, indent=1
    ).encode()


def _at(address: str) -> Node:
    return {"@id": address}


def _words(text: str) -> Node:
    return {"@value": text, "@language": get_language() or "nl"}


def _typed(kind: str, value: str) -> Node:
    return {"@value": value, "@type": f"{XSD}#{kind}"}


def _shared(site: str) -> Node:
    """What the catalogue, the service and every dataset say alike."""
    return {
        "dct:publisher": _at(f"{site}/#netwerk"),
        "dct:creator": _at(f"{site}/#netwerk"),
        "dcat:contactPoint": _at(f"{site}/#contact"),
        "dct:license": _at(LICENCES[LICENCE]),
    }


def _agent(site: str) -> Node:
    return {
        "@id": f"{site}/#netwerk",
        "@type": "foaf:Agent",
        "foaf:name": _words(SOURCE),
    }


def _contact(site: str, contact: str) -> Node:
    how = "vcard:hasEmail" if contact.startswith("mailto:") else "vcard:hasURL"
    return {
        "@id": f"{site}/#contact",
        "@type": "vcard:Kind",
        "vcard:fn": SOURCE,
        how: _at(contact),
    }


def _catalogue(site: str, shared: Node, datasets: list[Node]) -> Node:
    about = gettext(
        "Reported incidents against holders of political office, by year: rounded, "
        "and about nobody."
    )
    return shared | {
        "@id": f"{site}/cijfers/catalogus.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": _words(gettext("Figures of Netwerk Weerbaar Bestuur")),
        "dct:description": _words(about),
        "dct:language": _at(f"{EU}/language/NLD"),
        "dct:spatial": _at(f"{EU}/country/NLD"),
        "foaf:homepage": _at(f"{site}/"),
        "dcat:service": _at(f"{site}/odata/v1/"),
        "dcat:dataset": [_at(dataset["@id"]) for dataset in datasets],
    }


def _service(site: str, shared: Node, datasets: list[Node]) -> Node:
    about = gettext("The figures for programs that know StatLine (OData).")
    return shared | {
        "@id": f"{site}/odata/v1/",
        "@type": "dcat:DataService",
        "dct:title": _words(gettext("Figures of Netwerk Weerbaar Bestuur")),
        "dct:description": _words(about),
        "dct:identifier": f"{site}/odata/v1/",
        "dcat:theme": _at(f"{EU}/data-theme/GOVE"),
        "dcat:endpointURL": _at(f"{site}/odata/v1/"),
        "dcat:endpointDescription": _at(f"{site}/odata/v1/$metadata"),
        "dcat:servesDataset": [_at(dataset["@id"]) for dataset in datasets],
    }


def _dataset(
    release: Release, cube: Cube, site: str, shared: Node, rights: Node
) -> Node:
    facts = cube.facts
    about = " ".join((cube.definition, facts.rounding, facts.reading))
    told = shared | {
        "@id": _table(site, cube),
        "@type": "dcat:Dataset",
        "dct:title": _words(f"{cube.title}, {release.period}"),
        "dct:description": _words(about),
        "dct:identifier": f"{cube.identifier}#{facts.digest}",
        "dct:accessRights": rights,
        "dct:provenance": _provenance(cube),
        "dct:temporal": _period(release),
        "dct:spatial": _at(f"{EU}/country/NLD"),
        "dct:accrualPeriodicity": _at(f"{EU}/frequency/QUARTERLY"),
        "dct:language": _at(f"{EU}/language/NLD"),
        "dcat:theme": _at(f"{EU}/data-theme/GOVE"),
        "dcat:landingPage": _at(_table(site, cube)),
        "dcat:version": f"{facts.status} {facts.digest[:8]}",
        "dcat:distribution": [_at(_address(release, cube, k, site)) for k in FORMATS],
    }
    if facts.published:
        told["dct:issued"] = _typed("dateTime", facts.published.isoformat())
    return told


def _provenance(cube: Cube) -> Node:
    facts = cube.facts
    rule = f"plan {facts.plan}, base {facts.base}, bound {facts.bound}"
    return {"@type": "dct:ProvenanceStatement", "rdfs:label": rule}


def _period(release: Release) -> Node:
    month = 3 * release.quarters
    last = date(release.year, month, 31 if month in {3, 12} else 30)
    return {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": _typed("date", f"{release.year}-01-01"),
        "dcat:endDate": _typed("date", last.isoformat()),
    }


def _table(site: str, cube: Cube) -> str:
    return f"{site}/cijfers/{cube.year}/{cube.code.lower()}/"


def _address(release: Release, cube: Cube, kind: str, site: str) -> str:
    return f"{_table(site, cube)}bestanden/{file_name(release, cube.code, kind)}"


def _file(release: Release, cube: Cube, kind: str, site: str) -> Node:
    address, found = _address(release, cube, kind, site), FORMATS[kind]
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": _words(str(found.label)),
        "dct:license": _at(LICENCES[LICENCE]),
        "dct:format": _at(f"{EU}/file-type/{found.file_type}"),
        "dcat:mediaType": _at(f"{MEDIA}/{found.media_type.split(';')[0]}"),
        "dcat:accessURL": _at(_table(site, cube)),
        "dcat:downloadURL": _at(address),
    }
