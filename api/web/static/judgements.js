// The judgements that this browser keeps for this server, each a line of JSONL; nothing of them is sent anywhere.

const FIELDS = ["site", "thread", "comment", "words", "occurrence", "judgement", "kind", "target", "target_words", "target_occurrence", "by", "note"];
const NUMBERS = ["occurrence", "target_occurrence"]; // which of the places where words stand several times
const NEEDED = ["site", "thread", "comment", "judgement", "kind"];
const OBJECTIONS = ["Objection", "Rebuttal", "Undermine", "Undercut", "Counter"];
const SPLITTING = /[\u007f-\u009f\u2028\u2029]/g; // what some programs take for the end of a line, or a terminal for a command

export const ROOT = new URL("..", import.meta.url).pathname; // servers of one host may differ in their paths alone
const JUDGEMENTS = `rejoinder-judgements:${ROOT}`;
const JUDGE = `rejoinder-judge:${ROOT}`;

const unkept = new Map(); // what is kept where the browser refuses to, for as long as the page lasts
export let refused = false;
const listeners = [];

let last = { text: null, found: [] }; // each move on a page asks, so what is unchanged is not read again

export function kept() {
  const text = read(JUDGEMENTS);
  if (text !== last.text) last = { text, found: parsed(text) };
  return last.found;
}

function parsed(text) {
  try {
    const found = JSON.parse(text);
    return Array.isArray(found) ? found.map(known).filter(Boolean) : [];
  } catch {
    return [];
  }
}

// Keep a judgement in place of those that it repeats or contradicts.
export function keep(one) {
  store([...kept().filter((other) => !speaksOf(one, other)), known(one)]);
}

export function takeBack(one) {
  store(kept().filter((other) => line(other) !== line(one)));
}

// Forget all of them, or those of which `which` is true.
export function forget(which = () => true) {
  const left = kept().filter((one) => !which(one));
  if (left.length) store(left);
  else write(JUDGEMENTS, null);
}

export function judge() {
  return read(JUDGE) ?? "";
}

export function nameJudge(name) {
  write(JUDGE, name || null);
}

// The file: a judgement a line, sorted, so that the same judgements give the same file.
export function file() {
  return kept().map((one) => line(filed(one))).sort().map((each) => `${each}\n`).join("");
}

// The judgement as the file has it: with who judges.
export function filed(one) {
  const by = judge().trim();
  return by ? { ...one, by } : one;
}

// The same for two judgements that say the same, by whom and why included.
export function identity(one) {
  return JSON.stringify(FIELDS.map((name) => plain(one[name]) ?? null));
}

// Whether two judgements are of the same words, and of moves that may be one and the same.
export function speaksOf(one, other) {
  return ["site", "thread", "comment"].every((name) => one[name] === other[name])
    && plain(one.words) === plain(other.words)
    && one.occurrence === other.occurrence
    && family(one.kind) === family(other.kind)
    && ["target", "target_words"].every((name) => one[name] === undefined || other[name] === undefined
      || plain(one[name]) === plain(other[name]))
    && (one.target_words === undefined || other.target_words === undefined || one.target_occurrence === other.target_occurrence);
}

// Call `listener` whenever the judgements change, here or in another tab.
export function whenChanged(listener) {
  listeners.push(listener);
}

window.addEventListener("storage", (event) => {
  if ([null, JUDGEMENTS, JUDGE].includes(event.key)) tell();
});

export function tell() {
  for (const listener of listeners) listener();
}

function store(found) {
  write(JUDGEMENTS, JSON.stringify(found.sort((one, other) => (line(one) < line(other) ? -1 : 1))));
}

// A judgement with the fields that there are and no others; null for what is none.
function known(found) {
  if (typeof found !== "object" || found === null) return null;
  const fits = (name) => (NUMBERS.includes(name) ? Number.isInteger(found[name]) && found[name] > 1 : typeof found[name] === "string");
  const pairs = FIELDS.filter(fits).map((name) => [name, found[name]]);
  const one = Object.fromEntries(pairs);
  return NEEDED.every((name) => name in one) && ["right", "wrong"].includes(one.judgement) ? one : null;
}

function line(one) {
  return JSON.stringify(known(one)).replace(SPLITTING, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

// On one line, as words are compared.
export function plain(text) {
  if (typeof text === "number") return text;
  return text?.split(/\s+/).filter(Boolean).join(" ");
}

function family(kind) {
  return OBJECTIONS.includes(kind) ? "Objection" : kind;
}

function read(name) {
  if (!refused) {
    try {
      return localStorage.getItem(name);
    } catch {
      refused = true;
    }
  }
  return unkept.get(name) ?? null;
}

function write(name, text) {
  unkept.set(name, text);
  try {
    if (text === null) localStorage.removeItem(name);
    else localStorage.setItem(name, text);
  } catch {
    refused = true;
  }
  tell();
}
