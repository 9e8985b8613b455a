// Pages work without this file. Each module improves one part where its browser can, and steps aside where not.
import { copyLinks } from "./modules/copy.js";
import { dialogs } from "./modules/dialog.js";
import { folds } from "./modules/fold.js";
import { lightEvidence } from "./modules/sentence.js";
import { steppers } from "./modules/stepper.js";
import { themeChoice } from "./modules/theme.js";

for (const improve of [copyLinks, dialogs, folds, lightEvidence, steppers, themeChoice]) improve(document);
