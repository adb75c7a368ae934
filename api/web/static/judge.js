// Lets a person judge each move that the page shows: right, wrong, or answered by a comment that they name.

import "./judgements_bar.js";
import { button, element, flat } from "./element.js";
import { keep, kept, speaksOf, takeBack, whenChanged } from "./judgements.js";

const ANSWERS = {
  Clarification: "explains",
  Counter: "argues against it",
  Concession: "grants it",
  Dismissal: "dismisses it",
};
const LONGEST = 80; // characters of a comment in the list to choose from
const QUOTED = /^>.*$/gm;

const places = document.querySelectorAll(".judge");
for (const [number, place] of places.entries()) show(place, `judge-${number}`);

function show(place, id) {
  const { right, wrong, comments } = place.dataset;
  const move = JSON.parse(place.dataset.judged);
  const yes = { ...move, judgement: "right" };
  const no = { ...move, judgement: "wrong", kind: place.dataset.denied, target: undefined, target_words: undefined };
  const choices = [choice(right, yes), choice(wrong, no)];
  const opener = button("Judge", { className: "judge-open", "aria-controls": id, "aria-expanded": "false" });
  const note = noteOf(() => present(move));
  const answered = comments ? answering(move, comments, `${id}-answered`) : null;
  const group = element("div", { className: "judge-choices", role: "group", "aria-label": "What these words do" });
  group.append(...choices.map((each) => each.button), ...(answered ? [answered.opener] : []));
  place.id = id;
  place.append(group, ...(answered ? [answered.form, answered.list] : []), note.label);
  place.previousElementSibling.append(opener);
  opener.addEventListener("click", () => {
    place.hidden = !place.hidden;
    opener.setAttribute("aria-expanded", String(!place.hidden));
  });
  const refresh = () => {
    const here = present(move);
    for (const each of choices) each.button.setAttribute("aria-pressed", String(here?.judgement === each.judgement));
    const told = [...(here ? [here.judgement === "right" ? right : wrong] : [])];
    if (answered?.refresh()) told.push("It was answered");
    opener.textContent = told.length ? `Judged: ${lowered(told.join(", "))}` : "Judge";
    opener.append(element("span", { className: "hidden" }, ` “${flat(move.words).slice(0, 60)}”`));
    opener.classList.toggle("judge-open--judged", told.length > 0);
    note.refresh();
  };
  whenChanged(refresh);
  refresh();
}

function lowered(text) {
  return text.replace(/\bIt /g, "it ");
}

// What is kept of the move, of these words and this target or any.
function present(move) {
  return kept().find((one) => speaksOf(one, move));
}

// A button that keeps its judgement, and takes it back at a second press.
function choice(text, judgement) {
  const made = button(text, { "aria-pressed": "false" });
  made.addEventListener("click", () => {
    const here = present(judgement);
    if (here?.judgement === judgement.judgement) takeBack(here);
    else keep(judgement);
  });
  return { button: made, judgement: judgement.judgement };
}

function noteOf(find) {
  const input = element("input", { maxLength: 1000, autocomplete: "off" });
  const label = element("label", { className: "judge-note" }, "Note ", input);
  input.addEventListener("change", () => {
    const here = find();
    if (here) keep({ ...here, note: input.value.trim() || undefined });
  });
  const refresh = () => {
    const here = find();
    label.hidden = !here;
    if (document.activeElement !== input) input.value = here?.note ?? "";
  };
  return { label, refresh };
}

// ---------------------------------------------------------------------- it was answered

function answering(move, address, id) {
  const opener = button("It was answered …", { "aria-controls": id, "aria-expanded": "false" });
  const by = element("select", { required: true });
  const how = element("select", {}, ...Object.entries(ANSWERS).map(([kind, text]) => new Option(text, kind)));
  const trouble = element("p", { className: "quiet", role: "status" });
  const fields = [element("label", {}, "By ", by), element("label", {}, "It ", how), button("Keep", { type: "submit" })];
  const form = element("form", { className: "judge-answer", id, hidden: true }, ...fields, trouble);
  const list = element("ul", { className: "judge-answers" });
  opener.addEventListener("click", async () => {
    form.hidden = !form.hidden;
    opener.setAttribute("aria-expanded", String(!form.hidden));
    by.value = "";
    if (!form.hidden && !by.options.length) await offer(by, trouble, move, address);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { site, thread } = move;
    const aim = { target: move.comment, target_words: move.words };
    keep({ site, thread, comment: by.value, judgement: "right", kind: how.value, ...aim });
    opener.click();
    opener.focus();
  });
  const refresh = () => {
    const found = answersTo(move);
    list.replaceChildren(...found.map((one) => answer(one, opener)));
    return found.length;
  };
  return { opener, form, list, refresh };
}

function answersTo(move) {
  const aim = { site: move.site, thread: move.thread, target: move.comment, target_words: move.words };
  const answers = kept().filter((one) => one.judgement === "right" && one.kind in ANSWERS && one.words === undefined);
  return answers.filter((one) => one.target !== undefined && speaksOf({ ...one, ...aim }, one));
}

function answer(one, opener) {
  const back = button("Take back");
  back.addEventListener("click", () => {
    opener.focus();
    takeBack(one);
  });
  return element("li", {}, `Comment ${flat(one.comment)} ${ANSWERS[one.kind]}. `, back);
}

const threads = new Map();

async function offer(by, trouble, move, address) {
  trouble.textContent = "Reading the thread …";
  try {
    if (!threads.has(address)) threads.set(address, commentsOf(address));
    const { replies, later } = await threads.get(address).then((found) => after(found, move.comment));
    trouble.textContent = replies.length + later.length ? "" : "Nothing that came later is loaded.";
    by.replaceChildren(new Option("", ""), ...offered("Replies to it", replies), ...offered("Other later comments", later));
  } catch {
    threads.delete(address);
    trouble.textContent = "The thread could not be read. Close this and open it again to try once more.";
  }
}

async function commentsOf(address) {
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()).comments;
}

// The comments that may answer one: all below it, and all others that are not known to be earlier.
function after(comments, id) {
  const at = comments.findIndex((one) => one.comment === id);
  const own = comments[at];
  const end = comments.findIndex((one, place) => place > at && one.depth <= own.depth);
  const below = comments.slice(at + 1, end < 0 ? undefined : end);
  const among = new Set([own, ...below]);
  const later = comments.filter((one, place) => !among.has(one) && isLater(one, own, place > at));
  return { replies: below.filter((one) => one.text.trim()), later: later.filter((one) => one.text.trim()) };
}

function isLater(one, own, standsBelow) {
  const between = Date.parse(one.created) - Date.parse(own.created);
  return Number.isNaN(between) ? standsBelow : between >= 0;
}

function offered(label, comments) {
  if (!comments.length) return [];
  const options = comments.map((one) => {
    const text = flat(`${one.author ?? "somebody unknown"}: ${one.text.replace(QUOTED, "").trim() || one.text}`);
    return new Option(text.length > LONGEST ? `${[...text].slice(0, LONGEST - 1).join("")}…` : text, one.comment);
  });
  return [element("optgroup", { label }, ...options)];
}
