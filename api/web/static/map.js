// Maps: the centre scrolled into view, zoom buttons, panning with the mouse. Without it the frame scrolls as it is.

const STEPS = [0.4, 0.55, 0.75, 1, 1.3, 1.7];
const EDGE = 8; // pixels between a box and the frame

for (const frame of document.querySelectorAll(".map-frame")) {
  const map = frame.querySelector(".map");
  const [width, height] = [map.width.baseVal.value, map.height.baseVal.value];
  let step = STEPS.indexOf(1);

  const zoom = (change) => {
    step = Math.min(Math.max(step + change, 0), STEPS.length - 1);
    map.setAttribute("width", width * STEPS[step]);
    map.setAttribute("height", height * STEPS[step]);
    centred(frame);
  };
  const tools = document.createElement("div");
  tools.className = "tools";
  tools.append(button("−", "Zoom out", () => zoom(-1)), button("+", "Zoom in", () => zoom(1)));
  frame.before(tools);
  frame.addEventListener("keydown", (event) => {
    if (event.key === "+" || event.key === "-") zoom(event.key === "+" ? 1 : -1);
  });
  panned(frame);
  centred(frame);
}

function button(text, label, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", action);
  return made;
}

// Scrolls the centre into view. No box is cut on its left, where its lines begin.
function centred(frame) {
  const map = frame.querySelector(".map");
  map.style.paddingInlineEnd = "0";
  const boxes = [...frame.querySelectorAll(".box")].map((one) => one.getBoundingClientRect());
  const [box, outer] = [frame.querySelector(".box--centre")?.getBoundingClientRect(), frame.getBoundingClientRect()];
  if (!box) return;
  const wide = frame.classList.contains("map-frame--wide");
  const column = firstColumn(boxes, box, outer.width, wide);
  const first = !wide && hidden(frame, box, column + outer.width - EDGE) ? box.left : column;
  const before = Math.max(...boxes.map((one) => one.right).filter((right) => right < first));
  const room = Math.max(0, Math.min((outer.width - (box.right - first)) / 2, first - before - EDGE));
  const wanted = frame.scrollLeft + first - outer.left - room;
  // Where the map ends too soon to be scrolled so far, it is made longer.
  const lacking = frame.scrollWidth > frame.clientWidth ? wanted - (frame.scrollWidth - frame.clientWidth) : 0;
  map.style.paddingInlineEnd = `${Math.max(0, lacking)}px`;
  frame.scrollLeft = wanted;
  frame.scrollTop += box.top - outer.top - Math.max(16, (outer.height - box.height) * 0.35);
}

// The left end of the column to begin with, so that the centre is in sight: in a wide frame the one that puts it nearest
// to the middle, in a narrow one that which shows most of what the centre speaks to. Where objections to the centre would
// be out of sight then, a narrow frame begins with the centre instead.
function firstColumn(boxes, box, width, wide) {
  const columns = boxes.map((one) => one.left).filter((left) => left <= box.left && box.right - left <= width - 2 * EDGE);
  const middle = box.left - (width - box.width) / 2;
  const far = wide ? (left) => Math.abs(left - middle) : (left) => left;
  return columns.reduce((best, left) => (far(left) < far(best) ? left : best), box.left);
}

// Whether all that is objected to the centre ends behind this edge.
function hidden(frame, box, edge) {
  const objections = [...frame.querySelectorAll(".box--objection")].map((one) => one.getBoundingClientRect());
  const behind = objections.filter((one) => one.left > box.right);
  return behind.length > 0 && behind.every((one) => one.right > edge);
}

function panned(frame) {
  let from = null;
  frame.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button === 0 && !event.target.closest("a")) from = event;
  });
  frame.addEventListener("pointermove", (event) => {
    if (!from || !event.buttons) return void (from = null);
    frame.scrollBy({ left: -event.movementX, top: -event.movementY, behavior: "instant" });
  });
}
