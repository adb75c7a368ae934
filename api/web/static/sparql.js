// The SPARQL form: says how long a query runs, stops it, keeps answers for programs as files. Ctrl+Enter runs it, too.

const ENDINGS = { "application/sparql-results+json": "json", "text/csv": "csv", "text/turtle": "ttl" };

const form = document.querySelector(".editor");
const [stop, state, seconds] = [".stop", ".state", ".seconds"].map((name) => form.querySelector(name));
const answer = document.querySelector("#answer");
const query = form.elements.query;
let running = null;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  if (event.key === "Escape") running?.abort();
});
stop.addEventListener("click", () => running?.abort());
window.addEventListener("popstate", () => location.reload());

async function run() {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  const [start, most] = [Date.now(), Number(form.dataset.seconds)];
  const spent = () => (Date.now() - start) / 1000;
  const tick = () => {
    if (running === mine) seconds.textContent = `${Math.floor(spent())} s of at most ${most} s`;
  };
  const timer = setInterval(tick, 1000);
  answer.replaceChildren();
  tied(false);
  state.textContent = "Running.";
  stop.hidden = false;
  tick();
  const said = await asked(`?${new URLSearchParams(new FormData(form))}`, form.elements.accept.value, mine.signal);
  clearInterval(timer);
  if (running !== mine) return; // another has begun meanwhile
  running = null;
  if (stop === document.activeElement) form.querySelector("[type=submit]").focus();
  stop.hidden = true;
  state.textContent = said;
  seconds.textContent = `${spent().toFixed(1)} s`;
}

// Asks the server and shows what it answers; gives what became of it.
async function asked(address, type, signal) {
  try {
    return await shown(await fetch(address, { headers: { Accept: type }, signal }), address);
  } catch {
    return signal.aborted ? "Stopped." : "The server gave no answer.";
  }
}

// Puts an answer below the form, or into a file; gives what became of it.
async function shown(response, address) {
  const type = response.headers.get("Content-Type").split(";")[0];
  const wrong = response.status === 400;
  if (type === "text/html") {
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const found = page.querySelector("#answer");
    if (found) answer.replaceChildren(...found.childNodes);
    else refused(page.querySelector("h1").textContent, page.querySelector("h1 + p").textContent);
    tied(wrong);
    if (location.search !== address) history.pushState(null, "", address);
    return response.ok ? "Answered." : "Not answered.";
  }
  if (type === "application/problem+json") {
    const { title, detail } = await response.json();
    refused(title, detail);
    tied(wrong);
    return "Not answered.";
  }
  const cut = response.headers.has("X-Rejoinder-Truncated");
  saved(await response.blob(), `answer${cut ? "-cut" : ""}.${ENDINGS[type] ?? "txt"}`);
  return `The answer is a file.${cut ? " It was cut: more rows exist." : ""}`;
}

// The query names what is wrong with it, for those who hear the page.
function tied(wrong) {
  const told = answer.querySelector("#refused");
  query.toggleAttribute("aria-invalid", false);
  query.toggleAttribute("aria-describedby", false);
  if (told) query.setAttribute("aria-describedby", "refused");
  if (told && wrong) query.setAttribute("aria-invalid", "true");
}

function refused(title, detail) {
  const section = document.createElement("section");
  section.setAttribute("role", "alert");
  const heading = document.createElement("h2");
  heading.textContent = title;
  const said = document.createElement("div");
  said.className = "notice notice--between";
  said.id = "refused";
  said.append(...told(detail));
  section.append(heading, said);
  answer.replaceChildren(section);
}

// A detail as the page has it: the line of the query, its mark drawn around what it points to.
function told(detail) {
  const [, words, line, indent] = detail.match(/^(.*)\n {2}(.*)\n {2}( *)\^$/s) ?? [null, detail];
  const said = document.createElement("p");
  said.textContent = words;
  if (line === undefined) return [said];
  const [place, mark] = [document.createElement("p"), document.createElement("mark")];
  const at = line.slice(indent.length).match(/^[\p{L}\p{N}_]+|^.|^$/su)[0];
  place.className = "place";
  mark.textContent = at || "\u00a0";
  place.append(line.slice(0, indent.length), mark, line.slice(indent.length + at.length));
  return [said, place];
}

function saved(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
