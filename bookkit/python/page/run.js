/* What a page that runs Python does when it is opened; nothing is loaded yet. */

import { startFunctions } from "./functions.js";
import { startPlay } from "./play.js";

startFunctions();
startPlay();
