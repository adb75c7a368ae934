// An element with its properties, its attributes and what stands in it; texts stay texts, whatever they hold.

export function element(tag, given = {}, ...within) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name in made) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...within);
  return made;
}

export function button(text, given = {}) {
  return element("button", { type: "button", ...given }, text);
}

// Words that somebody wrote, set apart from those of the page whichever way they run.
export function said(text, most = 90) {
  const whole = flat(text);
  return element("bdi", { dir: "auto" }, whole.length > most ? `${[...whole].slice(0, most - 1).join("")}…` : whole);
}

// On one line, without the characters that turn the direction of the words around them.
export function flat(text) {
  return text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").split(/\s+/).filter(Boolean).join(" ");
}
