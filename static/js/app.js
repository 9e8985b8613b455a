// Pages work without this file. Each module improves one part where its browser can, and steps aside where not.
import { align } from "./modules/align.js";
import { copyLinks } from "./modules/copy.js";
import { dialogs } from "./modules/dialog.js";
import { focusChoice } from "./modules/focus.js";
import { folds } from "./modules/fold.js";
import { growFields } from "./modules/grow.js";
import { keepWords } from "./modules/keep.js";
import { needsWords } from "./modules/needs.js";
import { outbox } from "./modules/outbox.js";
import { roomCodes } from "./modules/room.js";
import { lightEvidence } from "./modules/sentence.js";
import { signOut } from "./modules/sign-out.js";
import { steppers } from "./modules/stepper.js";
import { themeChoice } from "./modules/theme.js";

const improvements = [
  align, copyLinks, dialogs, focusChoice, folds, growFields, keepWords, lightEvidence, needsWords, outbox, roomCodes,
  signOut, steppers, themeChoice,
];
for (const improve of improvements) improve(document);
