// Which of the judgements that this browser keeps are in the store: after a load that shows that it worked.

import { ROOT, filed, identity, kept, tell } from "./judgements.js";

let stored = new Set();

export function isLoaded(one) {
  return stored.has(identity(filed(one)));
}

// Ask once more; where nothing is kept nothing is asked, and where nothing can be learnt nothing is said.
export async function look() {
  if (!kept().length) return;
  try {
    const response = await fetch(`${ROOT}judgements?format=judgements`);
    if (!response.ok) return;
    const lines = (await response.text()).split("\n").filter(Boolean);
    stored = new Set(lines.map((each) => identity(JSON.parse(each))));
    tell();
  } catch {
    // the bar then goes on saying what is kept
  }
}

window.addEventListener("focus", look); // from the terminal in which they were loaded
look();
