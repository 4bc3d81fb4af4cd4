// What the answers mean for this browser; nothing else. One yes is enough, and "I would rather not
// say" is an answer like "no". `answers` holds "no", "yes" or "rather-not", null where one was left out.
"use strict";
self.turntowardJudge = (answers) => (answers.includes("yes") ? "calm" : "full");
