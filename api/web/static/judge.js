// Lets a person judge each move that the page shows: right, wrong, answered by a comment, or said by another as well.

import "./judgements_bar.js";
import { button, element, flat } from "./element.js";
import { ANSWERED, SAME, asking } from "./judge_forms.js";
import { keep, kept, speaksOf, takeBack, whenChanged } from "./judgements.js";

const OF_PAIRS = ["Similarity"]; // what is no such move of one target may be one of another

const places = document.querySelectorAll(".judge");
for (const [number, place] of places.entries()) show(place, `judge-${number}`);

// What judges a move is made when it is opened for the first time: a page may show hundreds of moves.
function show(place, id) {
  const move = JSON.parse(place.dataset.judged);
  const opener = button("", { className: "judge-open", "aria-controls": id, "aria-expanded": "false" });
  let panel = null;
  place.id = id;
  place.previousElementSibling.append(" ", opener);
  opener.addEventListener("click", () => {
    panel ??= filled(place, move);
    place.hidden = !place.hidden;
    opener.setAttribute("aria-expanded", String(!place.hidden));
  });
  const refresh = () => {
    const told = toldOf(place.dataset, move);
    opener.textContent = told ? `Judged: ${told}` : "Judge";
    opener.append(element("span", { className: "hidden" }, ` “${flat(move.words).slice(0, 60)}”`));
    opener.classList.toggle("judge-open--judged", told !== "");
    panel?.refresh();
  };
  whenChanged(refresh);
  refresh();
}

// What is kept of the move in words.
function toldOf({ right, wrong, comments }, move) {
  const here = present(move);
  const told = here ? [here.judgement === "right" ? right : wrong] : [];
  if (comments) told.push(...[ANSWERED, SAME].filter((each) => each.found(move).length).map((each) => each.told));
  return told.join(", ").replace(/\bIt /g, "it ");
}

function filled(place, move) {
  const { right, wrong, denied, comments } = place.dataset;
  const yes = { ...move, judgement: "right" };
  const no = { ...move, judgement: "wrong", kind: denied };
  if (!OF_PAIRS.includes(denied)) for (const name of ["target", "target_words", "target_occurrence"]) delete no[name];
  const choices = [choice(right, yes), choice(wrong, no)];
  const note = noteOf(() => present(move));
  const forms = comments ? [ANSWERED, SAME].map((each, number) => asking(each, move, comments, `${place.id}-${number}`)) : [];
  const buttons = [...choices, ...forms].map((each) => each.button);
  place.append(element("div", { className: "judge-choices", role: "group", "aria-label": "What these words do" }, ...buttons));
  for (const each of forms) place.append(each.form, each.list);
  place.append(note.label);
  const refresh = () => {
    for (const each of [...choices, ...forms, note]) each.refresh();
  };
  refresh();
  return { refresh };
}

// What is kept of the move, of these words and this target or any.
function present(move) {
  return kept().find((one) => speaksOf(one, move));
}

// A button that keeps its judgement, and takes it back at a second press.
function choice(text, judgement) {
  const made = button(text);
  const refresh = () => made.setAttribute("aria-pressed", String(present(judgement)?.judgement === judgement.judgement));
  made.addEventListener("click", () => {
    const here = present(judgement);
    if (here?.judgement === judgement.judgement) takeBack(here);
    else keep(judgement);
  });
  return { button: made, refresh };
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
