"""OneRoster 1.1 CSV bundles: schools, staff and classes; students only as a number.

Source: 1EdTech OneRoster 1.1 CSV binding. Only the columns named in these files are ever read from
a row; passwords, telephone numbers, identifiers and demographics are not among them.
"""

from pathlib import Path

from interchange.bundle import open_bundle
from interchange.findings import Findings, Progress, Refused
from interchange.oneroster.classes import read_classes
from interchange.oneroster.manifest import read_manifest
from interchange.oneroster.orgs import read_orgs
from interchange.oneroster.reading import Reading
from interchange.oneroster.users import read_users
from rules.roster import Roster

__all__ = ["read"]


def read(path: Path, progress: Progress | None = None) -> Roster:
    """The roster in a OneRoster 1.1 bundle, a folder or a zip.

    Nothing is raised for what the bundle says: whatever is wrong with it is in `refusals`, each
    with its file, line and remedy. Files with a header and no rows make `nothing` true.
    """
    findings = Findings()
    try:
        with open_bundle(path) as bundle:
            return _read(Reading(bundle, findings, progress))
    except Refused as refused:
        return findings.stop(refused.refusal)


def _read(reading: Reading) -> Roster:
    reading.files = read_manifest(reading)
    orgs = read_orgs(reading)
    people = read_users(reading, orgs)
    classes = read_classes(reading, orgs, people)
    findings = reading.findings
    if findings.refused:
        return findings.roster()
    return Roster(
        district=orgs.district,
        schools=tuple(orgs.schools.values()),
        staff=people.with_schools_of(classes),
        classes=classes,
        left_out=findings.omitted(),
        students=findings.students,
        told=reading.told(),
        nothing=not (reading.rows_read),
    )
