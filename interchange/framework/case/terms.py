"""The words of CASE 1.1 that we write, and how each value is shaped.

From the 1EdTech Competencies and Academic Standards Exchange 1.1: a package holds a CFDocument,
CFItems, CFAssociations, CFDefinitions and CFRubrics; whatever else somebody wants to say stands in
`extensions`.
"""

from __future__ import annotations

TEXT, TEXTS, LINK, LINKS, WHOLE, NUMBER = "text", "texts", "link", "links", "whole", "number"
CRITERIA, CRITERION_LEVELS, FREE = "criteria", "criterion levels", "free"

_EVERY = {"identifier": TEXT, "uri": TEXT, "lastChangeDateTime": TEXT, "extensions": FREE}
_TITLED = {"title": TEXT, "description": TEXT}

DOCUMENT = _EVERY | {
    "frameworkType": TEXT,
    "caseVersion": TEXT,
    "creator": TEXT,
    "title": TEXT,
    "officialSourceURL": TEXT,
    "publisher": TEXT,
    "description": TEXT,
    "subject": TEXTS,
    "subjectURI": LINKS,
    "language": TEXT,
    "version": TEXT,
    "adoptionStatus": TEXT,
    "statusStartDate": TEXT,
    "statusEndDate": TEXT,
    "licenseURI": LINK,
    "notes": TEXT,
}
ITEM = _EVERY | {
    "fullStatement": TEXT,
    "alternativeLabel": TEXT,
    "CFItemType": TEXT,
    "humanCodingScheme": TEXT,
    "listEnumeration": TEXT,
    "abbreviatedStatement": TEXT,
    "conceptKeywords": TEXTS,
    "conceptKeywordsURI": LINK,
    "notes": TEXT,
    "subject": TEXTS,
    "subjectURI": LINKS,
    "language": TEXT,
    "educationLevel": TEXTS,
    "CFItemTypeURI": LINK,
    "licenseURI": LINK,
    "statusStartDate": TEXT,
    "statusEndDate": TEXT,
}
ASSOCIATION = _EVERY | {
    "associationType": TEXT,
    "sequenceNumber": WHOLE,
    "originNodeURI": LINK,
    "destinationNodeURI": LINK,
    "CFAssociationGroupingURI": LINK,
    "notes": TEXT,
}
RUBRIC = _EVERY | _TITLED | {"CFRubricCriteria": CRITERIA}
CRITERION = _EVERY | {
    "category": TEXT,
    "description": TEXT,
    "CFItemURI": LINK,
    "weight": NUMBER,
    "position": WHOLE,
    "rubricId": TEXT,
    "CFRubricCriterionLevels": CRITERION_LEVELS,
}
CRITERION_LEVEL = _EVERY | {
    "description": TEXT,
    "quality": TEXT,
    "score": NUMBER,
    "feedback": TEXT,
    "position": WHOLE,
    "rubricCriterionId": TEXT,
}
DEFINITIONS = {
    "CFConcepts": _EVERY | _TITLED | {"keywords": TEXT, "hierarchyCode": TEXT},
    "CFSubjects": _EVERY | _TITLED | {"hierarchyCode": TEXT},
    "CFLicenses": _EVERY | _TITLED | {"licenseText": TEXT},
    "CFItemTypes": _EVERY | _TITLED | {"hierarchyCode": TEXT, "typeCode": TEXT},
    "CFAssociationGroupings": _EVERY | _TITLED,
}
MUST_SAY = {
    "CFConcepts": ("hierarchyCode",),
    "CFSubjects": ("hierarchyCode",),
    "CFLicenses": ("licenseText",),
    "CFItemTypes": ("description", "hierarchyCode"),
}
RELATIONS = frozenset(
    {
        *("isChildOf", "isPeerOf", "isPartOf", "exactMatchOf", "precedes", "isRelatedTo"),
        *("replacedBy", "exemplar", "hasSkillLevel", "isTranslationOf"),
    }
)
