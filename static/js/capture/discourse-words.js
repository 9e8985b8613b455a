// @ts-check
/**
 * The check's codes, words, sentences and moves on the phone: the twin of rules/discourse's
 * vocabulary.py, words.py and moves.py. A test proves both sides equal, word for word.
 */

/** @typedef {import("./discourse.js").Check} Check */
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

/** @type {Words} */
const REASON_SHARE = {
  headphone_room: "headphone_share",
  solo_device_room: "solo_device_share",
  listening_room: "listening_share",
  no_peer_talk: "peer_share",
};

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

/** @param {string} verdict */
export function verdictWord(verdict) {
  return VERDICT_WORDS[verdict] ?? verdict;
}

/**
 * The moves for a check's reasons in their order, each once, ending with “do not blend”.
 * @param {Check} check
 * @returns {Move[]}
 */
export function moves(check) {
  const unjudged = ["not_applicable", "not_enough_evidence"].includes(check.verdict);
  if (unjudged || check.confidence === "for now") return [];
  const chosen = new Map();
  for (const code of check.reasons) {
    for (const move of MOVES[code] ?? []) chosen.set(move.id, move);
  }
  return [...chosen.values(), DO_NOT_BLEND];
}

/**
 * Halves upward by whole numbers, so that both sides say the same percentage.
 * @param {{count: number, of: number}} portion
 */
export function percent({ count, of }) {
  return of ? Math.floor((200 * count + of) / (2 * of)) : 0;
}

/**
 * @param {number} number
 * @param {string} thing
 */
export function counted(number, thing) {
  return number === 1 ? `${number} ${thing}` : `${number} ${thing}s`;
}

/** @param {number} number */
export function numberWord(number) {
  return NUMBERS[number] ?? String(number);
}

/**
 * One reason as a sentence with its number.
 * @param {string} code
 * @param {Check} check
 */
export function reasonSentence(code, check) {
  let key = code;
  if (code.startsWith("sweeps<")) key = "sweeps<min or span<min";
  else if (code === "no_talk_structure" && !check.unanswered.includes("structure")) {
    key = "no_talk_structure:answered";
  }
  const numbers = reasonNumbers(code, check);
  return REASON_SENTENCES[key].replace(/\{(\w+)\}/g, (_, name) => String(numbers[name]));
}

/**
 * @param {string} code
 * @param {Check} check
 * @returns {Record<string, unknown>}
 */
function reasonNumbers(code, check) {
  const portion = check.portions[REASON_SHARE[code] ?? "interactive_share"];
  const { topics, thresholds } = check;
  return {
    count: portion.count,
    of: portion.of,
    percent: percent(portion),
    headphones: check.counts.headphones,
    looks: counted(check.valid_sweeps, "look"),
    in_mass: check.in_mass.count,
    in_four: check.in_four.count,
    students: check.in_mass.of,
    k_mass: topics.k_mass,
    k_thin: check.k_thin,
    largest: topics.largest,
    planned: check.planned,
    sighted: check.sighting?.count,
    sighted_of: check.sighting?.of,
    structure: (TALK_STRUCTURES[check.structure ?? ""] ?? "").toLowerCase(),
    present: check.present,
    valid: check.valid_sweeps,
    min_sweeps: thresholds.min_sweeps,
    span: Math.floor(check.span_s / 60),
    min_span: Math.ceil(thresholds.min_span_s / 60),
  };
}

/**
 * The generated line of numbers that anybody can repeat from the sweeps.
 * @param {Omit<Check, "explain">} check
 */
export function explain(check) {
  const topics = topicsLine(check);
  if (!check.student_moments) return ["No sweep counted.", ...topics].join(" ");
  const looks = counted(check.valid_sweeps, "look");
  const moments = counted(check.student_moments, "student-moment");
  return [`${looks}, ${moments}: ${momentsLine(check)}.`, ...topics].join(" ");
}

/** @param {Omit<Check, "explain">} check */
function momentsLine({ counts, portions, student_moments }) {
  const solo = portions.solo_device_share;
  const listening = portions.listening_share;
  const parts = [
    `${counts.peer} with a classmate (${percent(portions.peer_share)}%)`,
    `${counts.teacher} with the teacher`,
    `${solo.count} on a device (${percent(solo)}%)`,
  ];
  if (counts.headphones) parts.push(`${counts.headphones} of them in headphones`);
  if (listening.count) {
    parts.push(`${listening.count} listening as a group (${percent(listening)}%)`);
  }
  for (const [name, words] of [
    ["quiet", "reading or writing"],
    ["other", "doing something else"],
  ]) {
    const portion = { count: counts[name], of: student_moments };
    if (portion.count * 10 >= portion.of) {
      parts.push(`${portion.count} ${words} (${percent(portion)}%)`);
    }
  }
  return parts.join(", ");
}

/** @param {Omit<Check, "explain">} check */
function topicsLine({ topics, in_mass, present }) {
  if (topics.verdict === "not_recorded") return [];
  const things = topics.topics === 1 ? "topic" : "topics";
  const line = `${numberWord(topics.topics ?? 0)} ${things}, largest group ${topics.largest}.`;
  if (!topics.partly) return [line];
  return [line, `Topics were recorded for ${in_mass.of} of ${present} students.`];
}

/**
 * The lowest and highest sweep behind one share; empty where fewer than two count.
 * @param {string} share
 * @param {Check} check
 */
export function rangeSentence(share, check) {
  if (check.valid_sweeps < 2) return "";
  const low = check.lows[share];
  const high = check.highs[share];
  return `Lowest look ${low.count} of ${low.of}, highest ${high.count} of ${high.of}.`;
}

/**
 * The verdict as the screen leads with it, always marked where it is only for now.
 * @param {Check} check
 */
export function headline(check) {
  const word = verdictWord(check.verdict);
  if (check.confidence === "for now") return `For now: ${word.toLowerCase()}, ${soFar(check)}`;
  if (check.confidence === "one sighting") return `${word}, one sighting`;
  return check.for_now ? `${word}, for now` : word;
}

/** @param {Check} check */
function soFar({ valid_sweeps, span_s, thresholds }) {
  if (valid_sweeps < thresholds.min_sweeps) {
    return `${valid_sweeps} of ${thresholds.min_sweeps} sweeps`;
  }
  return `${Math.floor(span_s / 60)} of ${Math.ceil(thresholds.min_span_s / 60)} minutes`;
}

/**
 * One sentence under the verdict: why this one, from the numbers.
 * @param {Check} check
 */
export function verdictSentence(check) {
  if (["not_applicable", "not_enough_evidence"].includes(check.verdict)) {
    return reasonSentence(check.reasons[0], check);
  }
  if (check.confidence === "one sighting") return reasonSentence("clear_sighting", check);
  const talk = check.portions.interactive_share;
  const solo = check.portions.solo_device_share;
  const said =
    `${talk.count} of ${talk.of} student-moments in talk with a classmate or the teacher ` +
    `(${percent(talk)}%), ${solo.count} alone on a device (${percent(solo)}%).`;
  return check.verdict === "displaced" ? `${said} ${absence(check)}` : said;
}

/** @param {Check} check */
function absence({ structure, unanswered }) {
  if (structure !== null) {
    const uptake = unanswered.includes("uptake") ? "none was recorded" : "none was heard";
    return DISPLACED_SENTENCES.uptake.replace("{how}", uptake);
  }
  const how = unanswered.length ? "none was recorded" : "none was seen or heard";
  return DISPLACED_SENTENCES.both.replace("{how}", how);
}

/**
 * What would make the verdict firm; empty where nothing is missing. `clock` turns seconds,
 * counted like those of the sweeps given, into a time of day.
 * @param {Check} check
 * @param {((seconds: number) => string) | null} [clock]
 */
export function nextLookSentence(check, clock = null) {
  const look = check.next_look;
  if (look === null) return "";
  if (look.kind === "plan") return `Go back at ${look.planned}, when talk is planned.`;
  if (look.kind === "answers") {
    return look.questions.map((name) => NEXT_QUESTIONS[name]).join(" ");
  }
  return moreSweepsSentence(look, clock);
}

/**
 * @param {import("./discourse.js").NextLook} look
 * @param {((seconds: number) => string) | null} clock
 */
function moreSweepsSentence(look, clock) {
  const number = numberWord(look.sweeps);
  if (look.after_s === null) {
    const sweeps = look.sweeps === 1 ? "sweep makes" : "sweeps make";
    return `${number} ${sweeps} it firm, first to last at least ${look.minutes} minutes.`;
  }
  const when = clock
    ? `after ${clock(look.after_s)}`
    : `at least ${counted(look.minutes ?? 0, "minute")} after the first`;
  if (look.sweeps === 1) return `One more sweep ${when} makes it firm.`;
  return `${number} more sweeps, the last ${when}, make it firm.`;
}
