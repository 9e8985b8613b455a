// @ts-check
/**
 * The check's codes, words and moves on the phone: the twin of rules/discourse's
 * vocabulary.py, words.py and moves.py. A test proves both sides equal, word for word.
 */

/** @typedef {{id: string, text: string}} Move */
/** @typedef {Readonly<Record<string, string>>} Words */

/** @type {Words} */
export const CATEGORY_WORDS = {
  peer: "With a classmate",
  teacher: "With the teacher",
  headphones: "In headphones",
  device: "On a device",
  listening: "Listening as a group",
  quiet: "Reading or writing",
  other: "Off task, moving or waiting",
};

/** First match wins, in this order. */
export const CATEGORIES = Object.keys(CATEGORY_WORDS);

/** @type {Words} */
export const VERDICT_WORDS = {
  preserved: "Preserved",
  at_risk: "At risk",
  displaced: "Displaced",
  not_enough_evidence: "Not enough evidence",
  not_applicable: "Not applicable",
};

/** @type {Words} */
export const PHASES = {
  opening: "Opening",
  work: "Work time",
  discussion: "Discussion",
  closing: "Closing",
  assessment: "Assessment",
  silent_by_design: "Silent by design",
  transition_only: "Transition only",
};

export const QUIET_PHASES = ["assessment", "silent_by_design", "transition_only"];

/** @type {Words} */
export const TALK_STRUCTURES = {
  turn_and_talk: "Turn-and-talk",
  think_pair_share: "Think-pair-share",
  partner_check: "Partner check",
  partner_task: "Partner task",
  group_task: "Group task with roles",
  jigsaw: "Jigsaw",
  peer_feedback: "Peer-feedback protocol",
  seminar: "Seminar",
  whole_class_discussion: "Whole-class discussion",
  number_talk: "Number talk",
  gallery_walk: "Gallery walk",
  other: "Another talk structure",
};

/** @type {Words} */
export const MODELS = {
  whole_class: "Whole class",
  station_rotation: "Station rotation",
  lab_rotation: "Lab rotation",
  individual_rotation: "Individual rotation",
  flipped: "Flipped",
  flex: "Flex",
  a_la_carte: "À la carte",
  enriched_virtual: "Enriched virtual",
};

/** @type {Words} */
export const SHARE_WORDS = {
  peer_share: "With a classmate",
  interactive_share: "In talk with a classmate or the teacher",
  headphone_share: "In headphones",
  solo_device_share: "Alone on a device, with or without headphones",
  listening_share: "Listening as a group",
};

/** @type {Words} */
export const TOPIC_WORDS = {
  shared: "Most students share a topic with enough others",
  thin: "Most students share a topic with only a few others",
  fragmented: "Most students work on a topic nearly alone",
  not_recorded: "Topics were not recorded",
};

/** @type {Words} */
export const REASON_SENTENCES = {
  headphone_room:
    "{count} of {of} student-moments went by in headphones without talk ({percent}%).",
  solo_device_room:
    "{count} of {of} student-moments went by alone on a device ({percent}%), " +
    "{headphones} of them in headphones.",
  listening_room: "{count} of {of} student-moments went to listening as a group ({percent}%).",
  no_talk_structure: "No talk structure was recorded in {looks}.",
  "no_talk_structure:answered": "The observer was asked and saw no talk structure in {looks}.",
  no_peer_talk: "{count} of {of} student-moments went to talk with a classmate ({percent}%).",
  topics_thin:
    "{in_mass} of {students} students shared a topic in a group of {k_mass} or more, " +
    "{in_four} in a group of {k_thin} or more.",
  topics_fragmented:
    "{in_four} of {students} students shared a topic in a group of {k_thin} or more; " +
    "the largest group was {largest}.",
  planned_not_seen: "Talk is planned for {planned} and was not seen in {looks}.",
  clear_sighting:
    "In one look {sighted} of {sighted_of} students were in talk, " +
    "with a talk structure: {structure}.",
  between_thresholds:
    "{count} of {of} student-moments went to talk with a classmate or the teacher " +
    "({percent}%): short of preserved, and without the signs of displaced.",
  discourse_not_a_goal: "Discourse was not a goal of this lesson, so nothing was judged.",
  fewer_than_3_students: "Students present: {present}; the check needs at least 3.",
  "phase:assessment": "The class was in an assessment, where quiet is right.",
  "phase:silent_by_design":
    "This part of the lesson was silent by design, and quiet is right.",
  "phase:transition_only": "Only a transition was seen, so nothing was judged.",
  "sweeps<min or span<min":
    "{valid} of {min_sweeps} sweeps counted, {span} of {min_span} minutes apart " +
    "from first to last.",
};

/** @type {Words} */
export const DISPLACED_SENTENCES = {
  both: "No talk structure and no student answering another’s idea: {how}.",
  uptake: "No student answering another’s idea: {how}.",
};

/** @type {Words} */
export const NEXT_QUESTIONS = {
  structure: "Any talk structure?",
  uptake: "Anyone building on another’s idea?",
};

/** Numbers that open a sentence, as words up to ten. */
export const NUMBERS = [
  ...["No", "One", "Two", "Three", "Four", "Five"],
  ...["Six", "Seven", "Eight", "Nine", "Ten"],
];

/** @type {Move[]} */
const TOPIC_MOVES = [
  { id: "anchor_problem", text: "One anchor problem a week before paths split" },
  {
    id: "convene_at_eight",
    text: "Convene at eight: discuss when eight students reach the topic",
  },
  { id: "pace_bands", text: "Pace bands instead of free pace" },
  { id: "other_section_samples", text: "Bring work samples from another section" },
  { id: "seat_same_topic", text: "Seat students on the same topic together" },
];

/** @type {Readonly<Record<string, Move[]>>} */
export const MOVES = {
  headphone_room: [
    { id: "say_before_submit", text: "Say it to a partner before you submit it" },
    { id: "headphones_off_ends", text: "Headphones off for the first and last five minutes" },
    { id: "one_screen_for_two", text: "One shared screen for two students" },
  ],
  solo_device_room: [
    { id: "checkpoint_talk", text: "Checkpoint talk after every third task" },
    { id: "talk_station", text: "A talk station in the rotation" },
    { id: "swap_playlist_item", text: "Swap one playlist item for a two-person task" },
  ],
  listening_room: [
    { id: "planned_stops", text: "Two planned stops for partners to explain to each other" },
  ],
  no_talk_structure: [
    { id: "choose_structure", text: "Choose one talk structure and name it to students" },
  ],
  no_peer_talk: [
    {
      id: "add_or_disagree",
      text:
        "Ask “Who can add to, or disagree with, what was just said?”, " +
        "then wait three seconds",
    },
  ],
  topics_thin: TOPIC_MOVES,
  topics_fragmented: TOPIC_MOVES,
  planned_not_seen: [
    { id: "return_when_planned", text: "Come back at the time planned" },
    {
      id: "two_line_note",
      text: "Ask the teacher for a two-line note on how the talk went",
    },
  ],
};

/** @type {Move} */
export const DO_NOT_BLEND = {
  id: "do_not_blend",
  text:
    "Do not blend this one: mark the component protected for this unit, " +
    "which counts as alignment",
};
