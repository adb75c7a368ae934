// Which of the judgements that this browser keeps are in the store: after a load that shows that it worked.

import { ROOT, filed, identity, kept, tell } from "./judgements.js";

let stored = new Set();
let shown = null; // those that the page knows of: what was stored when it came, as far as that was asked

export function isLoaded(one) {
  return stored.has(identity(filed(one)));
}

// Whether it was loaded after the page had come.
export function isNews(one) {
  return isLoaded(one) && !shown.has(identity(filed(one)));
}

// Ask once more; where nothing is kept nothing is asked, and where nothing can be learnt nothing is said.
export async function look() {
  if (!kept().length) {
    shown ??= new Set();
    return;
  }
  try {
    const response = await fetch(`${ROOT}judgements?format=judgements`);
    if (!response.ok) return;
    const lines = (await response.text()).split("\n").filter(Boolean);
    stored = new Set(lines.map((each) => identity(JSON.parse(each))));
    shown ??= stored;
    tell();
  } catch {
    // the bar then goes on saying what is kept
  }
}

window.addEventListener("focus", look); // from the terminal in which they were loaded
look();
