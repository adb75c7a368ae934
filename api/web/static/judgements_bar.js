// The bar below a page that says how many judgements this browser keeps, gives them as a file, and takes them back.

import { button, element, flat, said } from "./element.js";
import * as judgements from "./judgements.js";
import { isLoaded, isNews } from "./judgements_loaded.js";

// Carries out what is kept, wherever it is typed: the page says which store it shows, if nobody else can read that.
const COMMAND = document.querySelector('meta[name="judging"]').content;
const END = "JUDGEMENTS"; // no line of a file is this

const count = element("p", { role: "status" });
const trouble = element("p", { className: "warn", hidden: true }, "This browser refuses to keep them: download them before you leave this page.");
const download = button("Download judgements.jsonl");
const copy = button("Copy the command");
const see = button("See them", { "aria-controls": "judgements", "aria-expanded": "false" });
const forget = button("Forget them");
const forgetLoaded = button("Forget those");
const listed = element("a", { href: `${judgements.ROOT}judgements` }, "What is loaded");
const anew = button("Show the page as it is now", { hidden: true });
const how = element("p", { className: "quiet judge-how" }, "The command holds them: paste it into a terminal. Or download them, and there: ",
  element("code", {}, `${COMMAND} judgements.jsonl`));
const command = element("textarea", { rows: 4, readOnly: true, spellcheck: false });
const typed = element("label", { className: "judge-command", hidden: true }, "Copy this into a terminal ", command);
const name = element("input", { maxLength: 200, autocomplete: "off" });
const list = element("ol");
const shown = element("div", { id: "judgements", hidden: true }, element("label", {}, "Your name, to stand beside each (optional) ", name), list);
const bar = element("section", { className: "judge-bar", "aria-label": "Judgements" },
  element("div", { className: "judge-choices" }, count, anew, copy, download, see, forgetLoaded, forget, listed), how, typed, trouble, shown);

download.addEventListener("click", () => {
  const address = URL.createObjectURL(new Blob([judgements.file()], { type: "application/jsonl" }));
  element("a", { href: address, download: "judgements.jsonl" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
});
copy.addEventListener("click", async () => {
  command.value = pasted();
  try {
    await navigator.clipboard.writeText(command.value);
    copy.textContent = "Copied";
  } catch {
    typed.hidden = false; // a browser may keep the clipboard to itself
    command.select();
  }
});
copy.addEventListener("blur", () => {
  copy.textContent = "Copy the command";
});
anew.addEventListener("click", () => location.reload());
see.addEventListener("click", () => {
  shown.hidden = !shown.hidden;
  see.setAttribute("aria-expanded", String(!shown.hidden));
});
forgetLoaded.addEventListener("click", () => {
  see.focus();
  judgements.forget(isLoaded);
});
// Forgetting what is not loaded cannot be undone, so it takes two presses.
forget.addEventListener("click", () => {
  if (!judgements.kept().every(isLoaded) && forget.classList.toggle("sure")) forget.textContent = "Forget them: sure?";
  else {
    document.getElementById("main").focus();
    judgements.forget();
  }
});
forget.addEventListener("blur", calm);
name.addEventListener("change", () => judgements.nameJudge(name.value.trim()));
judgements.whenChanged(refresh);
refresh();

function calm() {
  forget.classList.remove("sure");
  forget.textContent = "Forget them";
}

function refresh() {
  const kept = judgements.kept();
  const loaded = kept.filter(isLoaded).length;
  count.textContent = counted(kept.length, loaded);
  forgetLoaded.hidden = !loaded || loaded === kept.length;
  listed.hidden = !loaded;
  download.hidden = copy.hidden = how.hidden = loaded === kept.length;
  if (loaded === kept.length) typed.hidden = true;
  else command.value = pasted();
  anew.hidden = !kept.some(isNews);
  trouble.hidden = !judgements.refused;
  if (document.activeElement !== name) name.value = judgements.judge();
  list.replaceChildren(...kept.map(item));
  if (!kept.length) bar.remove();
  else if (!bar.isConnected) document.querySelector(".foot").before(bar);
}

// What a shell takes: the command, and the file as what it reads.
function pasted() {
  return `${COMMAND} - <<'${END}'\n${judgements.file()}${END}\n`;
}

function counted(kept, loaded) {
  const all = `${kept} ${kept === 1 ? "judgement" : "judgements"}`;
  if (!loaded) return `${all} kept in this browser.`;
  if (loaded < kept) return `${loaded} of ${all} kept in this browser ${loaded === 1 ? "is" : "are"} loaded.`;
  return kept === 1 ? "The judgement kept in this browser is loaded." : `All ${all} kept in this browser are loaded.`;
}

function item(one) {
  const back = button("Take back");
  back.setAttribute("aria-label", `Take back: ${told(one)}`);
  back.addEventListener("click", () => {
    (see.isConnected && judgements.kept().length > 1 ? see : document.getElementById("main")).focus();
    judgements.takeBack(one);
  });
  const words = one.words === undefined ? ["The whole comment"] : ["“", said(one.words), "”"];
  const aim = one.target_words === undefined ? [] : [" to “", said(one.target_words), "”"];
  const note = one.note ? [element("span", { className: "quiet" }, " Note: ", said(one.note))] : [];
  const loaded = isLoaded(one) ? [element("span", { className: "quiet" }, " It is loaded.")] : [];
  const text = element("span", {}, ...words, " in ", place(one), `: ${one.judgement}, ${one.kind}`, ...aim, ".", ...note, ...loaded);
  return element("li", {}, text, back);
}

function told(one) {
  return `${one.judgement}, ${one.kind}, ${flat(one.words ?? `comment ${one.comment}`).slice(0, 60)}`;
}

// The comment, as a link to it where its ids can stand in an address.
function place(one) {
  const text = `comment ${flat(one.comment)}`;
  try {
    const path = [one.site, one.thread, one.comment].map(encodeURIComponent).join("/");
    return element("a", { href: `${judgements.ROOT}comment/${path}` }, text);
  } catch {
    return text;
  }
}
