// Maps: the centre scrolled into view, zoom buttons, panning with the mouse. Without it the frame scrolls as it is.

const STEPS = [0.4, 0.55, 0.75, 1, 1.3, 1.7];

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

function centred(frame) {
  const [box, outer] = [frame.querySelector(".box--centre")?.getBoundingClientRect(), frame.getBoundingClientRect()];
  if (!box) return;
  // In a narrow frame what the centre speaks to, on its left, shows at least its edge.
  const room = frame.classList.contains("map-frame--wide") ? 0.5 : 0.35;
  frame.scrollLeft += box.left - outer.left - Math.max(16, (outer.width - box.width) * room);
  frame.scrollTop += box.top - outer.top - Math.max(16, (outer.height - box.height) * room);
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
