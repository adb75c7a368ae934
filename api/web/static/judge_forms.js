// What takes more than a press to judge: which comment answered an objection, and which other objection says the same.

import { button, element, flat, said } from "./element.js";
import { keep, kept, plain, speaksOf, takeBack } from "./judgements.js";
import { after, alike, threadOf } from "./judge_thread.js";

const HOW = {
  Clarification: "explains",
  Counter: "argues against it",
  Concession: "grants it",
  Dismissal: "dismisses it",
};
const LONGEST = 80; // characters of what there is to choose from
const QUOTED = /^>.*$/gm;

export const ANSWERED = {
  text: "It was answered …",
  told: "It was answered",
  label: "By ",
  how: HOW,
  none: "Nothing that came later is loaded.",
  options: (thread, move) => {
    const { replies, later } = after(thread.comments, move.comment);
    return [...group("Replies to it", replies.map(comment)), ...group("Other later comments", later.map(comment))];
  },
  made: (move, by, how) => ({ comment: by, kind: how, target: move.comment, target_words: move.words, target_occurrence: move.occurrence }),
  found: (move) => {
    const { site, thread, comment: target, words: target_words, occurrence: target_occurrence } = move;
    const answers = kept().filter((one) => one.judgement === "right" && one.kind in HOW && one.words === undefined);
    return answers.filter((one) => one.target !== undefined && speaksOf({ ...one, site, thread, target, target_words, target_occurrence }, one));
  },
  tell: (one) => [`Comment ${flat(one.comment)} ${HOW[one.kind]}. `],
};

export const SAME = {
  text: "It says the same as …",
  told: "It says the same as another",
  label: "As ",
  none: "No other objection of this thread is loaded.",
  options: (thread, move) => {
    const taken = [move, ...SAME.found(move).map((one) => other(one, move))];
    const others = thread.objections.filter((one) => !taken.some((each) => isSaid(each, one)));
    const { most, rest } = alike(others, move.words);
    return [...group("Most alike", most.map(objection)), ...group("Other objections", rest.map(objection))];
  },
  made: (move, by) => {
    const { comment: target, words: target_words, occurrence: target_occurrence } = JSON.parse(by);
    const { comment, words, occurrence } = move;
    return { comment, words, occurrence, kind: "Similarity", target, target_words, target_occurrence };
  },
  found: (move) => kept().filter((one) => one.judgement === "right" && one.kind === "Similarity"
    && one.site === move.site && one.thread === move.thread && ends(one).some((end) => isSaid(end, move))),
  tell: (one, move) => ["It says the same as “", said(other(one, move).words ?? ""), `” in comment ${flat(other(one, move).comment)}. `],
};

// The button that opens a form, the form, and the list of what was kept by it.
export function asking(what, move, address, id) {
  const opener = button(what.text, { "aria-controls": id, "aria-expanded": "false" });
  const by = element("select", { required: true });
  const how = what.how && element("select", {}, ...Object.entries(what.how).map(([kind, text]) => new Option(text, kind)));
  const trouble = element("p", { className: "quiet", role: "status" });
  const fields = [element("label", {}, what.label, by), ...(how ? [element("label", {}, "It ", how)] : [])];
  const form = element("form", { className: "judge-answer", id, hidden: true }, ...fields, button("Keep", { type: "submit" }), trouble);
  const list = element("ul", { className: "judge-answers" });
  opener.addEventListener("click", () => {
    form.hidden = !form.hidden;
    opener.setAttribute("aria-expanded", String(!form.hidden));
    if (!form.hidden) offer(what, by, trouble, move, address);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { site, thread } = move;
    keep({ site, thread, judgement: "right", ...what.made(move, by.value, how?.value) });
    opener.click();
    opener.focus();
  });
  const refresh = () => list.replaceChildren(...what.found(move).map((one) => item(what.tell(one, move), one, opener)));
  return { button: opener, form, list, refresh };
}

async function offer(what, by, trouble, move, address) {
  trouble.textContent = by.options.length ? "" : "Reading the thread …";
  try {
    const found = what.options(await threadOf(address), move);
    trouble.textContent = found.length ? "" : what.none;
    by.replaceChildren(new Option("", ""), ...found);
  } catch {
    trouble.textContent = "The thread could not be read. Close this and open it again to try once more.";
  }
}

function item(told, one, opener) {
  const back = button("Take back");
  back.addEventListener("click", () => {
    opener.focus();
    takeBack(one);
  });
  return element("li", {}, ...told, back);
}

// The words at the two ends of a judgement that they say the same.
function ends(one) {
  return [one, { comment: one.target, words: one.target_words, occurrence: one.target_occurrence }];
}

function other(one, move) {
  return ends(one).find((end) => !isSaid(end, move)) ?? ends(one)[1];
}

function isSaid(one, another) {
  return one.comment === another.comment && plain(one.words) === plain(another.words)
    && (one.occurrence ?? 1) === (another.occurrence ?? 1);
}

function group(label, options) {
  return options.length ? [element("optgroup", { label }, ...options)] : [];
}

function comment(one) {
  return option(`${one.author ?? "somebody unknown"}: ${one.text.replace(QUOTED, "").trim() || one.text}`, one.comment);
}

function objection(one) {
  const who = [one.author ?? "somebody unknown", one.status?.replaceAll("-", " ")].filter(Boolean).join(", ");
  const more = one.reason ? ` (${one.reason})` : "";
  return option(`${who}: ${one.words}${more}`, JSON.stringify({ comment: one.comment, words: one.words, occurrence: one.occurrence ?? undefined }));
}

function option(text, value) {
  const whole = [...flat(text)];
  return new Option(whole.length > LONGEST ? `${whole.slice(0, LONGEST - 1).join("")}…` : whole.join(""), value);
}
