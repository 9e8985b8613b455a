"""An invented field kit: two schools' worth of nobody, with look-fors like the ones shipped."""

from typing import Any

COMPONENTS = [
    ("d1", "1", "Planning and preparation", None, False),
    ("1a", "1a", "Applying knowledge of content", "d1", False),
    ("1d", "1d", "Using resources effectively", "d1", False),
    ("d2", "2", "Learning environments", None, False),
    ("2a", "2a", "Cultivating respectful learning environments", "d2", True),
    ("2b", "2b", "Fostering a culture for learning", "d2", False),
    ("d3", "3", "Learning experiences", None, False),
    ("3a", "3a", "Communicating about purpose and content", "d3", False),
    ("3b", "3b", "Using questioning and discussion techniques", "d3", True),
    ("3c", "3c", "Engaging students in learning", "d3", False),
    ("3d", "3d", "Using assessment for learning", "d3", False),
    ("3e", "3e", "Responding flexibly to student needs", "d3", False),
]

BUILD = "Students build on each other’s ideas"
GROUP = "Teacher works with a group"
"""How two of the look-fors below begin."""

# key, statement, core element, discourse role, component
LOOK_FORS = [
    ("DP01", f"{BUILD} out loud", None, "protects", "3b"),
    (
        "DP02",
        "Students compare different ways to solve one problem",
        "reflection",
        "protects",
        "3b",
    ),
    ("BL01", f"{GROUP} chosen for a named need", "targeted", None, "3d"),
    ("BL02", "Students can say what they are learning and why", "reflection", None, "3e"),
    ("BL03", "Students choose among tools that fit the task", "flexible", None, "1d"),
    ("BL04", "The same goal is reached by more than one path", "flexible", None, "3e"),
    (
        "BL05",
        "Digital work asks students to make something, not only to answer",
        "flexible",
        None,
        "3c",
    ),
    ("BL06", "Questions ask students to explain, not only to answer", "targeted", "protects", "3b"),
    ("BL07", "Help names the goal and the very next step", "targeted", None, "3a"),
    ("BL08", "Students outside the group know what to do when stuck", "targeted", None, "2b"),
    ("BL09", "Students check their work against clear criteria", "reflection", None, "3e"),
    ("BL10", "Students ask a classmate before the teacher", "reflection", "protects", "2a"),
    ("BL11", "Goals and trackers are used, not just posted", "reflection", None, "1a"),
    ("BL12", "A quick check changes what happens next", "data", None, "3d"),
    ("BL13", "Groups come from fresh evidence, and students know why", "data", None, "1d"),
    ("BL14", "Feedback reaches students during the task", "data", None, "3d"),
    ("DP03", "Talk time is planned into the digital work", None, "protects", "3b"),
    ("WO01", "Students wait for a device or a log-in", None, "watch_out", "3c"),
    ("WO02", "Screens stay on while someone explains", None, "watch_out", "2a"),
]


def kit() -> dict[str, Any]:
    """The kit as /field-kit.json sends it."""
    return {
        "made_at": "2026-11-21T10:00:00Z",
        "person": {"id": "p-holt", "name": "Ms. Holt"},
        "district": {"id": "d-1", "name": "Cedar Valley", "time_zone": "America/Chicago"},
        "schools": [{"id": "s-1", "name": "Cedar Middle School"}],
        "purposes": ["walkthrough", "evaluation"],
        "teachers": [
            _teacher("t-okafor", "Ms. Okafor", ["walkthrough", "evaluation"], "2026-10-01"),
            _teacher("t-reyes", "Mr. Reyes", ["walkthrough"], "2026-11-12"),
            _teacher("t-lind", "Ms. Lind", ["walkthrough"], None),
        ],
        "classes": [
            _class("c-math7", "t-okafor", "Math 7", "3", "114", 24),
            _class("c-math8", "t-okafor", "Math 8", "5", "114", 27),
            _class("c-ela6", "t-reyes", "English 6", "2", "", None),
        ],
        "rooms": [
            {
                "code": "BWXQ",
                "school": "s-1",
                "room": "Room 114",
                "classes": ["c-math7", "c-math8"],
            },
            {"code": "KDTZ", "school": "s-1", "room": "Mr. Reyes", "classes": ["c-ela6"]},
            {"code": "KCTZ", "school": "s-1", "room": "Room 9", "classes": []},
        ],
        "due": [
            {"teacher": "t-okafor", "class": "c-math7", "because": "Not yet this fall"},
            {"teacher": "t-lind", "class": None, "because": "New this year"},
        ],
        "framework": {
            "id": "f-1",
            "name": "Danielson 2022",
            "version": "1",
            "components": [
                {"id": i, "plate": p, "name": n, "parent": up, "discourse_linked": linked}
                for i, p, n, up, linked in COMPONENTS
            ],
        },
        "sets": [
            {
                "id": "set-1",
                "key": "core-four",
                "name": "Core Four",
                "version": "1",
                "look_fors": [f"l-{row[0]}" for row in LOOK_FORS],
            },
        ],
        "look_fors": [_look_for(*row) for row in LOOK_FORS],
        "focus": ["l-DP01", "l-DP02", "l-BL01", "l-BL02"],
        "discourse": {"rule_version": "2026.1", "thresholds": {"min_sweeps": 3}},
    }


def _teacher(id_: str, name: str, purposes: list[str], last: str | None) -> dict[str, Any]:
    step = "Add one turn-and-talk to each playlist" if last else None
    return {
        "id": id_,
        "name": name,
        "school": "s-1",
        "purposes": purposes,
        "last_visit": last,
        "visits": 3 if last else 0,
        "last_step": step,
    }


def _class(
    id_: str, teacher: str, name: str, period: str, room: str, present: int | None
) -> dict[str, Any]:
    return {
        "id": id_,
        "teachers": [teacher],
        "school": "s-1",
        "name": name,
        "subject": "Math",
        "grade": "7",
        "period": period,
        "room": room,
        "present": present,
    }


def _look_for(
    key: str, statement: str, core: str | None, role: str | None, component: str
) -> dict[str, Any]:
    return {
        "id": f"l-{key}",
        "key": key,
        "statement": statement,
        "kind": "p",
        "core_four": core,
        "role": role,
        "plate": component,
        "components": [component],
        "ask": "",
    }
