// @ts-check
/** Notes mode: what was seen or heard, who spoke, what it goes with; and everything so far, newest first. */

import { button, fill, h, say } from "./dom.js";
import { tapped } from "./haptics.js";
import { uuid7 } from "./ids.js";
import { likelyName } from "./names.js";
import { answers } from "./parts.js";
import { completed, learned, notesHere, offered } from "./phrases.js";
import { tags } from "./tags.js";
import { timeline } from "./timeline.js";

/** @typedef {import("./visit.js").Visit} Visit */

const SPEAKERS = { teacher: "Teacher", student: "Student" };
const SLOTS = { strength: "Strength", step: "Next step", question: "Question" };

/** @typedef {{note: string | null, text: string, speaker: string | null, slot: string | null, goes: string | null | undefined}} Draft */

/** @returns {Draft} */
const blank = () => ({ note: null, text: "", speaker: null, slot: null, goes: undefined });

/** Says, and holds nothing back, where words look like a child’s name. @param {Visit} visit */
export function nameHint(visit) {
  const node = h("p", { class: "small dim", role: "status", hidden: true });
  const { teacher, class: group, look_fors: lookFors } = visit.walk.form;
  const known = [teacher?.name ?? "", group?.name ?? "", group?.subject ?? "", ...lookFors.map((/** @type {any} */ l) => l.statement)];
  return {
    node,
    /** @param {string} typed */
    paint(typed) {
      const name = likelyName(typed, known);
      node.hidden = !name;
      say(node, name ? `Is “${name}” a student? Names of students are never kept: “a student” says enough.` : "");
    },
  };
}

/** @param {Visit} visit */
export async function notesMode(visit) {
  /** @type {Draft} */
  let draft = { ...blank(), ...(await visit.draft("note")) };
  const text = h("textarea", { rows: 3, maxlength: 4000, id: "note", placeholder: "Only what a camera or a microphone would catch" });
  const speaker = answers({ legend: "Who spoke", options: SPEAKERS, choose: (value) => change({ speaker: value }) });
  const slot = answers({ legend: "For the feedback, as a", options: SLOTS, choose: (value) => change({ slot: value }) });
  const goes = tags(visit, (id) => change({ goes: id }));
  const hint = nameHint(visit);
  const phrases = h("div", { class: "actions", role: "group", "aria-label": "Your phrases", hidden: true });
  /** @type {string[]} */
  let known = [];
  const learn = () => notesHere(visit.journal, visit.walk.row.person).then((notes) => {
    known = learned(notes);
    paintPhrases();
  }).catch(() => undefined);
  const keep = button("Keep this note", save, { class: "btn go" });
  const line = timeline(visit, edit);
  text.addEventListener("input", () => change({ text: text.value }));
  const node = h(
    "div", { class: "stack notes" },
    h("div", { class: "stack" },
      h("label", { class: "stack tight small" }, h("b", {}, "What did you see or hear?"), text),
      phrases, hint.node, goes.node, speaker.node, slot.node, keep),
    line.node,
  );
  /** @param {Partial<Draft>} part */
  function change(part) {
    draft = { ...draft, ...part };
    void visit.keepDraft("note", draft);
    paint();
  }

  function save() {
    const words = text.value.trim();
    if (!words) return text.focus();
    tapped();
    const going = chosen();
    const lookFors = going === "none" ? [] : [going];
    const data = { note: draft.note ?? uuid7(), text: words, speaker: draft.speaker, look_fors: lookFors, components: [], slot: draft.slot };
    draft = blank();
    text.value = "";
    void visit.walk.append("note_written", data, { drop: visit.draftKey("note") }).then(learn);
    paint();
  }

  function paintPhrases() {
    const fits = offered(known, text.value);
    phrases.hidden = !fits.length;
    fill(phrases, ...fits.map((words) => button(words, () => {
      text.value = completed(text.value, words);
      change({ text: text.value });
      text.focus();
    }, { class: "btn soft small" })));
  }

  /** A note already kept comes back into the field; keeping it again replaces it, and both stay on record. @param {any} note */
  function edit(note) {
    draft = { note: note.note, text: note.text, speaker: note.speaker, slot: note.slot, goes: note.look_fors[0] ?? "none" };
    text.value = draft.text;
    void visit.keepDraft("note", draft);
    paint();
    text.focus();
  }

  const chosen = () => (draft.goes === undefined ? goes.nearest() : draft.goes ?? "none");

  function paint() {
    speaker.set(draft.speaker);
    slot.set(draft.slot);
    goes.paint(chosen());
    paintPhrases();
    hint.paint(text.value);
    say(keep, draft.note ? "Keep this wording" : "Keep this note");
    keep.setAttribute("aria-disabled", String(!text.value.trim()));
  }

  text.value = draft.text;
  paint();
  void learn();
  return {
    node,
    open: () => text.value.trim(),
    save,
    update() {
      paint();
      line.update();
    },
  };
}
